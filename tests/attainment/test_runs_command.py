"""`manage.py compute` as somebody at a terminal meets it: what was done, what failed, what is asked wrongly."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from governance.accounts.models import User
from governance.attainment.actions import runs, start_run
from governance.attainment.engine import rebuild
from governance.attainment.management.commands import compute
from governance.attainment.models import AttainmentRun, DirtyMark
from governance.attainment.sources.marks import mark_everything
from tests.attainment.computed import Messages, computed, marks, number
from tests.attainment.test_runs_checks import tamper
from tests.factories.places import Tree
from tests.trial.models import Group

pytestmark = pytest.mark.django_db(transaction=True)


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("compute", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as error:
        printed(*arguments)
    return error.value.returncode, str(error.value)


def test_marks_are_drained_and_told(places: Tree, messages: Messages) -> None:
    computed(messages)
    Group.objects.create(home=places.community)
    assert "变更 1 个地区" in printed()
    assert (marks(), number(places.community)) == (0, 3)
    assert "已是最新" in printed()


@pytest.mark.parametrize("asked", [("--region", "430211002000"), ("--policy", "counted"), ("--policy", "counted", "--region", "430211002000")])  # fmt: skip
def test_a_place_is_computed_whether_it_has_changed_or_not(
    asked: tuple[str, ...], places: Tree, messages: Messages
) -> None:
    run = computed(messages)
    tamper(run, places.community)
    assert number(places.community) == 3
    assert "写入 1 行" in printed(*asked)
    assert number(places.community) == 2


def test_a_full_run_here_shows_what_came_of_it(places: Tree, messages: Messages) -> None:
    out = printed("--full", "--here", "--wait", "0")
    assert "在这里计算" in out
    assert "全部相符" in out
    assert AttainmentRun.objects.get().status == "done"
    assert number(places.county) == 5


def test_what_is_too_much_is_followed(places: Tree, messages: Messages) -> None:
    computed(messages)
    mark_everything()
    assert "全部相符" in printed("--here", "--wait", "0")
    assert DirtyMark.objects.count() == 0


def test_without_a_worker_it_says_so_and_the_run_stays(places: Tree, messages: Messages) -> None:
    code, told = refused("--full", "--wait", "0")
    assert (code, "没有后台进程应答" in told) == (1, True)
    assert AttainmentRun.objects.get().status == "pending"
    assert "全部相符" in printed("--full", "--here", "--wait", "0")  # takes that very run over
    assert AttainmentRun.objects.get().status == "done"


def test_whoever_stops_looking_is_told_what_becomes_of_the_run(
    places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(compute.time, "sleep", interrupted)
    code, told = refused("--full")
    assert (code, f"计算 {AttainmentRun.objects.get().pk} 留着" in told) == (130, True)
    assert AttainmentRun.objects.get().status == "pending"


def test_a_run_that_is_under_way_is_told(places: Tree, messages: Messages) -> None:
    start_run(by=None)
    assert refused("--full") == (1, "已有一次计算正在进行。")


def test_a_failure_is_told_with_its_reason(places: Tree, messages: Messages, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(rebuild, "compute_chunk", broken)
    code, told = refused("--full", "--here", "--wait", "0")
    assert (code, "程序出错" in told, "secret" in told) == (1, True, False)
    code, told = refused()
    assert (code, "上一次失败了" in told) == (1, True)


def test_who_wants_a_run_is_on_its_row(places: Tree, messages: Messages) -> None:
    user = User.objects.create_user("somebody", "a long enough phrase", name="某人", region=places.county)
    printed("--full", "--here", "--wait", "0", "--by", "somebody")
    assert AttainmentRun.objects.get().by == user


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--policy", "countet"), "counted"),
        (("--region", "430211002009"), "430211002000"),
        (("--policy", "counted", "--region", "430212000000"), "不在政策的地区"),
        (("--full", "--by", "somebodi"), "somebody"),
        (("--full", "--region", "430211002000"), "--full"),
        (("--by", "somebody"), "--full"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_what_there_is(
    arguments: tuple[str, ...], word: str, places: Tree, messages: Messages
) -> None:
    User.objects.create_user("somebody", "a long enough phrase", name="某人", region=places.county)
    code, told = refused(*arguments)
    assert (code, word in told) == (2, True), told
    assert not AttainmentRun.objects.exists()
    assert runs.under_way() is None
