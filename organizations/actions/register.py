"""Organisations and their dated facts: recording them, moving an organisation, dissolving it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.people.actions import entered
from governance.people.entry import Entry, person_for, require
from governance.regions.models import Region
from organizations.models import (
    CharityRecognition,
    Organization,
    OrganizationParty,
    OrganizationSpan,
    OrganizationStatus,
    RegistrationAssessment,
)

SPANS: tuple[type[OrganizationSpan], ...] = (
    OrganizationStatus,
    CharityRecognition,
    OrganizationParty,
    RegistrationAssessment,
)


_plain = entered(Organization, person="contact")
add_organization, remove_organization = _plain["add"], _plain["remove"]


def change_organization(
    organization: Organization, *, by: Any, seen: datetime | None = None, **values: Any
) -> Organization:
    """Correct an organisation; one that has open facts elsewhere moves by `relocate`, one registered keeps a code."""
    region = values.get("region", organization.region)
    if region != organization.region and any(_open(organization, model).exists() for model in SPANS):
        reason = _("该组织有状态等在用的记录，请用“迁移”，记录会一起迁到新地区。")
        raise DomainError(reason, field="region", code="relocate")
    registered = OrganizationStatus.Status.REGISTERED
    emptied = organization.uscc and "uscc" in values and not values["uscc"]
    if emptied and OrganizationStatus.objects.filter(organization=organization, status=registered).exists():
        reason = _("该组织有登记状态，统一社会信用代码不能清空。")
        raise DomainError(reason, field="uscc", code="organization_registered_has_code")
    contact = values.get("contact")
    if isinstance(contact, Entry):
        require(contact, by=by)
    with transaction.atomic():
        if isinstance(contact, Entry):
            values["contact"], _known = person_for(contact, by=by, region=region)
        return records.change(organization, by=by, seen=seen, **values)


def change_span(span: OrganizationSpan, *, by: Any, seen: datetime | None = None, **values: Any) -> OrganizationSpan:
    """Correct a dated fact; it stays with its organisation and where it began."""
    if values.get("organization", span.organization) != span.organization:
        reason = _("不能换成别的组织：请删除这条记录，在那个组织下重新登记。")
        raise DomainError(reason, field="organization", code="other_organization")
    return records.change(span, by=by, seen=seen, **values)


@transaction.atomic
def relocate(
    organization: Organization, *, by: Any, region: Region, on: date, seen: datetime | None = None
) -> Organization:
    """Move an organisation on a day: its facts end at the old place and go on at the new one, the past does not move."""
    if region == organization.region:
        raise DomainError(_("该组织就在这个地区。"), field="region", code="same_region")
    for span in _lasting(organization, on):
        if span.since >= on:
            records.change(span, by=by, region=region)
        elif span.region != region:
            _move(span, by=by, region=region, on=on)
    return records.change(organization, by=by, seen=seen, region=region)


@transaction.atomic
def dissolve(organization: Organization, *, by: Any, on: date, seen: datetime | None = None) -> Organization:
    """End all that an organisation is on a day; nothing is deleted."""
    lasting = list(_lasting(organization, on))
    late = next((span for span in lasting if span.since >= on), None)
    if late is not None:
        reason = _("“%(what)s”从 %(since)s 才开始，请先更正它，或填更晚的日期。")
        said = {"what": late._meta.verbose_name, "since": late.since}
        raise DomainError(reason % said, field="on", code="begins_later")
    if not lasting:
        raise DomainError(_("该组织没有在用的状态或认定，不需要注销。"), code="nothing_open")
    for span in lasting:
        records.change(span, by=by, until=on)
    return organization


def _move(span: OrganizationSpan, *, by: Any, region: Region, on: date) -> None:
    """End a fact at its place on a day and let it go on at another."""
    kept = ("id", "changed_at", "region", "since")
    values = {field.name: getattr(span, field.name) for field in span._meta.fields if field.name not in kept}
    ended: dict[str, Any] = {"until": on}
    if isinstance(span, OrganizationParty) and span.established_on is not None and span.established_on >= on:
        ended["established_on"] = None  # it was founded at the new place
    records.change(span, by=by, **ended)
    records.add(type(span)(**values, region=region, since=on), by=by)


def _open(organization: Organization, model: type[OrganizationSpan]) -> Any:
    return model._default_manager.filter(organization=organization, until__isnull=True)


def _lasting(organization: Organization, on: date) -> Iterator[OrganizationSpan]:
    """Yield the facts that hold on a day or later."""
    for model in SPANS:
        rows = model._default_manager.filter(Q(until__isnull=True) | Q(until__gt=on), organization=organization)
        yield from rows.select_related("organization", "region").order_by("since")
