"""Certificates by a file: their holders are found among those whom one sees, and nobody is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.people.models import Person
from organizations.models import SocialWorkCertificate
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, upload, workbook

HEAD = ("姓名", "居民身份证号", "级别", "证书编号", "取得日期")
DAY = date(2020, 1, 1)


def test_holders_are_found_and_never_recorded(tree: Tree, street_clerk: User, as_user: Any) -> None:
    client = as_user(street_clerk)
    one, two = make_person(tree.community, "张三"), make_person(tree.village, "李四")
    again = make_person(tree.community, "李四")
    far = make_person(tree.next_community, "王五")
    rows = [
        ("张三", ""),
        ("李四", ""),
        ("李四", two.identity_number.open()),
        ("王五", ""),
        ("王五", far.identity_number.open()),
        ("赵六", identity_number()),
        ("赵六", again.identity_number.open()),
    ]
    data = workbook(HEAD, *((*named, "社会工作师", f"Z{turn}", DAY) for turn, named in enumerate(rows)))
    batch = upload(client, data, "证书.xlsx", "organizations:social_work_certificate_import")
    assert counts(batch) == (2, 0, 0, 5), errors(batch)
    wrong = {number: next(iter(told.values())) for number, told in errors(batch).items()}
    assert "不止一个" in wrong[3]
    assert wrong[5] == wrong[6] == wrong[7]  # somebody from elsewhere is told like nobody
    assert "没有找到" in wrong[5]
    assert "不一致" in wrong[8]
    persons = Person.objects.count()
    assert step(client, batch, "confirm", without_refused="1").state == "done"
    held = {each.number: each.person for each in SocialWorkCertificate.objects.select_related("person")}
    assert held == {"Z0": one, "Z2": two}
    assert Person.objects.count() == persons
    assert not AuditEvent.objects.filter(action__in=("people.person.link", "people.person.import")).exists()
