"""Uploaded evidence: refused by ending, size and content; handed out only to who may see its record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.regions.models import RegionCapability
from tests.factories.places import Tree

PDF = b"%PDF-1.7\n evidence"


def data(tree: Tree, file: SimpleUploadedFile) -> dict[str, Any]:
    return {
        "region": tree.community.code,
        "item": "needs_survey",
        "statement": "has",
        "since": "2024-01-01",
        "evidence": file,
    }


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.html", b"<script>", "不能上传 .html 文件"),
        ("noending", PDF, "没有后缀"),
        ("renamed.pdf", b"MZ\x90\x00", "文件内容与后缀 .pdf 不符"),
        ("empty.pdf", b"", "空"),
        ("large.pdf", PDF + b"x" * (10 * 1024 * 1024), "不能超过 10 MB"),
    ],
)
def test_a_file_that_is_not_evidence(
    name: str, content: bytes, reason: str, street_clerk: User, tree: Tree, as_user: Any
) -> None:
    upload = SimpleUploadedFile(name, content)
    response = as_user(street_clerk).post(reverse("regions:capability_add"), data(tree, upload))
    assert response.status_code == 400
    assert reason in response.content.decode()
    assert not RegionCapability.objects.exists()
    assert not list(Path(settings.PRIVATE_ROOT).rglob("*.*"))


def test_evidence_lies_under_an_unguessable_name_and_leaves_only_through_its_record(
    street_clerk: User, next_street_clerk: User, tree: Tree, as_user: Any
) -> None:
    client = as_user(street_clerk)
    client.post(reverse("regions:capability_add"), data(tree, SimpleUploadedFile("../../台账.pdf", PDF)))
    record = RegionCapability.objects.get()
    stored = Path(settings.PRIVATE_ROOT) / record.evidence.name
    assert stored.read_bytes() == PDF
    assert "台账" not in record.evidence.name
    assert stored.stat().st_mode & 0o077 == 0
    url = reverse("regions:capability_file", kwargs={"pk": record.pk, "field": "evidence"})
    response = client.get(url)
    assert b"".join(response.streaming_content) == PDF
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.filter(action="regions.regioncapability.download", actor=street_clerk).exists()
    assert as_user(next_street_clerk).get(url).status_code == 404
    assert client.get(reverse("regions:capability_file", kwargs={"pk": record.pk, "field": "note"})).status_code == 404


def test_a_file_that_changed_on_the_disk_is_not_handed_out(street_clerk: User, tree: Tree, as_user: Any) -> None:
    client = as_user(street_clerk)
    client.post(reverse("regions:capability_add"), data(tree, SimpleUploadedFile("a.pdf", PDF)))
    record = RegionCapability.objects.get()
    Path(record.evidence.path).chmod(0o600)
    Path(record.evidence.path).write_bytes(b"MZ something else")
    url = reverse("regions:capability_file", kwargs={"pk": record.pk, "field": "evidence"})
    assert client.get(url).status_code == 404
