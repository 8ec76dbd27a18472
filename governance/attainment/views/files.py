"""Dashboard, table of places and history as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views import generic

from governance.attainment.compute.questions import questions
from governance.attainment.dashboard.asked import Asked, asked
from governance.attainment.dashboard.cards import cards
from governance.attainment.dashboard.children import children, columns
from governance.attainment.dashboard.files import indicator_lines, month_lines, place_lines
from governance.attainment.periods import as_text
from governance.attainment.results.answers import Answers
from governance.attainment.views.results import ResultsMixin
from governance.kit.events import Event, emit
from governance.kit.export import WRITERS
from governance.kit.tables import Table
from governance.policies.models import Indicator


class _File:
    """Lines as the writers of files want a table."""

    def __init__(self, lines: Iterator[list[Any]]) -> None:
        self.lines = lines

    def export_rows(self) -> Iterator[list[Any]]:
        """Yield the headings, then the lines."""
        return self.lines


class ResultsFile(ResultsMixin, generic.View):
    """What a page shows, as a file; noted on the trail."""

    http_method_names = ["get"]  # noqa: RUF012  HEAD would make the file, and note it, for nobody

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponseBase:
        """Return the file."""
        writer = WRITERS.get(kind)
        found = asked(self.given(), request.user, kept=False)
        if writer is None or found is None:
            raise Http404
        name, lines = self.lines(found)
        after = {"kind": kind, "filters": {"policy": found.policy.slug, "month": as_text(found.month), "of": name}}
        emit(Event("attainment.results.export", request.user, region_path=found.region.path, after=after))
        return writer(cast(Table, _File(lines)), f"{name} {as_text(found.month)}")

    def given(self) -> Any:
        """Return the parameters."""
        return self.request.GET

    def lines(self, found: Asked) -> tuple[str, Iterator[list[Any]]]:
        """Return the name of the file and its lines."""
        raise NotImplementedError


class DashboardFile(ResultsFile):
    """The indicators of a place."""

    def lines(self, found: Asked) -> tuple[str, Iterator[list[Any]]]:
        """Return a line for each indicator."""
        return _("%(place)s达标看板") % {"place": found.region.name}, indicator_lines(cards(found))


class ChildrenFile(ResultsFile):
    """The places below beside each other."""

    def lines(self, found: Asked) -> tuple[str, Iterator[list[Any]]]:
        """Return a line for each place and indicator."""
        places = list(children(found, self.request.user))
        made = columns(found, places, whole=self.request.GET.get("all", "") == "1") if places else []
        return _("%(place)s下级地区对照") % {"place": found.region.name}, place_lines(places, made)


class IndicatorFile(ResultsFile):
    """An indicator at a place by month."""

    def given(self) -> Any:
        """Return the parameters, with the policy of the indicator; 404 where it is none of the reader's."""
        found = get_object_or_404(Indicator.objects.visible_to(self.request.user), slug=self.kwargs["slug"])
        given = self.request.GET.copy()
        given["policy"] = found.policy.slug
        return given

    def lines(self, found: Asked) -> tuple[str, Iterator[list[Any]]]:
        """Return a line for each month."""
        question = next(each for each in questions(found.policy) if each.indicator.slug == self.kwargs["slug"])
        answers = Answers([found.region], [question.asked], found.day, found.today)
        name = f"{found.region.name} {question.indicator}"
        return name, month_lines(question, found, answers)
