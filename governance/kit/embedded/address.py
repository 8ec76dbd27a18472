"""Which private servers there are, and where those of a state folder are reached; nothing here starts one."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

POSTGRES, VALKEY = "postgres", "valkey"
GIVEN_BY = {POSTGRES: "DATABASE_URL", VALKEY: "REDIS_URL"}
SERVERS = tuple(GIVEN_BY)

NAME = "portal"  # of the database and of its owner
PORT = "5432"  # no TCP port: only part of the socket's name


def missing() -> tuple[str, ...]:
    """Return the servers that no URL is given for: these the portal runs itself."""
    return tuple(server for server, variable in GIVEN_BY.items() if not os.environ.get(variable, "").strip())


def sockets(state: Path) -> Path:
    """Return the folder of the Unix sockets: short, because a socket's path may have about 100 characters at most.

    Not the temporary folder of the environment: two processes with a different TMPDIR must come to the same answer.
    """
    key = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    return Path("/tmp") / f"portal-{key}"  # noqa: S108  private: `places` checks its owner and mode


def valkey_socket(state: Path) -> Path:
    """Return the socket of Valkey."""
    return sockets(state) / "valkey.sock"


def database(
    state: Path, *, durable: bool, servers: tuple[str, ...] = SERVERS, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the entry of Django's DATABASES; without `durable` a crash may lose the last transactions.

    With PostgreSQL not among the servers it is the `given` entry, whose first connection has the others started.
    """
    own = {
        "HOST": str(sockets(state)),
        "PORT": PORT,
        "NAME": NAME,
        "USER": NAME,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    return {
        **(own if POSTGRES in servers else given or {}),
        "ENGINE": "governance.kit.embedded.backend",
        # read by the backend, not handed to the driver
        "EMBEDDED": {"state": state, "durable": durable, "servers": servers},
    }


def redis_url(state: Path) -> str:
    """Return the address for redis-py and Django's cache."""
    return f"unix://{valkey_socket(state)}"


def celery_url(state: Path) -> str:
    """Return the address as kombu spells it."""
    return f"redis+socket://{valkey_socket(state)}"
