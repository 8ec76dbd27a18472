"""Organisations and their dated facts: recording and correcting them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.creditcode import is_valid, names_an_organisation, normalised
from governance.kit.errors import DomainError
from governance.kit.imports.naming import NAMES
from governance.people.actions import entered
from governance.people.entry import Entry, person_for, require
from organizations.models import (
    CharityRecognition,
    Organization,
    OrganizationParty,
    OrganizationRestriction,
    OrganizationSpan,
    OrganizationStatus,
    RegistrationAssessment,
)

SPANS: tuple[type[OrganizationSpan], ...] = (
    OrganizationStatus,
    CharityRecognition,
    OrganizationParty,
    RegistrationAssessment,
    OrganizationRestriction,
)


_plain = entered(Organization, person="contact")
remove_organization = _plain["remove"]


def add_organization(*, by: Any, **values: Any) -> Organization:
    """Record an organisation; a code that is doubtful, but may be right, is told of."""
    organization: Organization = _plain["add"](by=by, **values)
    return _with_doubts(organization)


NAMES[add_organization] = NAMES[_plain["add"]]


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
    told = normalised(values.get("uscc") or "") or None
    with transaction.atomic():
        if isinstance(contact, Entry):
            values["contact"], _known = person_for(contact, by=by, region=region)
        changed = records.change(organization, by=by, seen=seen, **values)
    return _with_doubts(changed) if told is not None and told != organization.uscc else changed


def change_span(span: OrganizationSpan, *, by: Any, seen: datetime | None = None, **values: Any) -> OrganizationSpan:
    """Correct a dated fact; it stays with its organisation and where it began."""
    if values.get("organization", span.organization) != span.organization:
        reason = _("不能换成别的组织：请删除这条记录，在那个组织下重新登记。")
        raise DomainError(reason, field="organization", code="other_organization")
    return records.change(span, by=by, seen=seen, **values)


def doubts_about(code: str) -> str:
    """Return what speaks against a credit code that is stored all the same: nothing that would forbid it."""
    if not is_valid(code):
        return _("统一社会信用代码的校验位不对，已按所填的依据保存，请再对照登记证书核对。")
    if not names_an_organisation(code):
        return _("统一社会信用代码中组织机构代码（第 9 至 17 位）的校验位不对，已保存，请再对照登记证书核对。")
    return ""


def _with_doubts(organization: Organization) -> Organization:
    """Let an organisation that was just written tell of doubts about its code, beside what else it tells."""
    doubts = doubts_about(organization.uscc) if organization.uscc else ""
    if doubts:
        told: Any = organization
        told.notice = "".join(filter(None, (getattr(organization, "notice", ""), doubts)))
    return organization


def _open(organization: Organization, model: type[OrganizationSpan]) -> Any:
    return model._default_manager.filter(organization=organization, until__isnull=True)
