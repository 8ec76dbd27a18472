"""An indicator at a place: value, target, history against the path, verdicts, who lacks what."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from governance.attainment.compute.questions import Question, questions
from governance.attainment.dashboard.allocation import may_allocate
from governance.attainment.dashboard.asked import Asked, asked, policies
from governance.attainment.dashboard.cards import gap_of, thing_of
from governance.attainment.dashboard.children import Column, children, columns
from governance.attainment.dashboard.confirmed import confirmation
from governance.attainment.dashboard.course import course
from governance.attainment.dashboard.looks import tag
from governance.attainment.dashboard.plans import plan_of
from governance.attainment.dashboard.worklist import failing, level_of, most_lacking
from governance.attainment.results.answers import Answers
from governance.attainment.results.requests import PERMISSION
from governance.attainment.results.rows import row_of
from governance.attainment.rounding import shown
from governance.attainment.views.dashboard import bar
from governance.attainment.views.results import KeptResults
from governance.attainment.wording import OUTCOMES
from governance.kit.measures.units import places
from governance.kit.scoping import permission
from governance.policies.models import Indicator
from governance.policies.reading import read
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

UNITS_SHOWN = 20
_OUTCOME_LOOKS = {"met": "met", "missed": "overdue", "no_data": "no_data", "no_denominator": "no_denominator"}


class IndicatorPage(KeptResults):
    """Value, target, gap, expected month; what the text says; who has to do what."""

    template_name = "attainment/indicator.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the answer and what lies below it."""
        user, given = self.request.user, self.request.GET.copy()
        indicator = get_object_or_404(Indicator.objects.visible_to(user), slug=kwargs["slug"])
        given["policy"] = indicator.policy.slug
        found = asked(given, user)
        if found is None:
            raise Http404
        words = vocabulary()
        question = next(each for each in questions(found.policy, words) if each.indicator.pk == indicator.pk)
        answers = Answers([found.region], [question.asked], found.day, found.today)
        row = row_of(question, found.region, *answers.of(question.asked, found.region), found.today)
        unit = thing_of(question, words)
        beside, told = self._beside(found, question), course(question, found, answers, row)
        return super().get_context_data(**kwargs) | bar(found, self.request.path, indicator.slug) | {
            "policies": list(policies(user)),
            "asked": found,
            "confirmation": confirmation(found, user),
            "planned": plan_of(user, question.indicator, found.region, row["status"]),
            "indicator": question.indicator,
            "row": row,
            "tag": tag(row["status"]) if row["status"] else None,
            "value": shown(row["value"], row["target"]),
            "target": shown(row["target"]),
            "numerator": shown(row["numerator"]),
            "denominator": shown(row["denominator"]) if row["denominator"] not in (None, 1) else "",
            "gap": gap_of(row, question, words, found.region.level),
            "pace": shown(row["pace"]) if row["pace"] else "",
            "counted": places(question.asked.unit_levels) if row["unit_target"] is not None else unit,
            "late": _months_late(row["due"], found) if row["status"] == "overdue" else 0,
            "course": told,
            "picture": json.dumps(told.picture),
            "verdicts": [_verdict(each) for each in row["verdicts"]],
            "formula": read(question.indicator, words).formula,
            "evidence_url": f"{reverse('attainment:evidence')}?{_evidence(found, question)}",
            "dashboard_url": f"{reverse('attainment:dashboard')}?{found.query()}",
            "definition_url": question.indicator.get_absolute_url(),
            "allocation_url": self._allocation(question.indicator, found),
            "sees_places": user.has_perm(permission(Region, "view")),
        } | beside | self._units(found, question, row)  # fmt: skip

    def _allocation(self, indicator: Indicator, found: Asked) -> str:
        """Return where the place's own target is split over the places below, for whoever may do that."""
        own = any(target.region_id == found.region.pk for target in indicator.targets.all())
        if not own or not may_allocate(self.request.user, indicator, found.region):
            return ""
        return f"{reverse('attainment:allocation', args=[indicator.slug])}?{urlencode({'region': found.region.code})}"

    def _beside(self, found: Asked, question: Question) -> dict[str, Any]:
        """Return the places right below, those that lack most first."""
        below = list(children(found, self.request.user))
        made = columns(found, below, frozenset({question.asked.slug})) if below else []
        if not made:
            return {"children": [], "reference": ""}
        column: Column = made[0]
        lacking = most_lacking(column.cells)
        rest = [cell for cell in column.cells if not cell.lacking]
        here = found.query(policy="", region="")
        return {
            "children": [{"cell": cell, "url": f"?{here}&region={cell.place.code}"} for cell in (*lacking, *rest)],
            "reference": shown(column.reference) if column.reference is not None and not column.judged else "",
        }

    def _units(self, found: Asked, question: Question, row: dict[str, Any]) -> dict[str, Any]:
        """Return the units that fail now, a page of them."""
        level, user = level_of(question, found.region.level), cast(Any, self.request.user)
        against = row["unit_target"] if row["unit_target"] is not None else _reference(question, found)
        if level is None or against is None or not user.scope_for(PERMISSION).covers(found.region.path):
            return {"units": []}
        page = self.request.GET.get("page", "1")
        number = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
        units, total = failing(
            question, found.region, level, against, found.today, limit=UNITS_SHOWN, offset=(number - 1) * UNITS_SHOWN
        )
        paginator = Paginator(range(total), UNITS_SHOWN)
        return {
            "units": [{"unit": each, "value": shown(each.value, against)} for each in units],
            "units_total": total,
            "units_of": places((level,)),
            "units_against": shown(against),
            "count": total,
            "table": {"page": paginator.get_page(number), "paginator": paginator},
        }


def _reference(question: Question, found: Asked) -> Fraction | None:
    """Return the number that one unit is held against: of a share of units every unit, of an average the average."""
    if question.indicator.kind == "coverage":
        return question.asked.factor  # a unit has it or has it not
    if question.indicator.kind != "average_per_unit" or not question.asked.milestones:
        return None
    return question.asked.rule(found.policy.region.code, found.policy.region.level, "pooled").root_milestones[-1].target


def _evidence(found: Asked, question: Question) -> str:
    return urlencode(
        {
            "policy": found.policy.slug,
            "indicator": question.asked.slug,
            "region": found.region.code,
            "as_of": found.day.isoformat(),
        }
    )


def _months_late(due: date | None, found: Asked) -> int:
    return 0 if due is None else (found.day.year - due.year) * 12 + found.day.month - due.month


def _verdict(told: dict[str, Any]) -> dict[str, Any]:
    return told | {
        "target": shown(told["target"]),
        "value": shown(told["value"], told["target"]),
        "tag": tag(_OUTCOME_LOOKS[told["outcome"]]) | {"word": OUTCOMES[told["outcome"]]},
    }
