"""Demonstration data: apps register what they load, who can sign in, and how to tell that there is nothing yet.

Each app says so in its own module ``demo``, which is imported when Django starts. The first part is loaded before the
first page, as a whole or not at all; later parts are jobs of the worker, one transaction each.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction
from django.db.models import Model

from governance.kit.bulkload import indexes_off, may_switch_triggers_off, triggers_off

# Told how far a step is: in words, how many of how many (a total of 0 is unknown).
Progress = Callable[[str, int, int], None]
FIRST = ""


@dataclass(frozen=True)
class DemoStep:
    """Something to be loaded inside the transaction of its part, in ascending `order`.

    Steps of the first part `in_bulk` are carried out after all others of it, where possible without triggers, and without
    the indexes of the large tables that they fill; what triggers would have written is written by the settlers.
    """

    name: str
    order: int
    load: Callable[[Progress], None]
    part: str = FIRST
    in_bulk: bool = False
    large: tuple[type[Model], ...] = ()


@dataclass(frozen=True)
class DemoAccount:
    """An account to try: who she is, and what she sees after signing in."""

    username: str
    password: str
    who: str
    sees: str


@dataclass
class _Registry:
    steps: dict[tuple[str, str], DemoStep] = field(default_factory=dict)
    accounts: list[Callable[[], Iterable[DemoAccount]]] = field(default_factory=list)
    emptiness: list[Callable[[], bool]] = field(default_factory=list)
    settlers: list[tuple[int, Callable[[], None], tuple[type[Model], ...]]] = field(default_factory=list)
    finishers: list[Callable[[Progress], None]] = field(default_factory=list)
    parts: dict[str, Callable[[], bool]] = field(default_factory=dict)
    starters: list[Callable[[], None]] = field(default_factory=list)


_registry = _Registry()


def register(step: DemoStep) -> None:
    """Add a step; its name is unique in its part."""
    if _registry.steps.setdefault((step.part, step.name), step) != step:
        raise ValueError(f"two demo steps are called {step.name!r}")


def register_accounts(provider: Callable[[], Iterable[DemoAccount]]) -> None:
    """Add accounts to try."""
    _registry.accounts.append(provider)


def register_emptiness(check: Callable[[], bool]) -> None:
    """Add a question that is answered with True while an app has no data of its own."""
    _registry.emptiness.append(check)


def register_settler(order: int, settle: Callable[[], None], *fills: type[Model]) -> None:
    """Add what writes, after a load without triggers, into the tables that it `fills` what these would have written."""
    _registry.settlers.append((order, settle, fills))


def register_finisher(finish: Callable[[Progress], None]) -> None:
    """Add what is done once the first part is committed, before the first page; safe to be called at every start."""
    _registry.finishers.append(finish)


def register_part(part: str, loaded: Callable[[], bool]) -> None:
    """Add a later part, and how to tell that it is loaded."""
    _registry.parts[part] = loaded


def register_starter(start: Callable[[], None]) -> None:
    """Add what lets the worker load the later parts that are missing; safe to be called at every start."""
    _registry.starters.append(start)


def steps(part: str = FIRST) -> list[DemoStep]:
    """Return the steps of a part in their order."""
    chosen = [step for step in _registry.steps.values() if step.part == part]
    return sorted(chosen, key=lambda step: (step.in_bulk, step.order, step.name))


def missing_parts() -> list[str]:
    """Return the later parts that have not been loaded."""
    return [part for part, loaded in _registry.parts.items() if not loaded()]


def accounts() -> list[DemoAccount]:
    """Return the accounts to try."""
    return [account for provider in _registry.accounts for account in provider()]


def is_empty() -> bool:
    """Say whether no app has data; without anyone to ask the database counts as not empty."""
    return bool(_registry.emptiness) and all(check() for check in _registry.emptiness)


def load(progress: Progress) -> None:
    """Load the first part, or nothing: a start that is killed half-way leaves an empty database to the next one."""
    with transaction.atomic():
        bulk = [step for step in steps() if step.in_bulk]
        for step in steps():
            if not step.in_bulk:
                _carry_out(step, progress)
        load_in_bulk(bulk, progress)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # the first pages are asked for before the server gets round to it


def finish(progress: Progress) -> None:
    """Do what is left to do before the first page; at a start that has nothing left this costs a question or two."""
    for each in _registry.finishers:
        each(progress)


def load_in_bulk(chosen: Iterable[DemoStep], progress: Progress) -> None:
    """Carry steps out in the fastest way that the database user may, and settle what they have loaded."""
    bulk = list(chosen)
    settlers = sorted(_registry.settlers, key=lambda settler: settler[0])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys of plain steps, or no table could be changed
    with ExitStack() as stack:
        fast = may_switch_triggers_off()
        if fast:
            stack.enter_context(triggers_off())
        with indexes_off(model for step in bulk for model in step.large) if fast else ExitStack():
            for step in bulk:
                _carry_out(step, progress)
        if not fast:
            return
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL default_statistics_target = 10")  # enough to plan the settling with
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL default_statistics_target = DEFAULT")
        with indexes_off(model for _order, _settle, fills in settlers for model in fills):
            for _order, settle, _fills in settlers:
                settle()


def load_part(part: str, progress: Progress) -> None:
    """Load a later part unless it is loaded, or nothing of it; the portal is in use: triggers and indexes stay."""
    with transaction.atomic():
        chosen = [] if _registry.parts[part]() else steps(part)
        for number, step in enumerate(chosen):
            progress(step.name, number, len(chosen))
            step.load(partial(_told, progress, number, len(chosen)))


def start_later_parts() -> None:
    """Let the worker load what is still missing."""
    for start in _registry.starters:
        start()


def _told(progress: Progress, number: int, total: int, message: str, _done: int, _total: int) -> None:
    """Tell of a step inside a part: how many of the steps are over says more than the counts of one."""
    progress(message, number, total)


def _carry_out(step: DemoStep, progress: Progress) -> None:
    progress(step.name, 0, 0)
    step.load(progress)
