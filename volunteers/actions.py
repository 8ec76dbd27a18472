"""What is done to volunteers, their records and their points, beyond writing a row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.regions.models import Region
from volunteers.models import PointsIssue, ServiceRecord, Volunteer


def move_home(volunteer: Volunteer, *, by: Any, community: Region, on: date, seen: datetime | None = None) -> Volunteer:
    """Move a volunteer to another community from a day on: one registration ends, the next begins, the number stays.

    What was recorded before stays where it was.
    """
    if volunteer.until is not None:
        raise DomainError(_("这条注册已经注销，不能迁移。"), code="ended")
    if community == volunteer.community:
        raise DomainError(_("已经注册在这个社区。"), field="community", code="same_community")
    if on <= volunteer.since:
        text = _("迁移日期必须晚于注册日期（%(since)s）。") % {"since": volunteer.since}
        raise DomainError(text, field="on", code="too_early")
    verified, later = volunteer.verified_on, None
    if verified is not None and verified >= on:  # verified at the new place only
        verified, later = None, verified
    with transaction.atomic():
        records.change(volunteer, by=by, seen=seen, until=on, verified_on=verified)
        moved = Volunteer(
            person=volunteer.person,
            community=community,
            number=volunteer.number,
            since=on,
            verified_on=later or verified,
        )
        return records.add(moved, by=by)


def add_record(*, by: Any, corrects: ServiceRecord | None = None, **values: Any) -> ServiceRecord:
    """Record service; with `corrects` it takes the place of that record, which is voided."""
    record = ServiceRecord(corrects=corrects, **values)
    if corrects is None:
        return records.add(record, by=by)
    if corrects.volunteer_id != record.volunteer_id:
        raise DomainError(_("更正的记录必须是同一名志愿者的。"), field="corrects", code="other_volunteer")
    with transaction.atomic():
        if not corrects.voided:
            records.change(corrects, by=by, voided=True)
        return records.add(record, by=by)


@transaction.atomic
def change_record(record: ServiceRecord, *, by: Any, seen: datetime | None = None, **values: Any) -> ServiceRecord:
    """Change a record that nobody has confirmed; a confirmed one can only be voided, and stays so."""
    stored = _locked(record)
    changed = {name for name, value in values.items() if getattr(stored, name) != value}
    if stored.voided and changed:
        raise DomainError(_("作废的服务记录不能再改。"), code="voided")
    if stored.confirmed_on is not None and changed - {"voided"}:
        raise DomainError(_("已确认的服务记录不能再改。请新增一条更正它，或者作废。"), code="confirmed")
    return records.change(record, by=by, seen=seen, **values)


@transaction.atomic
def remove_record(record: ServiceRecord, *, by: Any) -> None:
    """Remove a record that nobody has confirmed."""
    if _locked(record).confirmed_on is not None:
        raise DomainError(_("已确认的服务记录不能删除，只能作废。"), code="confirmed")
    records.remove(record, by=by)


def _locked(record: ServiceRecord) -> ServiceRecord:
    """Return the record as it is stored, locked: somebody may have confirmed it since it was read."""
    stored: ServiceRecord | None = ServiceRecord.objects.select_for_update(of=("self",)).filter(pk=record.pk).first()
    return record if stored is None else stored


def issue_points(*, by: Any, volunteer: Volunteer, **values: Any) -> PointsIssue:
    """Book points for a volunteer where she was registered; a reversal takes back exactly what it reverses."""
    issue = PointsIssue(volunteer=volunteer, community=volunteer.community, **values)
    reversed_, record = issue.reverses, issue.service_record
    if reversed_ is not None:
        if reversed_.volunteer_id != volunteer.pk:
            raise DomainError(_("冲销的必须是同一名志愿者的积分。"), field="reverses", code="other_volunteer")
        if reversed_.reverses_id is not None:
            raise DomainError(_("冲销本身不能再冲销，请重新发放。"), field="reverses", code="is_reversal")
        if issue.points != -reversed_.points:
            text = _("冲销的积分必须是 %(points)s。") % {"points": -reversed_.points}
            raise DomainError(text, field="points", code="other_amount")
        issue.community = reversed_.community
    if record is not None and (record.volunteer_id != volunteer.pk or record.voided or record.confirmed_on is None):
        raise DomainError(
            _("服务记录必须是这名志愿者的，已确认而且没有作废。"), field="service_record", code="unfit_record"
        )
    return records.add(issue, by=by)
