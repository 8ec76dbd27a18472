"""Django's PostgreSQL backend, with a server that the first connection of a process starts if need be."""

from typing import Any

from django.db.backends.postgresql import base

from governance.kit.embedded import address, lease


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has the private servers started first; commands that never open one start nothing."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that is gone or starting again is waited for, once."""
        embedded = self.settings_dict["EMBEDDED"]
        state, options = embedded["state"], {key: embedded[key] for key in ("durable", "servers")}
        lease.hold(state, **options)
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if address.POSTGRES not in embedded["servers"]:
                raise
            lease.ensure(state, **options)
            return super().get_new_connection(conn_params)
