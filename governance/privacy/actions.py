"""Recording consents and requests, and what happens besides when a request moves on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.kit import identity, jobs, messages, records
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.files import forget
from governance.kit.messages import Kind
from governance.people.models import Person
from governance.people.somebody import somebody
from governance.privacy import dossier, erasure
from governance.privacy.models import Consent, DataSubjectRequest

CHILD = 14  # years: below, a guardian agrees (art. 31)


def age_on(person: Person, day: date) -> int | None:
    """Return how old a person was on a day, the least that what is recorded allows; None where nothing is recorded."""
    if person.identity_number is not None:
        born = identity.read(person.identity_number.open()).born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return None if person.birth_year is None else day.year - person.birth_year - 1


def of_age(consent: Any) -> None:
    """Refuse a consent of a child that no guardian gave, and one of somebody whose data were deleted."""
    if consent.person_id is None:
        return
    erasure.require_whole(consent.person)
    guardian = consent.how == Consent.How.GUARDIAN
    age = age_on(consent.person, consent.given_on)
    if consent.basis == Consent.Basis.CONSENT and not guardian and age is not None and age < CHILD:
        reason = _("不满十四周岁的，须由监护人同意（第三十一条）：同意方式请选“监护人代为同意”，并填监护人。")
        raise DomainError(reason, code="child", field="how")
    if guardian and consent.guardian_name is None:
        raise DomainError(_("请填写监护人姓名。"), code="guardian", field="guardian_name")
    if consent.how == Consent.How.PAPER and not consent.file:
        raise DomainError(_("书面签名的，请上传签名扫描件。"), code="paper", field="file")


def give(*, by: Any, **values: Any) -> Model:
    """Record a consent or another basis."""
    person = somebody(values.pop("person"), by=by)
    return records.add(Consent(person=person, **values), by=by)


def receive(*, by: Any, **values: Any) -> Model:
    """Record a request."""
    if values.get("person") is not None:
        values["person"] = somebody(values["person"], by=by)
    return records.add(DataSubjectRequest(**values), by=by)


def amend(wanted: DataSubjectRequest, *, by: Any, **values: Any) -> DataSubjectRequest:
    """Change a request that is still open."""
    if values.get("person") is not None and values["person"] != wanted.person:
        values["person"] = somebody(values["person"], by=by)
    return records.change(wanted, by=by, **values)


def follow(event: Event) -> None:
    """Do what belongs to a move, inside its transaction: another version goes, a copy is made, a person is deleted."""
    record = event.record
    name = event.action.rpartition(".")[2]
    if not isinstance(record, DataSubjectRequest) or event.by is None:
        return
    if name == "prepare":
        job = _("个人信息副本：申请 %(number)s") % {"number": record.pk}
        jobs.start(dossier.JOB, title=job, by=event.by, region=record.region, request=record.pk)
    elif name == "refuse" and record.file:
        forget({str(record.file.name)})
        DataSubjectRequest.objects.filter(pk=record.pk).update(file="", changed_at=timezone.now())
    elif name == "erase" and record.person is not None:
        erasure.erase(record.person, by=event.by, why=f"request {record.pk}")
        url = record.get_absolute_url()
        title = _("已按申请删除个人信息：申请 %(number)s") % {"number": record.pk}
        if record.handler is not None:
            messages.tell(users=[record.handler], kind=Kind.DONE, key=f"erased:{record.pk}", title=title, url=url)
    elif name == "answer" and record.kind == DataSubjectRequest.Kind.WITHDRAW and record.person is not None:
        _withdraw(record, by=event.by)


def _withdraw(wanted: DataSubjectRequest, *, by: Any) -> None:
    """Withdraw all consents of the person that still hold."""
    today = timezone.localdate()
    standing = Consent.objects.filter(
        person=wanted.person, state=Consent.State.STANDING, basis=Consent.Basis.CONSENT, given_on__lte=today
    )
    number = standing.update(state=Consent.State.WITHDRAWN, withdrawn_on=today, changed_at=timezone.now())
    emit(Event("privacy.consent.withdraw_all", by, wanted, wanted.region.path, after={"consents": number}))
