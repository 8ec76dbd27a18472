"""The spans of the three lists follow from what is listed and refreshed, whoever writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from governance.regions.models import Region
from projects.models import ListUpkeep, Need, Project, Resource
from tests.factories import make_tree
from tests.factories.places import Tree
from tests.projects.copying import copy_rows
from tests.projects.made import make_need, make_project, make_resource

DAY = date(2024, 3, 1)
NEED = {"field": "child_care", "group": "children", "source": "visit", "title": "课后托管"}


def spans(community: Region, part: str = "needs") -> list[tuple[date, date]]:
    rows = ListUpkeep.objects.filter(community=community, part=part).order_by("since")
    return list(rows.values_list("since", "until"))


def year(day: date, last: date | None = None) -> tuple[date, date]:
    last = last or day
    return day, (last.replace(year=last.year + 1) if (last.month, last.day) != (2, 29) else date(last.year + 1, 2, 28))


def test_a_listed_need_keeps_its_list_for_a_year(tree: Tree) -> None:
    make_need(tree.community, listed_on=DAY, refreshed_on=DAY)
    assert spans(tree.community) == [year(DAY)]
    assert spans(tree.community, "resources") == spans(tree.village) == []


def test_a_need_that_is_not_listed_keeps_nothing(tree: Tree) -> None:
    need = make_need(tree.community, refreshed_on=DAY)
    assert spans(tree.community) == []
    need.listed_on = date(2024, 2, 1)
    need.save()
    assert spans(tree.community) == [year(date(2024, 2, 1), DAY)]


def test_each_kind_of_row_keeps_its_own_list(tree: Tree) -> None:
    make_resource(tree.community, listed_on=DAY, refreshed_on=DAY)
    make_project(tree.street, community=tree.village, listed_on=DAY, refreshed_on=DAY)
    make_project(tree.street, community=tree.village, refreshed_on=date(2020, 1, 1))
    make_project(tree.street, refreshed_on=DAY)
    found = ListUpkeep.objects.values_list("community__name", "part", "since")
    assert set(found) == {("铁西居委会", "resources", DAY), ("湘滨村委会", "projects", DAY)}


def test_refreshing_makes_the_span_longer_and_a_pause_begins_another(tree: Tree) -> None:
    need = make_need(tree.community, listed_on=DAY, refreshed_on=DAY)
    first = ListUpkeep.objects.get()
    need.refreshed_on = date(2025, 3, 1)  # the very day on which it would end
    need.save()
    assert spans(tree.community) == [(DAY, date(2026, 3, 1))]
    assert ListUpkeep.objects.get().pk == first.pk
    need.refreshed_on = date(2026, 3, 2)
    need.save()
    assert spans(tree.community) == [(DAY, date(2026, 3, 1)), (date(2026, 3, 2), date(2027, 3, 2))]


def test_a_row_that_lies_between_two_spans_joins_them(tree: Tree) -> None:
    for day in (date(2020, 1, 1), date(2021, 6, 1), date(2023, 1, 1)):
        make_need(tree.community, listed_on=day, refreshed_on=day)
    kept = ListUpkeep.objects.order_by("since")[0]
    assert len(spans(tree.community)) == 3
    make_need(tree.community, listed_on=date(2020, 12, 1), refreshed_on=date(2020, 12, 1))
    assert spans(tree.community) == [(date(2020, 1, 1), date(2022, 6, 1)), year(date(2023, 1, 1))]
    assert ListUpkeep.objects.order_by("since")[0].pk == kept.pk


def test_taking_a_row_off_is_a_change_and_a_leap_day_ends_on_the_last_of_february(tree: Tree) -> None:
    make_need(tree.community, listed_on=date(2023, 5, 1), refreshed_on=date(2023, 5, 1), closed_on=date(2024, 2, 29))
    assert spans(tree.community) == [(date(2023, 5, 1), date(2025, 2, 28))]


def test_what_was_kept_up_stays_so(tree: Tree) -> None:
    need = make_need(tree.community, listed_on=DAY, refreshed_on=DAY)
    Need.objects.filter(pk=need.pk).update(community=tree.village, listed_on=None)
    assert spans(tree.community) == [year(DAY)]
    Need.objects.all().delete()
    assert spans(tree.community) == [year(DAY)]
    assert spans(tree.village) == []


def test_many_rows_in_one_statement(tree: Tree) -> None:
    places = (tree.community, tree.village, tree.next_community)
    days = [date(2022, 1, 1), date(2022, 7, 1), date(2024, 1, 1)]
    Need.objects.bulk_create(
        Need(community=place, listed_on=day, refreshed_on=day, **NEED) for place in places for day in days
    )
    wanted = [(date(2022, 1, 1), date(2023, 7, 1)), year(date(2024, 1, 1))]
    assert [spans(place) for place in places] == [wanted] * 3
    Need.objects.update(refreshed_on=date(2024, 6, 1))
    assert spans(tree.village) == [wanted[0], (date(2024, 1, 1), date(2025, 6, 1))]


def test_rows_that_are_copied(tree: Tree) -> None:
    copy_rows(
        Need,
        [
            {**NEED, "community_id": place.pk, "listed_on": day, "refreshed_on": day}
            for place in (tree.community, tree.village)
            for day in (date(2022, 1, 1), date(2022, 7, 1))
        ],
    )
    assert spans(tree.community) == spans(tree.village) == [(date(2022, 1, 1), date(2023, 7, 1))]


def test_what_tells_nothing_new_writes_nothing(tree: Tree) -> None:
    need = make_need(tree.community, listed_on=DAY, refreshed_on=date(2024, 6, 1))
    before = ListUpkeep.objects.get().changed_at
    need.refreshed_on = date(2024, 5, 1)
    need.save()
    make_need(tree.community, listed_on=date(2024, 4, 1), refreshed_on=date(2024, 4, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmax = '0', changed_at FROM projects_listupkeep")
        assert cursor.fetchall() == [(True, before)]


def test_random_writes_end_where_a_reckoning_by_hand_does(tree: Tree) -> None:
    """Every day on which a listed row said something, each a year long, put together in Python."""
    random, told = Random(7), defaultdict[tuple[int, str], set[date]](set)
    places = (tree.community, tree.village, tree.next_community)
    parts: dict[str, type[Any]] = {"needs": Need, "resources": Resource, "projects": Project}

    def tell(part: str, record: Any) -> None:
        if record.listed_on and record.community_id:
            days = (record.listed_on, record.refreshed_on, getattr(record, "closed_on", None))
            told[record.community_id, part].update(day for day in days if day)

    def some_days() -> dict[str, Any]:
        first = date(2015, 1, 1) + timedelta(days=random.randrange(3500))
        listed = first if random.random() < 0.7 else None
        return {"listed_on": listed, "refreshed_on": first + timedelta(days=random.randrange(500))}

    for _turn in range(150):
        part = random.choice(list(parts))
        rows = list(parts[part].objects.order_by("pk"))
        if rows and random.random() < 0.5:
            record = random.choice(rows)
            for name, value in some_days().items():
                setattr(record, name, value)
            record.community = random.choice(places)
            record.save()
        elif rows and random.random() < 0.1:
            random.choice(rows).delete()
            continue
        else:
            make = {"needs": make_need, "resources": make_resource}.get(part)
            place = random.choice(places)
            record = make(place, **some_days()) if make else make_project(tree.county, community=place, **some_days())
        tell(part, record)

    wanted = {key: list(merged(days)) for key, days in told.items() if days}
    found = defaultdict[tuple[int, str], list[tuple[date, date]]](list)
    for upkeep in ListUpkeep.objects.order_by("since"):
        found[upkeep.community_id, upkeep.part].append((upkeep.since, upkeep.until))
    assert found == wanted
    assert max(map(len, wanted.values())) > 1


def merged(days: set[date]) -> Iterator[tuple[date, date]]:
    since: date | None = None
    until = date.min
    for day in sorted(days):
        if since is None or day > until:
            if since is not None:
                yield since, until
            since = day
        until = max(until, year(day)[1])
    assert since is not None
    yield since, until


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_the_second_waits_and_adds_what_it_knows() -> None:
    tree = make_tree()

    def write() -> None:
        with closing(connection), transaction.atomic():
            make_need(tree.community, listed_on=date(2024, 9, 1), refreshed_on=date(2024, 9, 1))

    other = Thread(target=write)
    with transaction.atomic():
        make_need(tree.community, listed_on=DAY, refreshed_on=DAY)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert not other.is_alive()
    assert spans(tree.community) == [(DAY, date(2025, 9, 1))]
