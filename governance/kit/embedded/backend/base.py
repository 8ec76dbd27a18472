"""Django's PostgreSQL backend, with a server that the first connection of a process starts if need be."""

from typing import Any

from django.db.backends.postgresql import base

from governance.kit.embedded import lease


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the private PostgreSQL; commands that never open one start nothing."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a server that is gone or starting again is waited for, once."""
        embedded = self.settings_dict["EMBEDDED"]
        lease.hold(embedded["state"], durable=embedded["durable"])
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            lease.ensure(embedded["state"], durable=embedded["durable"])
            return super().get_new_connection(conn_params)
