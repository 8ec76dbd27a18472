"""The places whose names or codes come nearest to what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from governance.kit.pinyin import initials
from governance.regions.models import Level, Region

_CHOSEN = 200  # rows that are compared letter by letter
_LONGEST = 40


def nearest(text: str, queryset: QuerySet[Region] | None = None, *, limit: int = 5) -> list[Region]:
    """Return up to `limit` places of `queryset` (all by default), the most similar name or code first.

    The database chooses few rows by its indexes, so the answer is quick in a tree of the whole country: for a code those
    with one digit wrong, two swapped or the same beginning; for a name those that sound alike (also communities) or
    share characters (down to townships).
    """
    wanted = "".join(character for character in text if character.isprintable()).strip()[:_LONGEST]
    places = Region.objects.all() if queryset is None else queryset
    if not wanted:
        return []
    if wanted.isascii() and wanted.isdigit():
        return _by_code(wanted, places, limit)
    return _by_name(wanted, places, limit)


def likeness(wanted: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1."""
    return SequenceMatcher(None, wanted, other, autojunk=False).ratio()


def _by_code(wanted: str, places: QuerySet[Region], limit: int) -> list[Region]:
    code = wanted[:12].ljust(12, "0")
    found = {place.code: place for place in places.filter(code__in=list(misspelt(code)))[:_CHOSEN]}
    for length in range(len(code) - 1, 1, -1):
        if len(found) >= limit:
            break
        near = places.filter(code__startswith=code[:length]).order_by("code")[:_CHOSEN]
        found |= {place.code: place for place in near}
    return nlargest(
        limit, found.values(), key=lambda place: (place.code == code, likeness(code, place.code), place.code)
    )


def misspelt(code: str) -> Iterable[str]:
    """Yield the code itself and those with one digit different or two neighbours swapped."""
    yield code
    for at, digit in enumerate(code):
        yield from (code[:at] + other + code[at + 1 :] for other in "0123456789" if other != digit)
        yield code[:at] + code[at + 1 : at + 2] + digit + code[at + 2 :]


def _by_name(wanted: str, places: QuerySet[Region], limit: int) -> list[Region]:
    sound = initials(wanted)
    alike = Q(initials__startswith=sound) if sound else Q(pk__in=())
    found = {place.pk: place for place in places.filter(alike).order_by("initials", "path")[:_CHOSEN]}
    shared = sum(
        (
            Case(When(Q(name__contains=character), then=Value(1)), default=Value(0), output_field=IntegerField())
            for character in dict.fromkeys(wanted)
        ),
        start=Value(0),
    )
    upper = places.exclude(level=Level.COMMUNITY).annotate(_shared=shared).filter(_shared__gt=0)
    found |= {place.pk: place for place in upper.order_by("-_shared", "path")[:_CHOSEN]}

    def rank(place: Region) -> tuple[float, int]:
        return likeness(wanted, place.name) + likeness(sound, place.initials), -len(place.path)

    return nlargest(limit, found.values(), key=rank)
