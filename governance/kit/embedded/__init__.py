"""A private PostgreSQL and Valkey for a portal that was given no DATABASE_URL and REDIS_URL.

`address` says where they are reached and starts nothing. The first connection of a process calls `lease.ensure`,
which holds a lease for as long as the process lives; `keeper`, a small program of its own, runs both servers and
stops them when no lease is held any more. See docs/adr/0001-private-services.md.
"""
