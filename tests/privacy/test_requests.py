"""What a person asks for: due in working days, by somebody made sure of, deleted only by two, and gone without a trace."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from governance.accounts.models import User
from governance.kit import erasing, records
from governance.kit.errors import DomainError
from governance.kit.privacy import Classification, classification_of
from governance.people.models import Person
from governance.privacy import actions, dossier, workdays
from governance.privacy.models import Consent, DataSubjectRequest
from tests.contracts.surfaces import text_of
from tests.factories.people import make_person
from tests.factories.places import Tree
from tests.factories.privacy import make_notice
from tests.privacy.stage import MARK, NUMBER, PHONE, hers, in_work, received

S = DataSubjectRequest.State


def test_fifteen_working_days(settings: Any) -> None:
    settings.PUBLIC_HOLIDAYS = ["2026-10-01", "2026-10-02"]
    assert workdays.after(date(2026, 11, 23), 15) == date(2026, 12, 14)
    assert workdays.after(date(2026, 11, 28), 1) == date(2026, 11, 30)  # from a Saturday
    assert workdays.after(date(2026, 9, 30), 1) == date(2026, 10, 5)


def test_the_life_of_a_request(tree: Tree, street_clerk: User) -> None:
    person = make_person(tree.community, "张小三")
    wanted = received(street_clerk, None)
    assert wanted.due_on == workdays.after(wanted.received_on, 15)
    wanted = records.move(wanted, "verify", by=street_clerk)
    with pytest.raises(DomainError, match="涉及的人员"):
        records.move(wanted, "accept", by=street_clerk, verified_how="card")
    wanted = actions.amend(wanted, by=street_clerk, person=person)
    wanted = records.move(wanted, "accept", by=street_clerk, verified_how="card")
    with pytest.raises(DomainError, match="副本"):
        records.move(wanted, "answer", by=street_clerk, outcome="已当面查阅")
    with pytest.raises(DomainError, match="不能再改"):
        actions.amend(wanted, by=street_clerk, person=make_person(tree.community, "别人"))
    refused = records.move(wanted, "refuse", by=street_clerk, ground="secret", outcome="依法保密")
    assert (refused.state, refused.handler) == (S.REFUSED, street_clerk)
    with pytest.raises(DomainError, match="不能修改"):
        actions.amend(refused, by=street_clerk, channel="letter")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "work"}, "known_state"),
        ({"state": "refused", "answered_at": "now"}, "refused_has_ground"),
        ({"ground": "secret"}, "refused_has_ground"),
        ({"answered_at": "now"}, "answered_has_day"),
        ({"due_on": date(2020, 1, 1)}, "due_later"),
        ({"file": "subjects/x.xlsx"}, "file_expires"),
        ({"state": "odd"}, "known_state"),
        ({"approver": "clerk", "handler": "clerk"}, "second_person"),
    ],
)
def test_the_database_keeps_the_rules(change: dict[str, Any], rule: str, street_clerk: User) -> None:
    wanted = received(street_clerk, None)
    meant = {"now": timezone.now(), "clerk": street_clerk}
    values = {name: meant.get(value, value) if isinstance(value, str) else value for name, value in change.items()}
    with pytest.raises(IntegrityError, match=f"datasubjectrequest_{rule}"), transaction.atomic():
        DataSubjectRequest.objects.filter(pk=wanted.pk).update(**values)


def test_a_deletion_takes_two(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    person = make_person(tree.community, "张小三")
    wanted = in_work(street_clerk, person, "delete")
    with pytest.raises(DomainError, match="送复核"):
        records.move(wanted, "answer", by=street_clerk, outcome="删了")
    page = text_of(as_user(street_clerk).get(wanted.get_absolute_url()))
    assert "删除什么、保留什么" in page
    assert "居民身份证号" in page
    wanted = records.move(wanted, "propose", by=bureau_admin, outcome="同意申请人的请求")
    with pytest.raises(Exception, match="岗位"):
        records.move(wanted, "erase", by=street_clerk)
    with pytest.raises(DomainError, match="办理人以外"):
        records.move(wanted, "erase", by=bureau_admin)
    person.refresh_from_db()
    assert person.erased_at is None


def test_the_copy_holds_what_the_portal_holds(
    tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = make_person(tree.community, "张小三", identity_number=NUMBER, phone=PHONE)
    other = make_person(tree.community, "李大四")
    made = hers(person, tree)
    dispute = next(row for row in made if row._meta.label == "deliberation.Dispute")
    type(dispute).objects.filter(pk=dispute.pk).update(parties="别人的纠纷")
    wanted = records.move(in_work(street_clerk, person, "copy"), "prepare", by=street_clerk)
    dossier.make(wanted.pk, by=street_clerk, progress=lambda message, done=0, total=0: None)
    wanted.refresh_from_db()
    address = f"/privacy/requests/{wanted.pk}/copy/{dossier.token_of(wanted)}/"
    assert as_user(bureau_admin).get(address).status_code == 404
    clerk = as_user(street_clerk)
    assert address in text_of(clerk.get(wanted.get_absolute_url()))
    data = b"".join(clerk.get(address).streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    told, tables = str(rows), {str(row[0]) for row in rows[2:-1]}
    assert {"张小三", NUMBER, PHONE} <= {str(row[3]) for row in rows[2:-1]}
    assert "别人的纠纷" not in told
    assert other.name not in told
    expected = {
        str(holding.model._meta.verbose_name)
        for holding in erasing.holdings(Person)
        if not holding.derived and holding.model is not DataSubjectRequest
    }
    assert tables == expected  # whatever has a key to a person is in it
    answered = records.move(wanted, "answer", by=street_clerk, outcome="已交本人")
    DataSubjectRequest.objects.filter(pk=answered.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    name = answered.file.name
    assert clerk.get(address).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert dossier.expire() == 1
    answered.refresh_from_db()
    assert not answered.file
    assert not default_storage.exists(name)


def test_a_withdrawal_withdraws_what_rests_on_consent(tree: Tree, street_clerk: User, bureau_admin: User) -> None:
    make_notice(tree.county, bureau_admin)
    person = make_person(tree.community, "张小三")
    given = {"purpose": "service", "basis": "consent", "how": "in_person", "given_on": date(2026, 3, 2)}
    actions.give(by=street_clerk, person=person, **given)
    duty = actions.give(by=street_clerk, person=person, **given | {"basis": "duty", "how": "", "duty": "第十三条"})
    wanted = in_work(street_clerk, person, "withdraw")
    records.move(wanted, "answer", by=street_clerk, outcome="已撤回")
    states = dict(Consent.objects.values_list("pk", "state"))
    assert states.pop(duty.pk) == "standing"
    assert set(states.values()) == {"withdrawn"}


def test_another_street_knows_nothing_of_it(street_clerk: User, next_street_clerk: User, as_user: Any) -> None:
    wanted = received(street_clerk, None)
    assert as_user(next_street_clerk).get(wanted.get_absolute_url()).status_code == 404
    page = text_of(as_user(street_clerk).get(wanted.get_absolute_url()))
    assert MARK not in page  # who asks is masked as well
    assert MARK not in text_of(as_user(street_clerk).get("/privacy/requests/"))


def test_sensitive_fields_of_this_room() -> None:
    levels = classification_of(DataSubjectRequest)
    assert {name for name, level in levels.items() if level is Classification.SENSITIVE} == {
        "applicant",
        "contact",
        "detail",
    }
