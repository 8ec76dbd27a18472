"""What is done before the portal starts, each step only if there is something to do."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def unapplied() -> int:
    """Return how many migrations the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Apply them."""
    call_command("migrate", interactive=False, verbosity=0)


def compile_catalogue() -> None:
    """Compile the translations; they are committed as text only."""
    if "catalogue" in get_commands():
        call_command("catalogue", "compile", verbosity=0)


def collect_static(state: Path) -> bool:
    """Collect the static files if one of them has changed since the last time; say whether that was so."""
    stamp, now = state / "static.stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Return a hash over names, sizes and times of all static files: reading them would take longer than copying."""
    seen = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            seen.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()
