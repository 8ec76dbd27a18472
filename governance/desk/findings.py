"""Findings: rows that a check does not pass, in a user's scope; how many there are; which were accepted.

All of it is set-based: a check is one statement, whether its rows are listed or counted by place.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Model, QuerySet, Sum
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts.holders import Holders
from governance.desk.models import AcceptedFinding, QualityCount
from governance.kit import messages, records
from governance.kit.errors import DomainError
from governance.kit.homes import home_of, is_place, region_path
from governance.kit.listing import LISTINGS
from governance.kit.quality import CHECKS, Check
from governance.regions.models import Region

SEE, ACCEPT = "desk.view_acceptedfinding", "desk.add_acceptedfinding"
_CODE = 13  # of a path: twelve digits and a slash


def findings(check: Check, user: Any, region: Region) -> QuerySet[Any]:
    """Return the flawed records that `user` may see at a place and below it, without those that were accepted."""
    rows = LISTINGS[check.model].rows(user).filter(**{f"{region_path(check.model)}__startswith": region.path})
    return _open(check, rows).order_by("pk")


def count_all(*, tell: bool) -> dict[str, int]:
    """Count every check by place anew; with `tell` say where there are more than before. Safe to run again."""
    more: dict[str, dict[str, int]] = {}
    totals = {}
    for name, check in CHECKS.items():
        before, after = _recount(check)
        totals[name] = sum(after.values())
        more[name] = {path: after[path] - before.get(path, 0) for path in after if after[path] > before.get(path, 0)}
    with transaction.atomic():
        QualityCount.objects.exclude(check_name__in=CHECKS).delete()
    if tell:
        _tell(more)
    return {"findings": sum(totals.values()), "checks": len(totals)}


def by_check(region: Region) -> dict[str, int]:
    """Return how many findings each check has at a place and below it, as counted last."""
    counts = QualityCount.objects.filter(region__path__startswith=region.path, check_name__in=CHECKS)
    return dict(counts.values_list("check_name").annotate(total=Sum("number")).order_by())


def by_place(region: Region, check: Check | None = None) -> list[tuple[Region, int]]:
    """Return how many there are at each place right below, the most first, and at the place itself."""
    counts = QualityCount.objects.filter(region__path__startswith=region.path, check_name__in=CHECKS)
    if check is not None:
        counts = counts.filter(check_name=check.name)
    head = Substr("region__path", 1, len(region.path) + _CODE)
    totals = dict(counts.values_list(head).annotate(total=Sum("number")).order_by())
    places = Region.objects.filter(path__in=totals).order_by("path")
    return sorted(((place, totals[place.path]) for place in places), key=lambda pair: -pair[1])


def counted_at() -> Any:
    """Return when all were counted last; None before that, and where nothing is wrong anywhere."""
    return QualityCount.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()


def accept(check: Check, record: Model, *, by: Any, reason: str) -> AcceptedFinding:
    """Note that a finding is right as it is, and why; on the trail, and gone from list and count."""
    if not _open(check, check.model._default_manager.filter(pk=record.pk)).exists():
        raise DomainError(_("这条记录现在没有这个问题，或者已经接受过了。"), code="no_finding")
    region = _home(record)
    finding = AcceptedFinding(check_name=check.name, key=record.pk, region=region, reason=reason.strip(), by=by)
    with transaction.atomic():
        accepted = records.add(finding, by=by)
        _correct(check, region, -1)
    return accepted


def take_back(finding: AcceptedFinding, *, by: Any) -> None:
    """Take an acceptance back: what is wrong still is found again."""
    check = CHECKS.get(finding.check_name)
    with transaction.atomic():
        key, region = finding.key, finding.region
        records.remove(finding, by=by)
        if check is not None and _open(check, check.model._default_manager.filter(pk=key)).exists():
            _correct(check, region, 1)


def _open(check: Check, rows: QuerySet[Any]) -> QuerySet[Any]:
    accepted = AcceptedFinding.objects.filter(check_name=check.name).order_by()
    return check.flawed(rows).exclude(pk__in=accepted.values("key"))


def _home(record: Any) -> Region:
    for name in filter(None, home_of(type(record)).split("__")):
        record = getattr(record, name)
    assert isinstance(record, Region)  # noqa: S101  a check is of records that are homed at a place
    return record


def _correct(check: Check, region: Region, by: int) -> None:
    """Bring a count up to date with what was just accepted or taken back; the night counts anew."""
    counts = QualityCount.objects.filter(check_name=check.name, region=region)
    if by < 0:
        counts.filter(number__lte=-by).delete()
    if not counts.update(number=F("number") + by) and by > 0:
        QualityCount.objects.create(check_name=check.name, region=region, number=by)


@transaction.atomic
def _recount(check: Check) -> tuple[dict[str, int], dict[str, int]]:
    """Put the counts of a check in the place of the old ones; return both by path."""
    old = QualityCount.objects.select_for_update(of=("self",)).filter(check_name=check.name).order_by("pk")
    before = dict(old.values_list("region__path", "number"))
    home, path = home_of(check.model), region_path(check.model)
    place = "pk" if is_place(check.model) else home
    found = _open(check, check.model._default_manager.all()).order_by()
    counted = list(found.values_list(place, path).annotate(total=Count("pk")))
    QualityCount.objects.filter(check_name=check.name).delete()
    now = timezone.now()
    QualityCount.objects.bulk_create(
        [
            QualityCount(check_name=check.name, region_id=key, number=total, counted_at=now)
            for key, _path, total in counted
        ],
        batch_size=5000,
    )
    return before, {path: total for _key, path, total in counted}


def _tell(more: dict[str, dict[str, int]]) -> None:
    """Tell those who answer for the registers of a place what has come up there, once a day."""
    holders = Holders(ACCEPT)
    told: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    readers = {}
    for name, places in more.items():
        for path, number in places.items():
            for user in holders.nearest(path):
                readers[user.pk] = user
                told[user.pk][name] += number
    for key, found in told.items():
        most = sorted(found, key=lambda name: -found[name])
        lines = "、".join(f"{CHECKS[name].label} {found[name]}" for name in most[:3])
        messages.tell(
            users=[readers[key]],
            kind=messages.Kind.QUALITY,
            key=f"quality:{timezone.localdate()}",
            title=format_lazy(gettext_lazy("数据质量：新发现 {number} 个问题"), number=sum(found.values())),
            text=lines + ("…" if len(most) > 3 else ""),
            url=reverse("desk:quality"),
        )
