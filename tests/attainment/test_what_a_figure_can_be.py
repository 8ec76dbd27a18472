"""A figure is a number of its kind on a day on which it can be known; each refusal stands at its field."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from governance.accounts.models import User
from governance.attainment import actions
from governance.attainment.models import ReportedFigure
from governance.regions.models import Region
from tests.factories.places import Tree

PERSONS = {"measure": "resident_population"}
AREA = {"measure": "facilities.incubator.floor_area"}
SURVEY = {"measure": "survey.participation", "out_of": 10}


def report(by: User, region: Region, **values: Any) -> ReportedFigure:
    given = {"on": date(2020, 11, 1), "value": Decimal(5), "source": "统计"} | values
    return actions.add_reported_figure(by=by, region=region, **given)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        (PERSONS | {"value": Decimal("5.5")}, "value", "只能填整数"),
        (SURVEY | {"value": Decimal("5.5")}, "value", "只能填整数"),
        ({"measure": "facilities.any", "value": Decimal("0.25")}, "value", "只能填整数"),
        ({"measure": "facilities.any.capacity", "value": Decimal("0.25")}, "value", "只能填整数"),
        (PERSONS | {"until": date(2020, 11, 1)}, "until", "晚于时点"),
        (PERSONS | {"until": date(2019, 1, 1)}, "until", "晚于时点"),
        ({"measure": "made_up"}, "measure", "这个填报项"),
    ],
)
def test_a_number_that_cannot_be(
    values: dict[str, Any], field: str, words: str, street_clerk: User, tree: Tree
) -> None:
    with pytest.raises(ValidationError) as refusal:
        report(street_clerk, tree.community, **values)
    assert set(refusal.value.message_dict) == {field}
    assert words in refusal.value.message_dict[field][0]


@pytest.mark.parametrize("value", ["80.5", "80.25", "80"])
def test_an_area_has_decimals(value: str, street_clerk: User, tree: Tree) -> None:
    assert report(street_clerk, tree.community, **AREA, value=Decimal(value)).value == Decimal(value)


def test_nobody_knows_a_number_of_tomorrow(street_clerk: User, tree: Tree) -> None:
    today = timezone.localdate()
    report(street_clerk, tree.community, **PERSONS, on=today)
    with pytest.raises(ValidationError) as refusal:
        report(street_clerk, tree.community, **PERSONS, on=today + timedelta(days=1))
    assert set(refusal.value.message_dict) == {"on"}


def test_a_place_that_has_ended_is_reported_up_to_its_end(street_clerk: User, tree: Tree) -> None:
    Region.objects.filter(pk=tree.community.pk).update(until=date(2021, 7, 1))
    tree.community.refresh_from_db()
    report(street_clerk, tree.community, **PERSONS, on=date(2021, 6, 30))
    with pytest.raises(ValidationError) as refusal:
        report(street_clerk, tree.community, **PERSONS, on=date(2021, 7, 1))
    assert "2021-07-01" in refusal.value.message_dict["on"][0]


def test_what_is_missing_is_said_and_no_fault(street_clerk: User, as_user: Any) -> None:
    answer = as_user(street_clerk).post(reverse("attainment:reported_figure_add"), {"measure": "resident_population"})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"region", "on", "value", "source"}
