"""The page of a policy with what it asks for, of a clause, and of an indicator with how it is computed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from governance.kit.events import Event, emit
from governance.kit.tables import grouped
from governance.kit.views import DetailPage
from governance.kit.wording import listed
from governance.policies import listings
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import export
from governance.policies.reading import read
from governance.policies.tables import ROLES
from governance.policies.vocabulary import vocabulary
from governance.policies.wording import due, levels_line, number, target_line, told

TARGETS_SHOWN = 100


class PolicyPage(DetailPage):
    """A policy: what it is, and clause by clause what it asks for."""

    template_name = "policies/policy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the clauses with their indicators."""
        policy, user = self.object, self.request.user
        clauses = list(Clause.objects.visible_to(user).filter(policy=policy).order_by("position"))
        rows = indicator_rows(Indicator.objects.filter(policy=policy), user)
        by_clause: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_clause[row["indicator"].clause_id].append(row)
        return super().get_context_data(**kwargs) | {
            "policy": policy,
            "responsible": told(policy, "responsible"),
            "note": told(policy, "note"),
            "clauses": [{"clause": clause, "rows": by_clause[clause.pk]} for clause in clauses],
            "roles": _roles(rows),
            "region_url": _place_url(policy.region, user),
            "add_clause_url": _add_url(listings.CLAUSES, user, policy, policy=policy.slug),
            "add_indicator_url": _add_url(listings.INDICATORS, user, policy, policy=policy.slug) if clauses else None,
        }


class PackPage(DetailPage):
    """A policy as its pack, the same as `export_policy` prints."""

    http_method_names = ["get"]  # noqa: RUF012  HEAD would note a download that nobody has

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Return the file and note on the trail who took it."""
        policy = self.object
        emit(Event("policies.policy.export", self.request.user, policy, policy.region.path, after={"kind": "yaml"}))
        return HttpResponse(
            export(policy.slug),
            content_type="application/yaml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{policy.slug}.yaml"'},
        )


class ClausePage(DetailPage):
    """A clause with the indicators that stand on it."""

    template_name = "policies/clause.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the indicators."""
        clause, user = self.object, self.request.user
        return super().get_context_data(**kwargs) | {
            "clause": clause,
            "policy": clause.policy,
            "clauses": [{"clause": clause, "rows": indicator_rows(Indicator.objects.filter(clause=clause), user)}],
        }


class IndicatorPage(DetailPage):
    """An indicator: what the text says, how it is computed and judged, what is asked for."""

    template_name = "policies/indicator.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the formula in words, targets, stated facts and the texts in the reader's language."""
        indicator, user = self.object, self.request.user
        reading = read(indicator, vocabulary())
        asked, handed = _targets(indicator, user)
        references = ReferencePoint.objects.visible_to(user).filter(indicator=indicator).select_related("region")
        context = super().get_context_data(**kwargs)
        add_target = _add_url(listings.TARGETS, user, indicator.policy, indicator=indicator.slug)
        return context | {
            "indicator": indicator,
            "policy": indicator.policy,
            "reading": reading,
            "undeclared": listed(reading.undeclared),
            "role": {"look": ROLES[indicator.role][0], "icon": ROLES[indicator.role][1]},
            "judging": _judging(indicator),
            "texts": {
                name: told(indicator, name)
                for name in ("counts", "per", "note", "reading", "checklist", "baseline_note", "responsible")
            }
            | {"of_policy": told(indicator.policy, "responsible")},
            "asked": asked,
            "handed": handed[:TARGETS_SHOWN],
            "more_handed": len(handed) > TARGETS_SHOWN,
            "references": [_fact_row(reference, user) for reference in references],
            "subsets": Indicator.objects.visible_to(user).filter(subset_of=indicator),
            "add_target_url": add_target if indicator.role != Indicator.Role.REFERENCE else None,
            "add_reference_url": _add_url(
                listings.REFERENCE_POINTS, user, indicator.policy, indicator=indicator.slug,
                region=indicator.policy.region.code,
            ) if indicator.role == Indicator.Role.REFERENCE else None,
            "baseline": None if indicator.baseline_value is None else grouped(indicator.baseline_value),
            "factor": grouped(indicator.factor),
            "show_expressions": context["change_url"] is not None,
        }  # fmt: skip


