"""A pack loaded in the admin: faults by line, a look at what would change, and only that is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.policies.models import Indicator, Policy, Target
from governance.policies.packing import export, load_files
from governance.regions.models import Region
from tests.factories import make_user
from tests.policies.test_loading import PACK

URL = "/admin/policies/policy/load/"


@pytest.fixture
def bureau(bureau_admin: User, as_user: Any) -> Client:
    return as_user(bureau_admin)  # type: ignore[no-any-return]


def looked_at(client: Client, pack: str = PACK) -> Any:
    """Ask what a pack would change; return the answer."""
    answer = client.post(URL, {"text": pack})
    assert answer.status_code == 200, answer.content.decode()
    return answer


def confirmed(client: Client, answer: Any) -> Any:
    """Confirm what was shown."""
    shown = {"text": answer.context["pack"], "seen": answer.context["seen"]}
    return client.post(URL, shown | {"confirmed": "x"})


def test_a_pack_is_looked_at_and_then_loaded(bureau: Client, bureau_admin: User) -> None:
    assert URL in bureau.get("/admin/policies/policy/").content.decode()
    answer = looked_at(bureau, PACK.replace("\n", "\r\n"))
    assert not Policy.objects.exists()
    page = answer.content.decode()
    for text in (
        "新增政策：3 条条款、3 项指标、2 个目标、1 条参考事实。",
        "stock(facilities.incubator)",
        "200 个（2025-12-31）",
        "其中孵化基地若干",
        "确认载入",
    ):
        assert text in page, text
    done = confirmed(bureau, answer)
    policy = Policy.objects.get()
    assert (done.status_code, done["Location"]) == (302, reverse("admin:policies_policy_change", args=[policy.pk]))
    assert export("street-policy").endswith(PACK)
    event = AuditEvent.objects.get(action="policies.policy.load")
    assert (event.actor, event.surface, event.region_path) == (bureau_admin, "admin", policy.region.path)


def test_a_file_is_read_like_text(bureau: Client) -> None:
    def sent(name: str, data: bytes) -> Any:
        return bureau.post(URL, {"file": SimpleUploadedFile(name, data)})

    answer = sent("天元.yaml", b"\xef\xbb\xbf" + PACK.encode())
    assert answer.context["pack"] == PACK
    assert confirmed(bureau, answer).status_code == 302
    assert Policy.objects.exists()
    for name, data, reason in (
        ("pack.txt", PACK.encode(), "不能上传 .txt 文件"),
        ("pack.yaml", PACK.encode("gb18030"), "文件不是 UTF-8 编码"),
        ("pack.yml", b"", "空"),
        ("pack.yml", b"#" * (600 * 1024), "不能超过"),
    ):
        refused = sent(name, data)
        assert refused.status_code == 400, name
        assert reason in refused.content.decode()
    assert bureau.post(URL, {"text": " \n"}).status_code == 400


def test_every_fault_is_told_at_its_line_and_nothing_is_loaded(bureau: Client) -> None:
    broken = PACK.replace("kind: count", "kind: counting", 1).replace("facilities.incubator", "facilities.none")
    answer = bureau.post(URL, {"text": broken})
    assert answer.status_code == 400
    lines = broken.split("\n")
    told = [(fault["line"], lines[fault["line"] - 1].strip()) for fault in answer.context["findings"]]
    assert told == [(15, "kind: counting"), (30, "numerator: stock(facilities.none)")]
    assert [fault["text"] for fault in answer.context["findings"]] == [line for _number, line in told]
    page = answer.content.decode()
    assert "有 2 处错误，什么都没有载入。" in page
    assert "kind: counting" in page  # what was pasted is there to be mended
    assert not Policy.objects.exists()
    assert bureau.post(URL, {"text": "a: [", "confirmed": "x", "seen": ""}).status_code == 400


def test_a_source_that_nobody_declares_is_refused(bureau: Client) -> None:
    answer = bureau.post(URL, {"text": PACK.replace("facilities.any", "not_declared.any")})
    assert answer.status_code == 400
    assert "not_declared" in answer.content.decode()


def test_a_stored_policy_shows_what_would_change(bureau: Client) -> None:
    confirmed(bureau, looked_at(bureau))
    same = looked_at(bureau)
    assert "没有变化" in same.content.decode()
    assert 'name="confirmed"' not in same.content.decode()
    answer = looked_at(bureau, PACK.replace("value: 200", "value: 250"))
    assert answer.context["differences"] == [
        {"label": "目标 first 430211000000 2025-12-31 目标数", "before": "200", "after": "250"}
    ]
    assert confirmed(bureau, answer).status_code == 302
    assert Target.objects.filter(value=250).exists()


def test_only_what_was_seen_is_written(bureau: Client) -> None:
    confirmed(bureau, looked_at(bureau))
    answer = looked_at(bureau, PACK.replace("value: 200", "value: 250"))
    Indicator.objects.filter(slug="first").update(name="别人刚改的名")
    refused = confirmed(bureau, answer)
    assert refused.status_code == 409
    assert "比对的结果和您看到的不一样了" in refused.content.decode()
    assert not Target.objects.filter(value=250).exists()
    assert Indicator.objects.get(slug="first").name == "别人刚改的名"
    assert confirmed(bureau, refused).status_code == 302  # seen now
    assert Indicator.objects.get(slug="first").name == "设施"
    assert bureau.post(URL, {"text": PACK, "confirmed": "x"}).status_code == 409  # never looked at


def test_what_was_pasted_can_be_mended(bureau: Client) -> None:
    answer = looked_at(bureau)
    page = bureau.post(URL, {"text": answer.context["pack"], "seen": answer.context["seen"], "edit": "x"})
    assert page.status_code == 200
    assert page.context["form"]["text"].value() == PACK
    assert not Policy.objects.exists()


def test_a_pack_of_another_place_is_refused_at_its_line(bureau: Client, as_user: Any) -> None:
    other = Region.objects.get(code="430212000000")
    elsewhere = PACK.replace("'430211000000'  # 天元区", f"'{other.code}'")
    answer = bureau.post(URL, {"text": elsewhere})
    assert answer.status_code == 400
    assert [(fault["line"], fault["message"]) for fault in answer.context["findings"]] == [
        (6, f"您不能为{other}载入政策。")
    ]
    # nor is a policy of elsewhere taken over by its identifier
    assert not load_files([("pack.yaml", elsewhere.encode())]).refused
    taken = bureau.post(URL, {"text": PACK})
    assert [fault["line"] for fault in taken.context["findings"]] == [2]
    assert Policy.objects.get().region == other
    theirs = make_user("other_bureau", other, "bureau_admin")
    assert looked_at(as_user(theirs), elsewhere).context["differences"] == []


def test_words_of_addresses_are_no_identifiers(bureau: Client) -> None:
    taken = PACK.replace("slug: street-policy", "slug: targets").replace("slug: third", "slug: add")
    answer = bureau.post(URL, {"text": taken})
    assert [fault["line"] for fault in answer.context["findings"]] == [2, 36]


def test_who_may_not_write_policies_does_not_get_in(
    street_clerk: User, system_admin: User, auditor: User, as_user: Any
) -> None:
    for user in (street_clerk, system_admin, auditor):
        answer = as_user(user).post(URL, {"text": PACK})
        assert answer.status_code in (302, 403), user.username
    assert URL not in as_user(street_clerk).get("/admin/policies/policy/", follow=True).content.decode()
    assert not Policy.objects.exists()
