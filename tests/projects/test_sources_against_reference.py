"""Random records of this app: every mark, weight, kind and implied item, by the fast reader and by the slow one."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from governance.kit.measures import expressions as e
from governance.kit.measures.sources import SOURCES
from governance.people.models import Person
from governance.policies.vocabulary import vocabulary
from governance.regions.models import Region, RegisterCoverage
from organizations.models import Organization
from projects.models import Catalogue, CivilAffairsField, Field, NeedsSurvey, ServiceCase
from tests.attainment.packed_rows import packed, values
from tests.attainment.slow_facts import RecordFacts
from tests.factories.making import make, make_record
from tests.factories.places import Tree
from tests.projects.counted import NAMES
from tests.projects.made import (
    make_contract,
    make_evaluation,
    make_need,
    make_project,
    make_purchase,
    make_resource,
    make_session,
)

FIRST, DAYS, MONTHS = date(2021, 6, 1), 1200, (2022 * 12 + 3, 2024 * 12 + 2)
WINDOWS = ("month", "ytd", "last12", "last24", "total")


def expressions() -> list[e.Expression]:
    """Return everything that can be asked of the sources of this app."""
    found: list[e.Expression] = []
    for name in NAMES:
        source = SOURCES[name]
        for declared in filter(None, (source.intervals, source.events)):
            for mark in declared.marks:
                for weight in (None, *declared.weights):
                    if source.intervals:
                        found.append(e.Stock(name, mark, weight))
                    else:
                        found += [e.Flow(name, mark, window, weight) for window in WINDOWS]
                if declared.person:
                    found += [e.Distinct(name, mark, window) for window in WINDOWS]
            found += [e.Kinds(name, kind, window) for kind in declared.kinds for window in WINDOWS]
            for item in {implied.item for implied in declared.implies}:
                if vocabulary().items[item].rule != "count":
                    found.append(e.RegionsWith(item, ("community",)))
                if any(implied.component for implied in declared.implies):
                    found.append(e.Components(item))
    return found


def make_rows(seed: int, tree: Tree) -> None:
    chance = Random(seed)
    communities = [tree.community, tree.village, tree.next_community]
    organization = make_record(Organization, tree.street, "服务中心")
    people = [make_record(Person, tree.community, f"{at}号居民") for at in range(4)]

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange(DAYS))

    def later(first: date) -> date | None:
        return None if chance.random() < 0.4 else first + timedelta(days=chance.randrange(1, 400))

    for at in range(40):
        community, region = chance.choice(communities), chance.choice([tree.county, tree.street, tree.village])
        first = day()
        listed = {
            "listed_on": chance.choice([None, first]),
            "refreshed_on": first + timedelta(days=chance.randrange(90)),
        }
        make_need(community, **listed)
        make_resource(community, **listed)
        completed = chance.choice([None, first])
        struck = later(first) if completed else None
        project = make_project(
            region, completed_on=completed, struck_off_on=struck,
            **({"community": tree.village} | listed),
        )  # fmt: skip
        if chance.random() < 0.7:
            make_evaluation(project, day(), chance.choice(["third_party", "self"]))
        make(NeedsSurvey, community, f"调研{at}", done_on=chance.choice([None, day()]))
        steps: dict[str, Any] = {}
        for step in ("procured_on", "contracted_on", "started_on", "evaluated_on"):
            if chance.random() < 0.15:
                break
            steps[step] = first + timedelta(days=30 * (len(steps) + 1))
        make_purchase(region, first, cancelled_on=later(first), **steps)
        theirs = {"supplier_kind": "social_organization", "organization": organization, "supplier": ""}
        make_contract(region, day(), **chance.choice([{}, theirs]))
        make_session(
            community, day(), person_times=chance.randrange(90), field=chance.choice(["", *Field]),
            civil_affairs_field=chance.choice(CivilAffairsField.values), with_social_worker=chance.random() < 0.3,
        )  # fmt: skip
        make(
            ServiceCase, community, "个案", client=chance.choice(people), opened_on=day(),
            field=chance.choice(["child_care", "elderly_care"]),
        )  # fmt: skip
    for kind in Catalogue.Kind:
        for at in range(3):
            since = FIRST + timedelta(days=400 * at + chance.randrange(150))
            until = since + timedelta(days=chance.randrange(1, 250))
            make(Catalogue, tree.county, "目录", kind=kind, since=since, until=until)
    for name in (*NAMES, "capabilities"):
        RegisterCoverage.objects.create(region=tree.county, register=name, since=date(2020, 1, 1))
        RegisterCoverage.objects.create(
            region=tree.village, register=name, since=date(2023, chance.randrange(1, 12), 9)
        )


@pytest.mark.parametrize("seed", range(3))
def test_every_value_is_the_same(tree: Tree, seed: int) -> None:
    make_rows(seed, tree)
    asked = expressions()
    root: Region
    for root in (tree.county, tree.street):
        fast = packed(root, MONTHS, asked)
        slow = RecordFacts(fast.tree, root)
        expected, got = values(fast.tree, slow, MONTHS, root, asked), values(fast.tree, fast, MONTHS, root, asked)
        for expression, one, other in zip(asked, expected, got, strict=True):
            assert one == other, expression
            if root == tree.county:
                assert any(map(any, one[0])), f"nothing is counted by {expression}"
