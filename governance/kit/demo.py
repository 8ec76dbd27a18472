"""Demonstration data: apps register what they load, who can sign in, and how to tell that there is nothing yet.

Each app says so in its own module ``demo``, which is imported when Django starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

# Told how far a step is: in words, how many of how many (a total of 0 is unknown).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class DemoStep:
    """A part of the demonstration data; `load` runs inside the transaction of the whole, in ascending `order`."""

    name: str
    order: int
    load: Callable[[Progress], None]


@dataclass(frozen=True)
class DemoAccount:
    """An account to try: who she is, and what she sees after signing in."""

    username: str
    password: str
    who: str
    sees: str


@dataclass
class _Registry:
    steps: dict[str, DemoStep] = field(default_factory=dict)
    accounts: list[Callable[[], Iterable[DemoAccount]]] = field(default_factory=list)
    emptiness: list[Callable[[], bool]] = field(default_factory=list)


_registry = _Registry()


def register(step: DemoStep) -> None:
    """Add a step; its name is unique."""
    if _registry.steps.setdefault(step.name, step) != step:
        raise ValueError(f"two demo steps are called {step.name!r}")


def register_accounts(provider: Callable[[], Iterable[DemoAccount]]) -> None:
    """Add accounts to try."""
    _registry.accounts.append(provider)


def register_emptiness(check: Callable[[], bool]) -> None:
    """Add a question that is answered with True while an app has no data of its own."""
    _registry.emptiness.append(check)


def steps() -> list[DemoStep]:
    """Return the steps in their order."""
    return sorted(_registry.steps.values(), key=lambda step: (step.order, step.name))


def accounts() -> list[DemoAccount]:
    """Return the accounts to try."""
    return [account for provider in _registry.accounts for account in provider()]


def is_empty() -> bool:
    """Say whether no app has data; without anyone to ask the database counts as not empty."""
    return bool(_registry.emptiness) and all(check() for check in _registry.emptiness)


def load(progress: Progress) -> None:
    """Load everything, or nothing: a start that is killed half-way leaves an empty database to the next one."""
    with transaction.atomic():
        for step in steps():
            progress(step.name, 0, 0)
            step.load(progress)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # the first pages are asked for before the server gets round to it
