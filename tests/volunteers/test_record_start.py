"""Since when a place has records of service: the first confirmed one that is not void, whoever writes them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Min

from governance.regions.models import Region
from tests.factories.places import Tree, make_tree
from tests.projects.copying import copy_rows
from tests.volunteers.made import day, service, volunteer
from volunteers.models import RecordStart, ServiceRecord, Volunteer


def starts() -> dict[str, str]:
    return {start.community.name: str(start.since) for start in RecordStart.objects.select_related("community")}


def test_the_first_confirmed_record(tree: Tree) -> None:
    of = volunteer(tree.community)
    early = service(of, "2022-01-01", confirmed=False)
    assert starts() == {}
    service(of, "2022-03-01")
    assert starts() == {"铁西居委会": "2022-03-01"}
    service(of, "2022-02-01", community=tree.village)
    service(of, "2022-04-01")
    assert starts() == {"铁西居委会": "2022-03-01", "湘滨村委会": "2022-02-01"}
    early.confirmed_on = day("2022-04-02")
    early.save()
    assert starts()["铁西居委会"] == "2022-01-01"
    early.voided = True
    early.save()
    assert starts()["铁西居委会"] == "2022-03-01"


def test_records_that_go_elsewhere_or_away(tree: Tree) -> None:
    of = volunteer(tree.community)
    first, second = service(of, "2022-01-01"), service(of, "2022-02-01")
    ServiceRecord.objects.filter(pk=first.pk).update(community=tree.village)
    assert starts() == {"铁西居委会": "2022-02-01", "湘滨村委会": "2022-01-01"}
    ServiceRecord.objects.filter(pk=second.pk).update(service_date=day("2021-12-01"))
    assert starts()["铁西居委会"] == "2021-12-01"
    second.delete()
    assert starts() == {"湘滨村委会": "2022-01-01"}
    ServiceRecord.objects.all().delete()
    assert starts() == {}


def test_many_at_once(tree: Tree) -> None:
    of = volunteer(tree.community)
    rows: list[dict[str, Any]] = [
        {
            "volunteer_id": of.pk, "community_id": place.pk, "service_date": date(2022, month, 1), "minutes": 60,
            "confirmed_on": date(2022, 12, 1) if month > 2 else None, "voided": month == 3,
        }
        for month in range(1, 7)
        for place in (tree.community, tree.village)
    ]  # fmt: skip
    copy_rows(ServiceRecord, rows)
    assert starts() == {"铁西居委会": "2022-04-01", "湘滨村委会": "2022-04-01"}
    ServiceRecord.objects.bulk_create([ServiceRecord(**(rows[-1] | {"service_date": date(2020, 1, 1)}))])
    assert starts()["湘滨村委会"] == "2020-01-01"
    ServiceRecord.objects.update(confirmed_on=date(2023, 1, 1))
    assert starts() == {"铁西居委会": "2022-01-01", "湘滨村委会": "2020-01-01"}
    ServiceRecord.objects.update(voided=True)
    assert starts() == {}


def test_an_emptied_table(tree: Tree) -> None:
    service(volunteer(tree.community), "2022-01-01")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE volunteers_pointsissue, volunteers_servicerecord")
    assert starts() == {}


def test_what_stays_is_not_written(tree: Tree) -> None:
    of = volunteer(tree.community)
    service(of, "2022-01-01")
    before = RecordStart.objects.get().changed_at
    service(of, "2022-01-01")
    ServiceRecord.objects.filter(volunteer=of).update(minutes=90)
    assert RecordStart.objects.get().changed_at == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_it_is_the_first_one(seed: int, tree: Tree) -> None:
    chance = Random(seed)
    places: list[Region] = [tree.community, tree.village, tree.next_community]
    of = volunteer(tree.community)
    for _ in range(80):
        on = date(2022, 1, 1) + timedelta(days=chance.randrange(60))
        rows = ServiceRecord.objects.filter(
            pk__in=list(ServiceRecord.objects.order_by("?").values_list("pk", flat=True)[:2])
        )
        match chance.randrange(6):
            case 0 | 1:
                service(of, on.isoformat(), confirmed=chance.random() < 0.7, community=chance.choice(places))
            case 2:
                rows.update(service_date=date(2022, 1, 1) + timedelta(days=chance.randrange(60)), confirmed_on=None)
            case 3:
                rows.update(confirmed_on=date(2023, 1, 1), voided=chance.random() < 0.3)
            case 4:
                rows.update(community=chance.choice(places))
            case 5:
                rows.delete()
        counted = ServiceRecord.objects.filter(confirmed_on__isnull=False, voided=False)
        wanted = dict(counted.values_list("community").annotate(first=Min("service_date")))
        assert dict(RecordStart.objects.values_list("community", "since")) == wanted


def in_another_session(act: Any) -> Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_start", [True, False])
def test_two_sessions_that_do_not_see_each_other(has_start: bool) -> None:
    """One adds an earlier record while the other takes the first one back, or confirms a later one."""
    tree = make_tree()
    of: Volunteer = volunteer(tree.community)
    first = service(of, "2022-02-01", confirmed=has_start)
    later = service(of, "2022-06-01", confirmed=has_start)

    def other() -> None:
        if has_start:
            ServiceRecord.objects.filter(pk=first.pk).update(voided=True)
        else:
            ServiceRecord.objects.filter(pk=later.pk).update(confirmed_on=day("2022-06-02"))

    with transaction.atomic():
        service(of, "2022-03-01")
        thread = in_another_session(other)
        thread.join(1)
        assert thread.is_alive()
    thread.join(20)
    assert starts() == {"铁西居委会": "2022-03-01"}
