"""Adds to rows whose parent is not there which codes come near, from the file and from the database."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from django.utils.translation import gettext as _

from governance.kit.wording import bracketed, listed
from governance.regions.divisions.rows import Refusal, Row, Why
from governance.regions.nearest import likeness, misspelt, nearest

_AROUND = 10
_MOST = 50  # different codes that are looked up


def with_suggestions(refused: list[Refusal], rows: Mapping[str, Row]) -> list[Refusal]:
    """Return the refusals, those for an unknown parent with the nearest place that exists."""
    missing = [refusal.given for refusal in refused if refusal.why is Why.PARENT_UNKNOWN]
    if not missing:
        return refused
    codes = sorted(rows)
    hints = {code: _hint(near_codes(code, codes, rows)) for code in list(dict.fromkeys(missing))[:_MOST]}
    return [
        refusal._replace(other=hints.get(refusal.given, "")) if refusal.why is Why.PARENT_UNKNOWN else refusal
        for refusal in refused
    ]


def near_codes(wanted: str, codes: list[str], rows: Mapping[str, Row], limit: int = 1) -> list[str]:
    """Return the nearest places as "name（code）", from the sorted `codes` of the file and from the database."""
    at = bisect_left(codes, wanted)
    names = {code: rows[code].name for code in codes[max(at - _AROUND, 0) : at + _AROUND] if code != wanted}
    names |= {code: rows[code].name for code in misspelt(wanted) if code in rows}
    names |= {place.code: place.name for place in nearest(wanted, limit=limit)}
    best = sorted(names, key=lambda code: (-likeness(wanted, code), code))[:limit]
    return [bracketed(names[code], code) for code in best]


def _hint(near: list[str]) -> str:
    return _("是否为 %(near)s？") % {"near": listed(near)} if near else ""
