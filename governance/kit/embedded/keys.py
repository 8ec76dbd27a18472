"""Keys that a private portal makes for itself, once."""

import base64
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from governance.kit.embedded import places


def secret_key(state: Path) -> str:
    """Return the signing key of this state folder."""
    return kept(state, "secret_key", lambda: secrets.token_urlsafe(50))


def sealing_key() -> str:
    """Return a fresh key for what is encrypted or indexed: 32 bytes in URL-safe Base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def kept(state: Path, name: str, make: Callable[[], str]) -> str:
    """Return the key called `name` of this state folder; the first caller makes it, readable by its owner only."""
    places.make_state(state)
    path = state / name
    if not path.exists():
        draft = state / f"{name}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces a key that another process made in the meantime.
        with suppress(FileExistsError):  # theirs was first: it is the key
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
