"""Division files on their way from the browser to the worker, in the private store."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

FOLDER = "divisions"


def keep(file: Any) -> str:
    """Store an uploaded file under an unguessable name and return that name."""
    endings = "".join(Path(file.name).suffixes[-2:]).lower()
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}{endings}", file)


def path_of(name: str) -> Path:
    """Return where a stored file lies."""
    return Path(default_storage.path(name))


def refused_name(name: str) -> str:
    """Return the name of the file that takes the refused rows of an import."""
    return f"{FOLDER}/{Path(name).name.split('.', 1)[0]}.refused.csv"
