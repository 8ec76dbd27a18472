"""The actions of a record that is simply written: added, changed and removed, with one rule for all surfaces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Model

from governance.kit import records
from governance.kit.rules import RULES, Rule

__all__ = ["RULES", "WRITTEN", "Rule", "Written", "written"]

# The actions made here: who does what they do for many rows at once (an import) goes round nothing.
WRITTEN: set[Callable[..., Any]] = set()


class Written(TypedDict):
    """What a listing is given: `Listing(…, **written(Activity))`, or with an action of one's own in place of one."""

    add: Callable[..., Any]
    change: Callable[..., Any]
    remove: Callable[..., Any]


def written(model: type[Model], *, rule: Rule | None = None) -> Written:
    """Return the actions of `model`; `rule` is asked before every write, also by imports and by other actions."""
    if rule is not None:
        RULES[model] = rule

    def add(*, by: Any, **values: Any) -> Model:
        """Add a record; a name that is no field raises `TypeError`."""
        return records.add(model(**values), by=by)

    def change(record: Model, *, by: Any, seen: datetime | None = None, **values: Any) -> Model:
        """Change fields of a record."""
        return records.change(record, by=by, seen=seen, **values)

    def remove(record: Model, *, by: Any) -> None:
        """Remove a record that nothing depends on."""
        records.remove(record, by=by)

    WRITTEN.update((add, change, remove))
    return Written(add=add, change=change, remove=remove)
