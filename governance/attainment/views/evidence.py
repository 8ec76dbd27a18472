"""The page of the records behind a number, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import generic

from governance.attainment.results.evidence import SIDES
from governance.attainment.results.evidence_request import PARAMETERS, Answered, answered
from governance.attainment.results.lines import Line, Lines
from governance.attainment.rounding import rounded
from governance.attainment.sources.evidence import Evidence
from governance.attainment.views.results import ResultsMixin
from governance.attainment.wording import reason_in_words
from governance.kit.events import Event, emit
from governance.kit.export import WRITERS
from governance.kit.scoping import permission
from governance.kit.tables import Table, grouped
from governance.kit.views import PAGE_SIZES
from governance.kit.wording import listed
from governance.policies.models import Policy
from governance.policies.reading import read
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region

BEHIND_SHOWN = 100


class EvidenceMixin(ResultsMixin):
    """Reads what the address asks for."""

    def answer(self) -> Answered:
        """Return what the address asks for; what only the page reads is let pass."""
        return answered(self.request.GET, self.request.user, beside=("page", "per_page"))


class EvidencePage(EvidenceMixin, generic.TemplateView):
    """The number, what it counts, and its records."""

    template_name = "attainment/evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the number, the records of the page, and how many lie outside one's scope."""
        found, user, asked = self.answer(), self.request.user, self.request.GET
        size = int(asked["per_page"]) if asked.get("per_page", "") in map(str, PAGE_SIZES) else PAGE_SIZES[0]
        lines: Any = Lines(found.seen.parts)  # any sequence will do
        paginator: Paginator[Any] = Paginator(lines, size)
        page = paginator.get_page(asked.get("page"))
        evidence, behind = found.found.evidence, Lines(found.seen.behind)
        number = evidence.number()
        kept = {"policy": found.policy.slug, "indicator": found.indicator.slug, "as_of": found.found.as_of.isoformat()}
        here = kept | {"region": found.region.code, "side": found.found.side}
        return super().get_context_data(**kwargs) | {
            "region": found.region,
            "policy": found.policy,
            "indicator": found.indicator,
            "policies_url": reverse("policies:policy_list") if user.has_perm(permission(Policy, "view")) else None,
            "region_url": found.region.get_absolute_url() if _sees(user, found.region) else None,
            "found": found.found,
            "number": None if number is None else grouped(rounded(number, 2)),
            "unit": evidence.unit,
            "reason": reason_in_words(evidence.why) if evidence.missing else "",
            "stated": evidence.stated is not None,
            "values": listed(_value_names(evidence)),
            "formula": read(found.indicator, vocabulary()).formula,
            "sides": [
                {"word": _SIDES[side](), "url": f"?{urlencode(here | {'side': side})}", "current": side == found.found.side}
                for side in SIDES
                if not found.found.whole or side == found.found.side or side == SIDES[0]
            ],
            "total": found.total,
            "outside": found.outside,
            "count": paginator.count,
            "table": {"page": page, "paginator": paginator},
            "page_sizes": PAGE_SIZES,
            "rows": _rows(page.object_list, kept | {"side": found.found.side}, found.region),
            "columns": _columns(found.seen),
            "behind": _rows(behind[:BEHIND_SHOWN], {}, found.region),
            "behind_more": max(0, len(behind) - BEHIND_SHOWN),
            "exports": {kind: f"{reverse('attainment:evidence_export', args=[kind])}?{urlencode(here)}" for kind in WRITERS},
        }  # fmt: skip


class EvidenceExport(EvidenceMixin, generic.View):
    """The records as a file."""

    http_method_names = ["get"]  # noqa: RUF012  HEAD would run the export, and note it, for nobody

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponseBase:
        """Return the file and note the export on the trail."""
        writer = WRITERS.get(kind)
        if writer is None:
            raise Http404
        found = self.answer()
        asked = {name: request.GET[name] for name in PARAMETERS if name in request.GET}
        after = {"kind": kind, "rows": found.total - found.outside, "filters": asked}
        emit(Event("attainment.evidence.export", request.user, region_path=found.region.path, after=after))
        name = _("%(indicator)s 依据") % {"indicator": found.indicator}
        return writer(cast(Table, _File(found.seen)), name)


class _File:
    """The records as the writers of files want a table."""

    def __init__(self, seen: Evidence) -> None:
        self.seen = seen

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then a row for each record."""
        shows = _columns(self.seen)
        yield [
            _("类型"), _("记录"), _("地区"), _("区划代码"), _("日期"), _("起始日期"), _("停用日期"),
            *([_("计入数")] if shows["amount"] else []), *([_("取值")] if shows["value"] else []),
        ]  # fmt: skip
        for line in Lines(self.seen.parts).all():
            yield [
                line.type_name, line.label, line.region_name, line.region, line.on, line.since, line.until,
                *([line.amount] if shows["amount"] else []), *([line.value_name] if shows["value"] else []),
            ]  # fmt: skip


_SIDES = {"numerator": lambda: _("分子"), "denominator": lambda: _("分母")}


def _columns(evidence: Evidence) -> dict[str, bool]:
    """Return whether records add amounts of their own, and whether their values are told apart."""
    return {
        "amount": any(part.amount for part in evidence.parts),
        "value": any(part.names for part in evidence.parts),
    }


def _value_names(evidence: Evidence) -> list[str]:
    """Return the values that occur, in words where they have any."""
    names = {value: str(word) for part in evidence.parts for value, word in part.names.items()}
    return [names[value] for value in evidence.values() if value in names]


def _rows(lines: Any, kept: dict[str, str], asked: Region) -> list[dict[str, Any]]:
    """Return the lines with their links; a place that was counted leads on to what it was counted for."""
    return [
        {
            "line": line,
            "amount": None if line.amount is None else grouped(line.amount),
            "why": f"?{urlencode(kept | {'region': line.region})}" if kept and _leads_on(line, asked) else None,
        }
        for line in lines
    ]


def _leads_on(line: Line, asked: Region) -> bool:
    return line.model is Region and line.region != asked.code


def _sees(user: Any, region: Region) -> bool:
    return bool(user.scope_for(permission(Region, "view")).covers(region.path))
