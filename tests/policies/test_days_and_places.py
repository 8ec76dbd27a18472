"""Days that no policy has, and numbers of several places, are refused by the forms as by the loader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.policies.models import Indicator, Policy, ReferencePoint, Target
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target

LONG_AGO = date(205, 12, 31)


@pytest.fixture
def indicator(tree: Tree) -> Indicator:
    return make_indicator(make_clause(make_policy(tree.county)))


def refused(record: Policy | Indicator | Target | ReferencePoint) -> set[str]:
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return set(refusal.value.message_dict)


def test_a_slip_of_the_pen_is_no_day(tree: Tree, indicator: Indicator) -> None:
    target = make_target(indicator, tree.county)
    for record, names in (
        (indicator.policy, ("valid_from", "issued_on")),
        (indicator, ("baseline_on",)),
        (target, ("due",)),
    ):
        for name in names:
            setattr(record, name, LONG_AGO)
        assert refused(record) == set(names)
    fact = make_indicator(indicator.clause, "fact", role="reference", direction="", position=2)
    assert refused(make_reference(fact, tree.county, on=LONG_AGO)) == {"on"}


def test_the_numbers_of_the_text_are_for_one_place(tree: Tree, indicator: Indicator) -> None:
    Indicator.objects.update(region=tree.street)
    make_target(indicator, tree.street)
    indicator.refresh_from_db()
    second = Target(indicator=indicator, region=tree.county, due=date(2026, 12, 31), value=Decimal(1))
    assert refused(second) == {"region"}


def test_no_number_is_allocated_where_the_text_has_its_own(tree: Tree, indicator: Indicator) -> None:
    make_target(indicator, tree.street, "allocated")
    indicator.region = tree.street
    assert "region" in refused(indicator)
    Indicator.objects.update(region=tree.next_street)
    indicator.refresh_from_db()
    given = Target(
        indicator=indicator, region=tree.next_street, origin="allocated", value=Decimal(1), due=date(2025, 12, 31)
    )
    assert refused(given) == {"region"}
