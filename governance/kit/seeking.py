"""The search box of every page: which lists it looks through, and what it finds there for a user.

A listing says by what it is found (`Listing(found=Found(…))`): what its records are called and which codes they go by,
not all that the search of the list looks into, for ten kinds are looked through while somebody types. What has been
typed says where to look: Chinese in names, letters in initials, digits in codes. One query for each kind, none counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from governance.kit import creditcode
from governance.kit.found import Found, searched
from governance.kit.homes import home_field, home_of, is_place
from governance.kit.listing import Listing
from governance.kit.masks import holds_number
from governance.kit.picker import natural_of
from governance.kit.texts import refused_character

SHORTEST, LONGEST = 2, 50
_PLACE = re.compile(r"[0-9]{12}")  # the code of a place is as long as a number of a person begins


@dataclass(frozen=True, slots=True)
class Hit:
    """A record as a line: what it is called, what tells it from others, its page."""

    name: str
    beside: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The first records of one list, and where all of them are."""

    label: Any
    icon: str
    hits: list[Hit]
    more: bool
    url: str


def _kinds(user: Any) -> list[tuple[Listing, Found]]:
    return [(listing, found) for listing, found in searched() if listing.allows(user, "view")]


def kinds_for(user: Any) -> list[Listing]:
    """Return the lists that the box looks through for `user`, in their order."""
    return [listing for listing, _by in _kinds(user)]


def written(text: str) -> str:
    """Return what was typed as it is looked up: narrow characters, single blanks, no end of a novel."""
    return " ".join(unicodedata.normalize("NFKC", text[: 4 * LONGEST]).split())[:LONGEST]


def is_secret(text: str) -> bool:
    """Return whether a text may hold the number of a person: it must stand in no address, and nothing is found by it.

    Codes of places and credit codes of organisations are as long, and public; their names may stand behind them.
    """
    code, _blank, rest = text.partition(" ")  # a picked suggestion has the name behind the code
    public = _PLACE.fullmatch(code) or creditcode.names_an_organisation(creditcode.normalised(code))
    return holds_number(rest if public else text)


def can_be_sought(text: str) -> bool:
    """Return whether a text is long enough to find something, holds no number and nothing that nobody sees."""
    return len(text) >= SHORTEST and not is_secret(text) and refused_character(text) is None


def seek(text: str, user: Any, at_most: int) -> Iterator[Kind]:
    """Yield the kinds of which `user` may see records that a text finds, up to `at_most` of each."""
    if not can_be_sought(text):
        return
    for listing, found in _kinds(user):
        rows = list(_rows(listing, found, text, user)[: at_most + 1])
        if rows:
            yield Kind(
                label=listing.model._meta.verbose_name_plural,
                icon=found.icon,
                hits=[_hit(listing, found, record) for record in rows[:at_most]],
                more=len(rows) > at_most,
                url=f"{listing.url('list')}?{urlencode({'q': _word(text)})}",
            )


def _word(text: str) -> str:
    """Return initials as they are stored; a code keeps its capitals."""
    return text.lower() if _letters(text) else text


def _letters(text: str) -> bool:
    return text.isascii() and text.replace(" ", "").isalpha()


def _rows(listing: Listing, found: Found, text: str, user: Any) -> QuerySet[Any]:
    """Return what is called so; names that begin so come first, the others by what has found them."""
    model: Any = listing.model
    related = [*((home_of(model),) if home_field(model) else ()), *found.related]
    rows = model._default_manager.visible_to(user)
    rows = rows.select_related(*related) if related else rows
    codes = {
        f"{field}__istartswith" if field == "slug" else f"{field}__startswith": text.upper() for field in found.codes
    }
    if _letters(text) and found.initials:
        initials = text.lower().replace(" ", "")
        return rows.filter(**{f"{found.initials}__startswith": initials}).order_by(found.initials, "pk")  # type: ignore[no-any-return]
    if text.isascii() and codes:
        either = reduce(or_, (Q(**{look_up: code}) for look_up, code in codes.items()))
        either |= Q(**{found.name: text}) if _letters(text) else Q(pk__in=())
        return rows.filter(either).order_by(found.codes[0], "pk")  # type: ignore[no-any-return]
    either = Q(**{found.name: text})
    if any(sign.isdigit() for sign in text):
        either |= reduce(or_, (Q(**{look_up: code}) for look_up, code in codes.items()), Q(pk__in=()))
    # The order is computed, so that the planner looks the names up instead of walking all rows in their order.
    begins = Case(When(**{f"{found.name.rpartition('__')[0]}__startswith": text}, then=Value(0)), default=Value(1))
    order = ("path",) if is_place(model) else model._meta.ordering or ("pk",)
    return rows.filter(either).order_by(begins, *order)  # type: ignore[no-any-return]


def _hit(listing: Listing, found: Found, record: Any) -> Hit:
    natural, ended = natural_of(listing), getattr(record, "until", None)
    told = [getattr(record, f"get_{name}_display", partial(getattr, record, name, ""))() for name in found.shows]
    parts = [getattr(record, natural) if natural else "", *told, _where(listing, record)]
    name = str(record)
    if ended is not None and ended <= timezone.localdate():
        parts.append(_("%(day)s 停用") % {"day": ended})
    beside = " · ".join(str(part) for part in parts if part and str(part) not in name)
    return Hit(name, beside, listing.url("detail", record))


def _where(listing: Listing, record: Any) -> str:
    """Return the name of the place at which a record is homed, of a place that of the one above."""
    if is_place(listing.model):
        return str(record.parent or "")
    if home_field(listing.model) is None:
        return ""
    for name in home_of(listing.model).split("__"):
        record = getattr(record, name)
    return str(record)
