"""The population card: the figure in force, with its date and source; missing is not zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from governance.accounts.models import User
from governance.attainment.cards import population
from governance.attainment.models import ReportedFigure
from tests.factories.places import Tree


def report(tree: Tree, on: date, value: int, until: date | None = None) -> ReportedFigure:
    return ReportedFigure.objects.create(
        region=tree.county,
        measure="resident_population",
        on=on,
        value=Decimal(value),
        until=until,
        source="普查",
        state=ReportedFigure.State.APPROVED,
    )


def test_the_latest_figure_stands(bureau_admin: User, tree: Tree, as_user: Any) -> None:
    report(tree, date(2010, 11, 1), 300)
    report(tree, date(2020, 11, 1), 8642)
    page = as_user(bureau_admin).get(tree.county.get_absolute_url()).content.decode()
    assert "8,642" in page
    assert "2020-11-01" in page
    assert "普查" in page


def test_a_figure_that_ended_no_longer_stands(bureau_admin: User, tree: Tree) -> None:
    report(tree, date(2020, 11, 1), 8642, until=date(2025, 11, 6))
    assert (population(bureau_admin, tree.county) or {})["figures"] == []


def test_no_figure_is_no_zero(bureau_admin: User, tree: Tree, as_user: Any) -> None:
    page = as_user(bureau_admin).get(tree.county.get_absolute_url()).content.decode()
    assert "还没有人口数" in page


def test_zero_is_a_value(bureau_admin: User, tree: Tree) -> None:
    report(tree, date(2020, 11, 1), 0)
    assert [figure.value for figure in (population(bureau_admin, tree.county) or {})["figures"]] == [0]
