"""Where what is kept ends: another side that has become current, many allocated numbers, persons counted once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from governance.attainment.actions import start_run
from governance.attainment.actions.failures import failures
from governance.attainment.actions.refreshing import refresh_marked
from governance.attainment.engine import store
from governance.attainment.models import ComputedArea, CurrentStatus, DirtyMark
from governance.attainment.results.rows import rows
from governance.kit.measures.sources import SOURCES, Source
from governance.policies.models import Indicator, Policy, Target
from governance.regions.models import Region, RegisterCoverage
from tests.attainment.computed import Messages, computed, elsewhere
from tests.factories.places import Tree, make_region
from tests.policies.made import make_clause, make_indicator, make_policy, make_target
from tests.trial.models import Group, Post

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(policy: Policy, region: Region) -> list[str | None]:
    return [row["status"] for row in rows(policy, region, timezone.localdate())]


def test_numbers_that_are_replaced_while_they_are_read_are_no_missing_numbers(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(messages)
    policy, real = Policy.objects.get(), store.current_area
    expected = statuses(policy, places.county)

    def then_published(codes: list[str]) -> Any:
        found = real(codes)
        computed(messages)
        return found

    monkeypatch.setattr(store, "current_area", then_published)
    assert statuses(policy, places.county) == expected


def test_a_place_that_is_not_computed_yet_is_counted(places: Tree, messages: Messages) -> None:
    computed(messages)
    policy = Policy.objects.get()
    new = make_region("430211002003", "新设社区", places.street)
    assert statuses(policy, new) == statuses(policy, places.community)


@pytest.mark.parametrize("many", [2, 30])
def test_many_numbers_allocated_above_units_are_held_against_units(many: int, places: Tree, messages: Messages) -> None:
    policy = Policy.objects.get()
    indicator = make_indicator(
        make_clause(policy, "另一句", position=9), "each", position=9, kind="count", numerator="stock(trial_groups.all)",
        denominator="1", test=Indicator.Test.EACH_UNIT, unit_levels=["community"], verdict_levels=["county", "township"],
    )  # fmt: skip
    make_target(indicator, places.county, value=2, due=date(2027, 12, 31))
    for number in range(many):
        Target.objects.create(
            indicator=indicator, region=places.street, value=Decimal(number), due=date(2027 + number, 6, 30), origin="allocated",
        )  # fmt: skip
    run = computed(messages)
    assert (run.status, run.error) == ("done", "")
    assert_judged_anew(indicator, places, messages)


def test_allocated_above_the_chunks(places: Tree, messages: Messages) -> None:
    policy = make_policy(places.prefecture, "zhuzhou", valid_from=date(2025, 1, 15))
    make_region("430212001000", "渌口镇", places.other_county)
    indicator = make_indicator(
        make_clause(policy, "另一句", position=9), "each", position=9, kind="count", numerator="stock(trial_groups.all)",
        denominator="1", test=Indicator.Test.EACH_UNIT, unit_levels=["community"], verdict_levels=["county", "township"],
    )  # fmt: skip
    make_target(indicator, places.prefecture, value=2, due=date(2027, 12, 31))
    for number in range(30):
        Target.objects.create(
            indicator=indicator, region=places.county, value=Decimal(number), due=date(2027 + number, 6, 30), origin="allocated",
        )  # fmt: skip
    run = computed(messages)
    assert (run.status, run.error) == ("done", "")
    assert_judged_anew(indicator, places, messages)


def assert_judged_anew(indicator: Indicator, places: Tree, messages: Messages) -> None:
    """Add a record: what stands after the refresh is what a rebuild gives."""
    Group.objects.create(home=places.community, since=date(2025, 6, 1))
    assert refresh_marked().what == "done"
    stood = CurrentStatus.objects.filter(indicator_id=indicator.pk, side=current_side())
    before = set(stood.values_list("region", "status", "numerator", "denominator"))
    computed(messages)
    again = CurrentStatus.objects.filter(indicator_id=indicator.pk, side=current_side())
    assert before == set(again.values_list("region", "status", "numerator", "denominator"))
    assert before


def current_side() -> int:
    return ComputedArea.objects.filter(current=True).values_list("side", flat=True)[0]


def test_a_person_with_two_rows_is_counted_again_as_one(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = SOURCES["trial_posts"]
    assert posts.intervals
    one_each = replace(posts.intervals, person="person")
    monkeypatch.setitem(SOURCES, "trial_posts", Source(posts.name, posts.label, one_each, None))
    RegisterCoverage.objects.create(region=places.county, register="trial_posts", since=date(2025, 2, 1))
    for since in (date(2025, 1, 1), date(2025, 3, 1)):
        Post.objects.create(home=places.community, person=7, since=since)
    indicator = make_indicator(
        make_clause(Policy.objects.get(), "另一句", position=9),
        "posts",
        position=9,
        kind="count",
        numerator="stock(trial_posts.in_post)",
        denominator="1",
    )
    make_target(indicator, places.county, value=2)
    run = computed(messages)
    assert (run.status, run.error) == ("done", "")


def test_a_place_that_moves_into_another_chunk_makes_the_run_outdated(places: Tree, messages: Messages) -> None:
    run = start_run(by=None)
    messages.deliver(most=2)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE regions_region SET parent_id = %s, path = %s || code || '/' WHERE id = %s",
            [places.street.pk, places.street.path, places.next_community.pk],
        )
    messages.deliver()
    run.refresh_from_db()
    assert (run.status, run.error[:9]) == ("failed", "政策或区划在计算中")
    assert DirtyMark.objects.filter(region=None).exists()


def test_a_lock_that_is_not_to_be_had_is_no_fault_of_the_marks(places: Tree, messages: Messages) -> None:
    computed(messages)
    Group.objects.create(home=places.community)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE attainment_measurevalue IN ACCESS EXCLUSIVE MODE")
            held.set()
            assert done.wait(20)

    thread = threading.Thread(target=elsewhere, args=(hold,))
    thread.start()
    assert held.wait(20)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        assert refresh_marked().what == "failed"
        assert failures() == 0
    finally:
        done.set()
        thread.join()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    assert refresh_marked().what == "done"
