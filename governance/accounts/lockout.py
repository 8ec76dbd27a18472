"""Failed logins are counted by name and by address, each for itself; too many lock what they were counted for.

The counts stand in the database, so that all processes share them and a restart forgets nothing. What was tried while a
name or an address is locked is not looked at, so it neither prolongs the lock nor says anything about the password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from governance.accounts.models import FailedLogin, User
from governance.kit.events import Event, emit
from governance.regions.models import Region

Kind = FailedLogin.Kind


@dataclass(frozen=True, slots=True)
class Door:
    """What failures are counted for, and how many lock it."""

    kind: FailedLogin.Kind
    key: str
    limit: int


def doors(username: str, address: str | None) -> list[Door]:
    """Return what an attempt with a name from an address is counted for."""
    account = Door(Kind.ACCOUNT, username[:64], settings.LOGIN_FAILURES_PER_ACCOUNT)
    return [account, *_of_address(address)]


def doors_of_client(client: str, address: str | None) -> list[Door]:
    """Return the same for a partner system.

    Its secret cannot be guessed, so only the address that tries is held up: a stranger cannot shut the system out.
    """
    pair = Door(Kind.CLIENT, f"{client[:100]} {address or ''}".strip(), settings.LOGIN_FAILURES_PER_ACCOUNT)
    return [*([pair] if client else []), *_of_address(address)]


def locked(tried: list[Door]) -> bool:
    """Return whether nobody is let in at one of these now."""
    return bool(FailedLogin.objects.filter(_any(tried), locked_until__gt=timezone.now()).exists())


def turned_away(tried: list[Door]) -> None:
    """Count an attempt that was not looked at."""
    rows = FailedLogin.objects.filter(_any(tried), locked_until__gt=timezone.now())
    rows.update(turned_away=F("turned_away") + 1)


def failed(tried: list[Door], *, region: Region | None) -> None:
    """Count a failed attempt; `region` is where the account is, None where there is no such account."""
    for door in tried:
        _count(door, region)


def forget(username: str) -> None:
    """Begin anew after a right login: of this name alone, so that one's own account does not open an address."""
    FailedLogin.objects.filter(kind=Kind.ACCOUNT, key=username[:64]).delete()


def lock_of(user: User) -> FailedLogin | None:
    """Return the lock of an account, if it is locked."""
    rows = FailedLogin.objects.filter(kind=Kind.ACCOUNT, key=user.username, locked_until__gt=timezone.now())
    return rows.first()


@transaction.atomic
def unlock(row: FailedLogin, *, by: Any) -> None:
    """Open a lock before its time."""
    path = row.region.path if row.region else ""
    told = {"kind": row.kind, "key": row.key, "failures": row.failures, "turned_away": row.turned_away}
    emit(Event("accounts.failedlogin.unlocked", by, row, path, before=told))
    row.delete()


def forget_old() -> int:
    """Remove counts that no longer count."""
    now = timezone.now()
    old = FailedLogin.objects.filter(last_at__lt=now - timedelta(days=1)).exclude(locked_until__gt=now)
    return int(old.delete()[0])


def _of_address(address: str | None) -> list[Door]:
    if address is None:
        return []
    return [Door(Kind.ADDRESS, _network(address), settings.LOGIN_FAILURES_PER_ADDRESS)]


def _network(address: str) -> str:
    """Return an address as it is counted: of IPv6 its /64, of which one machine has all addresses."""
    parsed = ip_address(address)
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def _any(tried: list[Door]) -> Q:
    condition = Q(pk__in=())
    for door in tried:
        condition |= Q(kind=door.kind, key=door.key)
    return condition


@transaction.atomic
def _count(door: Door, region: Region | None) -> None:
    now, span = timezone.now(), timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    fresh = FailedLogin(kind=door.kind, key=door.key, first_at=now, last_at=now)
    FailedLogin.objects.bulk_create([fresh], ignore_conflicts=True)
    row = FailedLogin.objects.select_for_update().filter(kind=door.kind, key=door.key).first()
    if row is None:  # opened in this very moment
        return
    if row.locked_until is not None and row.locked_until > now:  # of several at once another one was the last
        row.turned_away += 1
        row.save(update_fields=["turned_away"])
        return
    if row.locked_until is not None or row.last_at < now - span:
        row.failures, row.turned_away, row.first_at, row.locked_until = 0, 0, now, None
    row.failures += 1
    row.last_at = max(now, row.last_at)  # another process counted a moment ago
    row.region = region or row.region
    if row.failures >= door.limit:
        row.locked_until = row.last_at + span
    row.save()
    if row.locked_until is not None:
        path = row.region.path if row.region else ""
        told = {"kind": row.kind, "key": row.key, "failures": row.failures, "until": row.locked_until.isoformat()}
        emit(Event("accounts.failedlogin.locked", None, row, path, after=told))
