"""A job is seen by who started it and in its region; its file only by who started it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.accounts.models import Post, User
from governance.desk.models import Job
from tests.factories import make_user
from tests.factories.places import Tree


def test_who_imports_away_from_home_sees_her_job_and_home_does_not(
    tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    guest = make_user("guest", tree.county)
    Post.objects.create(user=guest, role="bureau_admin", region=tree.other_county, since=date(2020, 1, 1))
    client = as_user(User.objects.get(pk=guest.pk))
    upload = SimpleUploadedFile("places.csv", b"code,name,level,parent_code\n")
    assert client.post(reverse("regions:region_import"), {"file": upload}).status_code == 302
    job = Job.objects.get()
    assert job.region == tree.other_county
    assert client.get(job.get_absolute_url()).status_code == 200
    assert as_user(bureau_admin).get(job.get_absolute_url()).status_code == 404


def test_the_file_of_a_job_is_for_who_started_it(tree: Tree, bureau_admin: User, as_user: Any) -> None:
    colleague = make_user("colleague", tree.county, "bureau_admin")
    name = default_storage.save("divisions/x.refused.csv", ContentFile(b"rows"))
    job = Job.objects.create(name="x", title="x", by=bureau_admin, region=tree.county, report={"file": name})
    url = reverse("desk:job_file", args=[job.pk])
    assert as_user(bureau_admin).get(url).status_code == 200
    assert as_user(colleague).get(job.get_absolute_url()).status_code == 200
    assert as_user(colleague).get(url).status_code == 403
