"""Places beside each other: ranked by one indicator, on the map, and all indicators in one table."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse

from governance.attainment.dashboard.asked import Asked, asked, policies
from governance.attainment.dashboard.children import Cell, Column, children, columns
from governance.attainment.dashboard.outlines import outline_of
from governance.attainment.dashboard.worklist import most_lacking
from governance.attainment.rounding import shown
from governance.attainment.views.dashboard import bar
from governance.attainment.views.results import KeptResults
from governance.kit.measures.wording import LEVEL_NAMES

RANKED = 12


class ChildrenPage(KeptResults):
    """Which places cause what is lacking; as a part of the dashboard, or as a page of its own."""

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the part alone."""
        part = getattr(self.request, "htmx", False)
        return ["attainment/children.html"] if part else ["attainment/children_page.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the places and their cells."""
        user, given = self.request.user, self.request.GET
        found = asked(given, user)
        if found is None:
            raise Http404
        places = list(children(found, user))
        whole = given.get("all", "") == "1"
        made = columns(found, places, whole=whole) if places else []
        chosen = _chosen(made, given.get("indicator", ""))
        values = super().get_context_data(**kwargs) | bar(found, self.request.path) | {
            "policies": list(policies(user)),
            "asked": found,
            "places": places,
            "dashboard_url": f"{reverse('attainment:dashboard')}?{found.query()}",
        }  # fmt: skip
        if chosen is None:
            return values
        ranking = _ranking(found, chosen, len(places))
        return values | ranking | {
            "level": LEVEL_NAMES[places[0].level],
            "heads": [_head(found, column, chosen) for column in made],
            "rows": [_row(found, place, number, made) for number, place in enumerate(places)],
            "whole": whole,
            "file_query": found.query(all="1" if whole else ""),
            "map_picture": "map" if ranking["map"] else "",
            "whole_url": f"{reverse('attainment:children')}?{found.query(all='' if whole else '1')}",
        }  # fmt: skip


def _chosen(made: list[Column], slug: str) -> Column | None:
    """Return the column that was asked for, else the one in which most is lacking of what is held against a number."""
    named = next((column for column in made if column.question.asked.slug == slug), None)
    if named is not None:
        return named

    def worst(column: Column) -> tuple[int, int]:
        against = column.reference is not None or column.judged
        return (
            sum(cell.colour not in ("r0", "rx") for cell in column.cells) if against else -1,
            sum(cell.lacking or 0 for cell in column.cells),
        )

    return max(made, key=worst, default=None)


def _address(found: Asked, column: Column, cell: Cell) -> str:
    page = reverse("attainment:indicator", args=[column.question.asked.slug])
    return f"{page}?{found.query(policy='', region=cell.place.code)}"


def _ranking(found: Asked, column: Column, total: int) -> dict[str, Any]:
    lacking = most_lacking(column.cells)
    with_value = sorted((cell for cell in column.cells if cell.value is not None), key=lambda cell: -(cell.value or 0))
    ranked = lacking or list(reversed(with_value))
    rank = {cell.place.pk: number for number, cell in enumerate(with_value, 1)}
    rows = [
        {"cell": cell, "rank": rank.get(cell.place.pk, ""), "url": _address(found, column, cell)}
        for cell in ranked[:RANKED]
    ]
    outline = outline_of([cell.place for cell in column.cells])
    on_map = [_on_map(found, column, cell) for cell in column.cells]
    return {
        "chosen": column.question.indicator,
        "reference": shown(column.reference) if column.reference is not None else "",
        "ranked": rows,
        "total": total,
        "rest": total - len(rows),
        "lacking": bool(lacking),
        "map": json.dumps({"outline": static(outline), "places": on_map}) if outline else "",
    }  # fmt: skip


def _on_map(found: Asked, column: Column, cell: Cell) -> dict[str, Any]:
    unit = column.cells[0].row["unit"]
    value = f"{cell.text}{unit if unit == '%' else ''}" if cell.value is not None else cell.text
    return {
        "code": cell.place.code[:6],
        "name": cell.place.name,
        "short": cell.place.name
        + (f"\n{cell.gap.split(' ')[0]} {cell.lacking:,}" if cell.lacking and cell.gap else ""),
        "told": " · ".join(each for each in (value, cell.gap) if each),
        "value": float(cell.value) if cell.value is not None else None,
        "lacking": cell.lacking or 0,
        "colour": cell.colour,
        "url": _address(found, column, cell),
    }


def _head(found: Asked, column: Column, chosen: Column) -> dict[str, Any]:
    return {
        "indicator": column.question.indicator,
        "reference": shown(column.reference) if column.reference is not None else "",
        "unit": column.question.indicator.unit,
        "current": column is chosen,
        "url": f"{reverse('attainment:children')}?{found.query(indicator=column.question.asked.slug)}",
    }


def _row(found: Asked, place: Any, number: int, made: list[Column]) -> dict[str, Any]:
    return {
        "place": place,
        "url": f"{reverse('attainment:dashboard')}?{found.query(region=place.code)}",
        "cells": [{"cell": column.cells[number], "url": _address(found, column, column.cells[number])} for column in made],
    }  # fmt: skip