def indicator_rows(indicators: QuerySet[Any], user: Any) -> list[dict[str, Any]]:
    """Return the indicators with their targets and stated facts as lines; three queries, however many there are."""
    rows = list(indicators.visible_to(user).select_related("region").order_by("position", "pk"))  # type: ignore[attr-defined]
    asked, stated = defaultdict(list), defaultdict(list)
    own = Q(origin=Target.Origin.TEXT)
    for target in Target.objects.visible_to(user).filter(own, indicator__in=rows).order_by("due", "pk"):
        asked[target.indicator_id].append(target)
    for reference in ReferencePoint.objects.visible_to(user).filter(indicator__in=rows):
        stated[reference.indicator_id].append(reference.text)
    return [
        {
            "indicator": indicator,
            "look": ROLES[indicator.role][0],
            "icon": ROLES[indicator.role][1],
            "asked": [target_line(target, indicator.unit) for target in asked[indicator.pk]],
            "stated": stated[indicator.pk],
            "levels": levels_line(indicator.verdict_levels),
        }
        for indicator in rows
    ]


def _roles(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how many indicators there are of each role."""
    found = [row["indicator"].role for row in rows]
    return [
        {"role": role.value, "label": role.label, "count": found.count(role), "icon": ROLES[role][1]}
        for role in Indicator.Role
    ]


def _targets(indicator: Indicator, user: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what the text asks for, and what was handed down of it as far as `user` may see."""
    rows = Target.objects.visible_to(user).filter(indicator=indicator).select_related("region")
    shown = [
        {"target": target, "number": number(target), "due": due(target), "region_url": _place_url(target.region, user)}
        # the text's come first and are few; of those handed down no more are read than a page shows, and one to tell
        for target in rows.order_by("-origin", "region__path", "due", "pk")[: 2 * TARGETS_SHOWN + 1]
    ]
    by_text = [row for row in shown if row["target"].origin == Target.Origin.TEXT]
    return by_text, [row for row in shown if row["target"].origin == Target.Origin.ALLOCATED]


def _fact_row(reference: ReferencePoint, user: Any) -> dict[str, Any]:
    value = None if reference.value is None else grouped(reference.value)
    return {"reference": reference, "number": value, "region_url": _place_url(reference.region, user)}


def _judging(indicator: Indicator) -> dict[str, str]:
    """Return in words how a value is judged, and at which levels units are counted, verdicts given and values shown."""
    levels = {name: getattr(indicator, f"{name}_levels") for name in ("unit", "verdict", "show")}
    words = {
        "": "",
        Indicator.Direction.AT_LEAST: _("，不低于目标数"),
        Indicator.Direction.AT_MOST: _("，不高于目标数"),
        Indicator.Direction.RANGE: _("，在上下限之间"),
    }
    test = f"{indicator.get_test_display()}{words[indicator.direction]}"
    return {"test": test} | {name: levels_line(found) for name, found in levels.items()}


def _place_url(region: Any, user: Any) -> str | None:
    """Return the address of a place where the user may open it."""
    covered = user.scope_for("regions.view_region").covers(region.path)
    return region.get_absolute_url() if covered else None


def _add_url(listing: Any, user: Any, policy: Policy, /, **given: str) -> str | None:
    """Return the address of an empty form with some fields filled in, where the user may add below this policy."""
    if not listing.allows(user, "add"):
        return None
    inside = user.scope_for(f"policies.add_{listing.model._meta.model_name}").covers(policy.region.path)
    if not inside and listing is not listings.TARGETS:
        return None
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"{listing.url('add')}?{query}"
