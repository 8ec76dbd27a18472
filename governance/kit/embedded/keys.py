"""Keys that a private portal makes for itself, once."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from governance.kit.embedded import places


def secret_key(state: Path) -> str:
    """Return the signing key of this state folder; the first caller makes it, readable by its owner only."""
    places.make_state(state)
    path = state / "secret_key"
    if not path.exists():
        draft = state / f"secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces a key that another process made in the meantime.
        with suppress(FileExistsError):  # theirs was first: it is the key
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
