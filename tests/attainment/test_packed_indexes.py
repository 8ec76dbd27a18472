"""The system check finds what cannot be counted, and the index that is missing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.checks import Error, Warning
from django.db.models import F, Index, Q, UniqueConstraint

from governance.attainment.sources import indexes
from governance.attainment.sources.indexes import check_sources
from governance.kit.measures.sources import Events, Implied, Intervals, Mark, Values, Weight
from governance.regions.models import Estate, Facility
from tests.attainment.declaring import declaring
from tests.trial.models import Award, Group, Session


def group(condition: Q | None = None, **given: object) -> Intervals:
    marks = {"all": Mark("全部", "个", condition or Q())}
    return Intervals(
        **({"name": "t_rows", "label": "行", "model": "trial.Group", "home": "home", "marks": marks} | given)
    )  # type: ignore[arg-type]


def session(**given: object) -> Events:
    usual = {"name": "t_rows", "label": "行", "model": "trial.Session", "home": "home", "on": "on", "marks": {}}
    return Events(**(usual | given))  # type: ignore[arg-type]


def test_what_is_declared_today_can_be_counted_from_its_indexes() -> None:
    assert check_sources() == []
    assert check_sources(app_configs=[]) == []


FAULTS = {
    "a condition over several rows": (
        Intervals("t_rows", "岗位", "trial.Post", "home", {"all": Mark("", "", Q(certificates__level="senior"))}),
        indexes.MANY,
    ),
    "the same inside a condition": (
        Intervals("t_rows", "岗位", "trial.Post", "home", {"all": Mark("", "", Q(main=True) | ~Q(certificates=None))}),
        indexes.MANY,
    ),
    "a weight over several rows": (
        Intervals("t_rows", "", "trial.Post", "home", {}, weights={"n": Weight("certificates__id", "", "")}),
        indexes.MANY,
    ),
    "a place that is none": (Intervals("t_rows", "", "trial.Certificate", "holder", {}), indexes.HOME),
    "a column as a place": (group(home="category"), indexes.HOME),
    "a person with a name": (session(person="field"), indexes.PERSON),
    "a field that is none": (group(Q(colour="red")), indexes.UNKNOWN),
    "a field that is none, compared with": (group(Q(area=F("colour"))), indexes.UNKNOWN),
    "a comparison as a kind": (
        group(kinds={"k": Values("category__in", "", {"care": ""})}),
        indexes.UNKNOWN,
    ),
    "a text as a weight": (group(weights={"n": Weight("category", "", "")}), indexes.WEIGHT),
    "a moment as a day": (
        Events("t_rows", "", "regions.Facility", "region", "changed_at", {}),
        indexes.DAY,
    ),
    "a text as the start of a mark": (group(marks={"m": Mark("", "", since="category")}), indexes.DAY),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_counted_is_an_error(name: str) -> None:
    declared, code = FAULTS[name]
    with declaring(declared):
        found = check_sources()
    assert [(type(one), one.id) for one in found] == [(Error, code)]
    assert "t_rows" in found[0].msg
    assert found[0].obj is apps.get_model(declared.model)


def hint_of(monkeypatch: pytest.MonkeyPatch, declared: Intervals | Events, *there: Index) -> str:
    """Return the line that is asked for where only these indexes are there."""
    model = apps.get_model(declared.model)
    monkeypatch.setattr(model._meta, "indexes", list(there))
    with declaring(declared):
        found = [one for one in check_sources() if "t_rows" in one.msg]
    if not found:
        return ""
    (one,) = found
    assert (type(one), one.id, one.obj) == (Warning, indexes.NO_INDEX, model)
    return str(one.hint).partition(": ")[2]


def test_the_line_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = {"m": Mark("", "", Q(party=True) & Q(area__gt=F("id")), since="party_since")}
    kinds = {"k": Values("category", "", {"care": ""}, Q(whole=True))}
    line = hint_of(monkeypatch, group(marks=marks, kinds=kinds))
    assert line == (
        'models.Index(fields=("home", "since"), include=("id", "until", "whole", "party", "party_since", "area", '
        '"category"), name="trial_group_covering")'
    )
    given = Index(
        fields=("home", "since"),
        include=("id", "until", "whole", "party", "party_since", "area", "category"),
        name="trial_group_covering",
    )
    assert hint_of(monkeypatch, group(marks=marks, kinds=kinds), given) == ""


def test_persons_come_before_days_and_what_is_implied_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = session(person="person", implies=(Implied("culture_centre", Q(joint=True)),))
    line = 'models.Index(fields=("home", "person", "on"), include=("joint",), name="trial_session_covering")'
    assert hint_of(monkeypatch, declared) == line
    by_day = Index(fields=("home", "on"), include=("person", "joint"), name="trial_session_by_day")
    assert hint_of(monkeypatch, declared, by_day) == line
    assert hint_of(monkeypatch, session(), by_day) == ""
    assert hint_of(monkeypatch, session()) == 'models.Index(fields=("home", "on"), name="trial_session_covering")'


def test_a_partial_index_does_not_serve_and_a_unique_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    partial = Index(fields=("home", "on"), condition=Q(held=True), name="trial_session_partial")
    assert hint_of(monkeypatch, session(), partial)
    unique = UniqueConstraint(fields=("home", "on"), include=("held",), name="trial_session_once")
    monkeypatch.setattr(Session._meta, "constraints", [unique])
    assert hint_of(monkeypatch, session()) == ""


def test_over_a_join_the_own_column_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = Intervals(
        "t_rows", "设施", "regions.Facility", "region", {"all": Mark("", "", Q(region__level="county"))}
    )
    line = 'models.Index(fields=("region", "since"), include=("until",), name="regions_facility_covering")'
    assert hint_of(monkeypatch, declared) == line
    away = Intervals("t_rows", "证书", "trial.Certificate", "holder__home", {"all": Mark("", "")})
    assert hint_of(monkeypatch, away) == ""  # no index of one table leads with a column of another


def test_each_covering_index_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for model, name in ((Group, "groups"), (Award, "awards"), (Estate, "estates"), (Facility, "facilities")):
        with monkeypatch.context() as patch:
            patch.setattr(model._meta, "indexes", [])
            assert [name in one.msg for one in check_sources()] == [True]
