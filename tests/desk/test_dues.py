"""What falls due: on the workbench, on its page, and in messages to those who keep the records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.accounts.holders import Holders, holders
from governance.accounts.models import Post, User
from governance.attainment.models import ReportedFigure
from governance.deliberation.models import WhistleCall, WorkTask
from governance.desk.models import ImportBatch, Message
from governance.desk.reminding import tell_dues
from governance.kit import dues
from governance.kit.sharing import shared, sharing
from governance.kit.waiting import waiting
from governance.regions.models import Region
from projects.models import ListUpkeep, Project
from tests.factories import make_record, make_user
from tests.factories.places import Tree

CHANGE = "deliberation.change_worktask"


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def task(region: Region, title: str, ahead: int, **more: Any) -> WorkTask:
    return WorkTask.objects.create(
        region=region, category="治理", title=title, lead="民政局", assigned_on=day(-100), deadline=day(ahead), **more
    )


def titles(client: Client) -> list[str]:
    return [line.title for line in client.get("/due/").context["lines"]]


def test_open_records_of_one_s_places_are_listed_by_day(tree: Tree, street_clerk: User, as_user: Any) -> None:
    task(tree.street, "明天", 1)
    task(tree.community, "超期", -3)
    task(tree.street, "今天", 0)
    task(tree.street, "办完", 1, done_on=day(-1))
    task(tree.street, "取消", 1, cancelled_on=day(-1))
    task(tree.street, "很远", dues.AHEAD + 1)
    task(tree.street, "很久以前", -dues.LATE - 1)
    task(tree.next_street, "邻街", 1)
    WhistleCall.objects.create(
        region=tree.street, number="哨-1", kind="work", matter="事项", lead="城管", issued_on=day(-5), due_on=day(2)
    )
    client = as_user(street_clerk)
    assert titles(client) == ["超期", "今天", "明天", "哨-1"]
    page = client.get("/").content.decode()
    for text in ("超期 3 天", "工作任务时限", "全部 4 件", tree.community.name):
        assert text in page, text
    assert "邻街" not in page


def test_a_list_that_was_kept_up_again_does_not_fall_due(tree: Tree, street_clerk: User, as_user: Any) -> None:
    ListUpkeep.objects.create(community=tree.community, part="needs", since=day(-380), until=day(-10))
    client = as_user(street_clerk)
    assert titles(client) == [tree.community.name]
    ListUpkeep.objects.create(community=tree.community, part="needs", since=day(-5), until=day(360))
    assert titles(client) == []


def test_a_project_falls_due_until_it_is_completed(tree: Tree, street_clerk: User, as_user: Any) -> None:
    project = make_record(Project, tree.community, "老人食堂")
    Project.objects.filter(pk=project.pk).update(
        planned_start=day(-90), planned_end=day(9), started_on=None, completed_on=None, struck_off_on=None
    )
    client = as_user(street_clerk)
    assert titles(client) == ["老人食堂"]
    Project.objects.filter(pk=project.pk).update(completed_on=day(-1))
    assert titles(client) == []


def test_who_may_see_no_records_has_no_card(no_post: User, system_admin: User, as_user: Any) -> None:
    for user in (no_post, system_admin):
        page = as_user(user).get("/").content.decode()
        assert 'id="due"' not in page
        assert 'id="waiting"' not in page
        assert "没有到期事项" in as_user(user).get("/due/").content.decode()


def test_all_kinds_are_read_by_one_statement(tree: Tree, street_clerk: User, django_assert_num_queries: Any) -> None:
    for number in range(5):
        task(tree.street, f"任务{number}", number)
    user = User.objects.get(pk=street_clerk.pk)
    user.scope_for(CHANGE)
    with django_assert_num_queries(1):
        found = dues._records(user, tree.street, day(-30), day(30))
    assert len(found) == 5


def test_a_kind_may_be_named_once() -> None:
    known = next(iter(dues.DUES.values()))
    with pytest.raises(ValueError, match="twice"):
        dues.register(known)


def test_who_is_nearest_is_told_once_before_and_once_after(
    tree: Tree, street_clerk: User, next_street_clerk: User, bureau_admin: User
) -> None:
    community_clerk = make_user("community_clerk", tree.community, "clerk")
    viewer = make_user("viewer", tree.community, "viewer")
    task(tree.community, "社区的任务", 5)
    task(tree.street, "街道的任务", 5)
    task(tree.street, "街道的另一任务", 5)
    task(tree.county, "区里的任务", -2)
    task(tree.street, "还早", 8)
    for _night in range(2):
        tell_dues()
    told = {message.user: message for message in Message.objects.all()}
    assert set(told) == {community_clerk, street_clerk, bureau_admin}
    assert viewer not in told
    assert next_street_clerk not in told
    assert told[street_clerk].title == f"工作任务时限：2 件将于 {day(5)} 到期"
    assert told[street_clerk].text == "街道的任务、街道的另一任务"
    assert (told[bureau_admin].kind, told[bureau_admin].text) == ("overdue", "区里的任务")
    WorkTask.objects.filter(title="社区的任务").update(deadline=day(-1))
    tell_dues()
    assert [each.kind for each in Message.objects.filter(user=community_clerk).order_by("pk")] == ["due", "overdue"]


def test_holders_are_those_who_hold_it_today_at_the_place_or_above(
    tree: Tree, street_clerk: User, next_street_clerk: User, bureau_admin: User, partner: Client
) -> None:
    gone = make_user("gone", tree.street)
    Post.objects.create(user=gone, role="clerk", region=tree.street, since=date(2020, 1, 1), until=day(0))
    coming = make_user("coming", tree.street)
    Post.objects.create(user=coming, role="clerk", region=tree.street, since=day(1))
    disabled = make_user("disabled", tree.street, "clerk", is_active=False)
    viewer = make_user("viewer", tree.street, "viewer")
    below = make_user("below", tree.community, "clerk")
    assert set(holders(CHANGE, tree.street)) == {street_clerk, bureau_admin}
    assert set(holders("deliberation.view_worktask", tree.street)) == {street_clerk, bureau_admin, viewer}
    everywhere = Holders(CHANGE)
    assert everywhere.at(tree.street.path) == [street_clerk]
    assert everywhere.nearest(tree.community.path) == [below]
    assert everywhere.nearest(tree.next_community.path) == [next_street_clerk]
    assert everywhere.nearest(tree.county.path) == [bureau_admin]
    assert {gone, coming, disabled} & {user for path in everywhere.places for user in everywhere.at(path)} == set()


def test_what_waits_is_what_one_may_do_next(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    for index, (place, state) in enumerate(
        ((tree.street, "draft"), (tree.street, "submitted"), (tree.next_street, "submitted"))
    ):
        figure = make_record(ReportedFigure, place, f"填报{index}")
        ReportedFigure.objects.filter(pk=figure.pk).update(state=state)

    def lines(user: User) -> list[tuple[str, int]]:
        return [(str(line.move), line.number) for line in waiting(User.objects.get(pk=user.pk))]

    assert lines(street_clerk) == [("提交", 1)]
    assert lines(bureau_admin) == [("提交", 1), ("核准", 2)]
    approve = waiting(bureau_admin)[1]
    assert as_user(bureau_admin).get(approve.url).context["table"].paginator.count == approve.number
    assert "填报数 · 核准" in as_user(bureau_admin).get("/").content.decode()


def test_one_s_own_checked_imports_wait(tree: Tree, street_clerk: User, bureau_admin: User, as_user: Any) -> None:
    for user in (street_clerk, bureau_admin):
        ImportBatch.objects.create(
            listing="regions.facility", noun="设施", name=f"{user}.xlsx", sha256="0" * 64, by=user, region=tree.street,
            state="checked",
        )  # fmt: skip
    line = next(each for each in waiting(bureau_admin) if str(each.move) == "确认写入")
    assert line.number == 1
    page = as_user(bureau_admin).get(line.url)
    assert [row.name for row in page.context["table"].page.object_list.data] == [f"{bureau_admin}.xlsx"]


def test_cards_share_what_they_read_for_one_page_only() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    with sharing():
        assert [shared("key", make), shared("key", make)] == [1, 1]
        assert shared("another", make) == 2
    assert [shared("key", make), shared("key", make)] == [3, 4]
