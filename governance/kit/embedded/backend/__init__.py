"""Django database backend: PostgreSQL that is started when it is first needed."""
