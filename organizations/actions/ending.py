"""An organisation ceases, in one of the ways that there are; what was done by mistake is taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit, values_of
from governance.kit.refusals import missing_for
from governance.kit.scoping import may, region_path_of
from organizations.actions.register import SPANS
from organizations.actions.steps import lasting, locked, require_living, require_own
from organizations.models import Organization, OrganizationEnding, OrganizationStatus

_STATUS, _WAY = OrganizationStatus.Status, OrganizationEnding.Way
WAYS = {  # how an organisation can cease, by what it is
    _STATUS.REGISTERED: (_WAY.DEREGISTERED, _WAY.MERGED, _WAY.REVOKED),
    _STATUS.FILED: (_WAY.FILING_ENDED, _WAY.MERGED),
    _STATUS.COMMUNITY_GUIDED: (_WAY.DISBANDED, _WAY.MERGED),
}


def ways_of(organization: Organization) -> tuple[OrganizationEnding.Way, ...]:
    """Return how an organisation can cease today; one without a status can do so in every way."""
    rows = OrganizationStatus.objects.filter(organization=organization, until__isnull=True)
    status = rows.values_list("status", flat=True).first()
    return WAYS[_STATUS(status)] if status else tuple(_WAY)


@transaction.atomic
def dissolve(
    organization: Organization,
    *,
    by: Any,
    way: str,
    on: date,
    into: Organization | None = None,
    reason: str = "",
    document_no: str = "",
    seen: datetime | None = None,
) -> Organization:
    """End all that an organisation is on a day; nothing is deleted. One that is merged goes over `into` another one."""
    organization = _both_locked(organization, into)
    _require(organization, by)
    require_living(organization)
    if way not in ways_of(organization):
        words = _("该组织目前的状态不能这样终止。")
        raise DomainError(words, field="way", code="way_of_another_status")
    _require_goes_on(into, on)
    spans = list(lasting(organization, on))
    late = next((span for span in spans if span.since >= on), None)
    if late is not None:
        words = _("“%(what)s”从 %(since)s 才开始，请先更正它，或填更晚的日期。")
        said = {"what": late._meta.verbose_name, "since": late.since}
        raise DomainError(words % said, field="on", code="begins_later")
    if not spans:
        raise DomainError(_("该组织没有在用的状态或认定，不需要注销。"), code="nothing_open")
    require_own(spans, by)
    for span in spans:
        records.change(span, by=by, until=on)
    ending = OrganizationEnding(
        organization=organization, way=way, on=on, into=into, reason=reason, document_no=document_no
    )
    ending.full_clean()
    ending.save(force_insert=True)
    after = values_of(ending)
    emit(Event("organizations.organizationending.add", by, ending, region_path_of(ending), after=after))
    return organization


@transaction.atomic
def restore(organization: Organization, *, by: Any, seen: datetime | None = None) -> Organization:
    """Take an end back that was entered by mistake: what it ended goes on as if nothing had been."""
    organization = locked(organization)
    ending = OrganizationEnding.objects.filter(organization=organization).first()
    if ending is None:
        raise DomainError(_("该组织没有终止，不需要恢复。"), code="has_not_ended")
    _require(organization, by)
    on, before = ending.on, values_of(ending)
    emit(Event("organizations.organizationending.delete", by, ending, region_path_of(ending), before=before))
    ending.delete()
    for model in SPANS:
        ended = model._default_manager.filter(organization=organization, until=on).select_related(
            "organization", "region"
        )
        for span in ended:
            if span.region_id == organization.region_id:  # what was left behind at another place had ended before
                records.change(span, by=by, until=None)
    return organization


def _require(organization: Organization, by: Any) -> None:
    """Whoever keeps an organisation ends it; an end is entered by no form of its own."""
    if not may(by, "change", organization):
        raise missing_for(by, "change", organization, first=_("您的岗位不能在这个地区办理这件事。"))


def _both_locked(organization: Organization, into: Organization | None) -> Organization:
    """Lock both in the order of their keys, so that two mergers that cross do not wait for each other."""
    for one in sorted(filter(None, (organization, into)), key=lambda each: each.pk):
        locked(one)
    return locked(organization)


def _require_goes_on(into: Organization | None, on: date) -> None:
    if into is not None and OrganizationEnding.objects.filter(organization=into, on__lte=on).exists():
        raise DomainError(_("并入的组织那时已经终止。"), field="into", code="into_has_ended")
