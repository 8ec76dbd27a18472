"""What a form accepts can be exported and loaded again: whatever the loader of packs refuses, the form refuses first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.policies import actions
from governance.policies.models import Indicator, Target
from governance.policies.packing import export, load
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target

YEAR_END = date(2025, 12, 31)


class Desk:
    """A policy with an indicator and its part, and somebody who edits them."""

    def __init__(self, tree: Tree, by: User) -> None:
        self.tree, self.by = tree, by
        self.whole = make_indicator(make_clause(make_policy(tree.county)), "whole")
        self.target = make_target(self.whole, tree.county)
        self.part = make_indicator(
            self.whole.clause, "part", position=2, subset_of=self.whole, numerator="units(township)"
        )
        self.below = make_target(self.part, tree.county, value=Decimal(100))
        self.shown = make_indicator(self.whole.clause, "shown", position=3, role="shown", numerator="units(county)")
        self.fact = make_indicator(
            self.whole.clause, "fact", position=4, role="reference", direction="", numerator="units(prefecture)"
        )
        self.stated = make_reference(self.fact, tree.county)

    def add(self, indicator: Indicator, **fields: Any) -> Any:
        given = {"region": self.tree.county, "value": Decimal(3), "due": YEAR_END} | fields
        return actions.add_target(by=self.by, indicator=indicator, **given)

    def alone(self, **fields: Any) -> Any:
        """Give the part the only target of its own."""
        self.below.delete()
        return self.add(self.part, **fields)

    def change(self, record: Any, **values: Any) -> Any:
        return getattr(actions, f"change_{record._meta.model_name}")(record, by=self.by, **values)

    def same(self) -> None:
        """Let the part compute what the whole computes, for as much."""
        Indicator.objects.filter(pk=self.part.pk).update(subset_of=None, numerator="units( community )")
        Target.objects.filter(pk=self.below.pk).update(value=200)

    def state(self, **fields: Any) -> Any:
        given = {"indicator": self.fact, "region": self.tree.street, "text": "约5个"} | fields
        return actions.add_reference_point(by=self.by, **given)


REFUSED: dict[str, tuple[str, Callable[[Desk], Any]]] = {
    "a target of what is only shown": ("indicator", lambda desk: desk.add(desk.shown)),
    "only shown while it has a target": ("role", lambda desk: desk.change(desk.part, role="shown")),
    "a yearly target in June": ("due", lambda desk: desk.alone(due=date(2025, 6, 30), yearly="listed")),
    "a whole that is part of its part": (
        "subset_of",
        lambda desk: (desk.change(desk.below, value=Decimal(200)), desk.change(desk.whole, subset_of=desk.part)),
    ),
    "a part above its whole": ("value", lambda desk: desk.change(desk.below, value=Decimal("200.5"))),
    "a whole below its part": ("value", lambda desk: desk.change(desk.target, value=Decimal(99))),
    "a part above the whole that it is given": (
        "__all__",
        lambda desk: (Target.objects.filter(pk=desk.target.pk).update(value=50), desk.change(desk.part, note="甲")),
    ),
    "another number of the same": ("value", lambda desk: (desk.same(), desk.change(desk.below, value=Decimal(201)))),
    "the same for another number": (
        "__all__",
        lambda desk: desk.change(desk.part, subset_of=None, numerator="units(community)"),
    ),
    "a fact of what is no fact": ("indicator", lambda desk: desk.state(indicator=desk.part)),
    "no fact any more while one is stated": (
        "role",
        lambda desk: desk.change(desk.fact, role="shown", direction="at_least"),
    ),
    "a fact below zero": ("value", lambda desk: desk.state(value=Decimal(-5))),
    "an indicator before the first": ("position", lambda desk: desk.change(desk.part, position=0)),
    "a clause before the first": ("position", lambda desk: desk.change(desk.part.clause, position=0)),
    "a level twice": ("verdict_levels", lambda desk: desk.change(desk.part, verdict_levels=["county", "county"])),
    "a point twice": ("checklist", lambda desk: desk.change(desk.part, checklist=["甲", "乙", "甲"])),
}

ACCEPTED: dict[str, Callable[[Desk], Any]] = {
    "nothing": lambda desk: None,
    "a number handed down of what is only shown": lambda desk: desk.add(
        desk.shown, region=desk.tree.street, origin="allocated"
    ),
    "a yearly target at the end of a year": lambda desk: desk.alone(yearly="listed"),
    "a yearly target of every year": lambda desk: desk.alone(yearly="every_year", due=None),
    "as much as the whole": lambda desk: desk.change(desk.below, value=Decimal(200)),
    "more than the whole will have later": lambda desk: desk.add(desk.whole, due=date(2030, 12, 31), value=Decimal(50)),
    "another number for another day": lambda desk: (desk.same(), desk.change(desk.below, due=date(2024, 12, 31))),
    "another number at other levels": lambda desk: desk.change(
        desk.part, subset_of=None, numerator="units(community)", verdict_levels=["township"]
    ),
    "levels in another order": lambda desk: desk.change(desk.part, verdict_levels=["township", "county"]),
    "the same point in both languages": lambda desk: desk.change(desk.part, checklist=["甲"], checklist_en=["甲"]),
    "texts that look like something else": lambda desk: desk.change(
        desk.part,
        name="123",
        name_en="true",
        note="~",
        reading="- a: b\n  # c",
        responsible="2025-12-31",
        counts="null",
    ),
    "a passage with blanks around it": lambda desk: desk.change(
        desk.part.clause, quote="\n 甲\t乙  \n\n", display=" 甲 "
    ),
    "another fact": lambda desk: desk.state(value=Decimal(5), on=date(2020, 1, 1)),
}


@pytest.fixture
def desk(tree: Tree, bureau_admin: User) -> Desk:
    return Desk(tree, bureau_admin)


@pytest.mark.parametrize("case", list(REFUSED))
def test_a_form_refuses_at_its_field(case: str, desk: Desk) -> None:
    field, attempt = REFUSED[case]
    with pytest.raises(ValidationError) as refusal:
        attempt(desk)
    assert set(refusal.value.message_dict) == {field}


@pytest.mark.parametrize("case", list(ACCEPTED))
def test_what_is_accepted_loads_again_and_changes_nothing(case: str, desk: Desk, tmp_path: Path) -> None:
    ACCEPTED[case](desk)
    path = tmp_path / "pack.yaml"
    path.write_text(export("a-policy"), encoding="utf-8")
    outcome = load([path])
    assert outcome.findings == []
    assert export("a-policy") == path.read_text(encoding="utf-8")


def test_the_same_refusal_over_the_api(desk: Desk, as_user: Any) -> None:
    client: Client = as_user(desk.by)
    url = reverse("api:target-detail", args=[desk.below.pk])
    answer = client.patch(url, '{"value": "201"}', content_type="application/json")
    assert (answer.status_code, set(answer.json())) == (400, {"value"})
    assert "whole（200）" in answer.json()["value"][0]


def test_all_targets_of_an_indicator_are_yearly_or_none(desk: Desk, tree: Tree) -> None:
    with pytest.raises(ValidationError) as refusal:
        desk.add(desk.whole, region=tree.street, origin="allocated", yearly="listed")
    assert set(refusal.value.message_dict) == {"yearly"}


def test_only_facts_are_offered_a_fact(desk: Desk, as_user: Any) -> None:
    client: Client = as_user(desk.by)
    add = reverse("policies:reference_point_add")
    assert add in client.get(desk.fact.get_absolute_url()).content.decode()
    assert add not in client.get(desk.whole.get_absolute_url()).content.decode()
