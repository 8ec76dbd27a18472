"""Somebody of a department sees and answers the tasks of her own department in the places of her post, and nothing else."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from governance.accounts import posts
from governance.accounts.models import User
from governance.deliberation.models import WorkTask
from tests.factories import make_user
from tests.factories.making import make
from tests.factories.places import Tree


def test_a_department_has_its_own_tasks_alone(tree: Tree, security_admin: User, as_user: Any) -> None:
    own = make(WorkTask, tree.county, "本部门任务", lead="区住建局")
    make(WorkTask, tree.county, "别的部门任务", lead="区教育局")
    make(WorkTask, tree.other_county, "邻县任务", lead="区住建局")
    user = make_user("housing", tree.county)
    posts.add_post(by=security_admin, user=user, role="department_operator", region=tree.county, unit_name="区住建局 ")
    user = User.objects.get(pk=user.pk)
    assert set(WorkTask.objects.visible_to(user)) == {own}
    assert set(WorkTask.objects.allowed_to(user, "change")) == {own}
    assert not WorkTask.objects.allowed_to(user, "delete").exists()
    client = as_user(user)
    body = client.get(reverse("deliberation:work_task_list")).content.decode()
    assert "本部门任务" in body
    assert "别的部门任务" not in body
    assert client.get(reverse("regions:facility_list")).status_code == 403
    own.lead = "区教育局"
    own.save()
    assert client.get(own.get_absolute_url()).status_code == 404
