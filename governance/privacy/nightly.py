"""Every night: announce what has been kept long enough, and carry out what was announced days ago and nobody stopped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.accounts.holders import holders
from governance.kit.events import Event, emit
from governance.kit.messages import Kind, tell
from governance.people.models import Person
from governance.privacy import erasure
from governance.privacy.models import RetentionItem, RetentionRun
from governance.privacy.overdue import Over, overdue, still
from governance.regions.models import Level, Region

BATCH = 200
MOST = 20_000  # records of one run; what is more is announced after it
_S, _I = RetentionRun.State, RetentionItem.State
_STOP = "privacy.stop_retentionrun"


def announce(today: date | None = None) -> list[RetentionRun]:
    """Write the list of each county that has none open, and tell those who may stop it; nothing is emptied."""
    day = today or timezone.localdate()
    taken = set(RetentionRun.objects.filter(state__in=[_S.ANNOUNCED, _S.RUNNING]).values_list("region", flat=True))
    by_place: dict[int, list[Over]] = defaultdict(list)
    counties, paths = _counties(), dict(Region.objects.values_list("pk", "path"))
    for each in overdue(day):
        place = _county_of(paths[each.region], counties) or each.region
        if place not in taken and len(by_place[place]) < MOST:
            by_place[place].append(each)
    return [_announced(Region.objects.get(pk=place), found, day) for place, found in sorted(by_place.items()) if found]


@transaction.atomic
def _announced(region: Region, found: list[Over], day: date) -> RetentionRun:
    run = RetentionRun.objects.create(
        region=region, due_on=day + timedelta(days=settings.RETENTION_NOTICE_DAYS), total=len(found)
    )
    items = [
        RetentionItem(run=run, kind=each.kind, record=each.record, region_id=each.region, ended_on=each.ended_on)
        for each in found
    ]
    RetentionItem.objects.bulk_create(items, batch_size=1000)
    counts = dict(Counter(each.kind for each in found))
    told = {"due_on": run.due_on.isoformat(), "rows": counts}
    emit(Event("privacy.retentionrun.announce", None, run, region.path, after=told))
    title = format_lazy(
        _("{region}：{number} 条记录保存期限已满，{day} 起清除个人信息，可以停止"),
        region=region.name, number=run.total, day=run.due_on.isoformat(),
    )  # fmt: skip
    key, url = f"retention:{run.pk}", run.get_absolute_url()
    tell(users=holders(_STOP, region), kind=Kind.DUE, key=key, title=title, text=_words(counts), url=url)
    return run


def carry_out(today: date | None = None) -> int:
    """Empty what was announced and is due, batch by batch; return how many records. Safe to be killed and run again."""
    day = today or timezone.localdate()
    due = RetentionRun.objects.filter(state__in=[_S.ANNOUNCED, _S.RUNNING], due_on__lte=day).order_by("pk")
    return sum(sum(_batches(run, day)) for run in due)


def _batches(run: RetentionRun, day: date) -> Iterator[int]:
    """Go through a run; each batch is a transaction of its own, under the lock of the run, which may be stopped between."""
    while True:
        with transaction.atomic():
            held = RetentionRun.objects.select_for_update(of=("self",)).select_related("region").get(pk=run.pk)
            if held.state not in (_S.ANNOUNCED, _S.RUNNING):
                return
            items = list(held.items.filter(state=_I.PLANNED).order_by("pk")[:BATCH])
            if not items:
                _finish(held)
                return
            emptied = _empty(items, day)
            RetentionRun.objects.filter(pk=held.pk).update(
                state=_S.RUNNING,
                done=F("done") + emptied,
                skipped=F("skipped") + len(items) - emptied,
                changed_at=timezone.now(),
            )
        yield emptied


def _empty(items: list[RetentionItem], day: date) -> int:
    """Empty the records of a batch that are still over; return how many."""
    by_kind: dict[str, list[RetentionItem]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    emptied = 0
    for kind, own in by_kind.items():
        model: Any = apps.get_model(kind)
        over = still(kind, [item.record for item in own], day)
        rows = list(model._default_manager.select_for_update(of=("self",)).filter(pk__in=over).order_by("pk"))
        if model is Person:
            for person in rows:
                erasure.erase(person, by=None, why="retention")
        else:
            erasure.empty(model, rows)
        gone = {row.pk for row in rows}
        for state, keys in ((_I.EMPTIED, gone), (_I.KEPT, {item.record for item in own} - gone)):
            mine = [item.pk for item in own if item.record in keys]
            RetentionItem.objects.filter(pk__in=mine).update(state=state)
        emptied += len(gone)
    return emptied


def _finish(run: RetentionRun) -> None:
    now = timezone.now()
    RetentionRun.objects.filter(pk=run.pk).update(state=_S.DONE, finished_at=now, changed_at=now)
    done = run.items.filter(state=_I.EMPTIED).values_list("kind", flat=True).order_by()
    counts = dict(Counter(done.iterator()))
    told = {"rows": counts, "emptied": run.done, "kept": run.skipped}
    emit(Event("privacy.retentionrun.done", None, run, run.region.path, after=told))
    title = format_lazy(
        _("{region}：保存期限已满的 {number} 条记录已清除个人信息"), region=run.region.name, number=run.done
    )
    key, url = f"retention-done:{run.pk}", run.get_absolute_url()
    users = holders(_STOP, run.region)
    tell(users=users, kind=Kind.DONE, key=key, title=title, text=_words(counts), url=url)


def _words(counts: dict[str, int]) -> str:
    return "、".join(f"{apps.get_model(kind)._meta.verbose_name} {number}" for kind, number in sorted(counts.items()))


def _counties() -> dict[str, int]:
    return dict(Region.objects.filter(level=Level.COUNTY).values_list("path", "pk"))


def _county_of(path: str, counties: dict[str, int]) -> int | None:
    return next(
        (counties[path[: at + 1]] for at, sign in enumerate(path) if sign == "/" and path[: at + 1] in counties), None
    )
