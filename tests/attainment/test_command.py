"""`manage.py attainment` as somebody at a terminal meets it: three formats, and what is asked wrongly."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from governance.attainment.management.commands.attainment import Command
from governance.attainment.results.rows import COLUMNS
from governance.policies.models import Clause, Policy
from governance.regions.models import Estate
from tests.attainment.test_records_are_counted import ask, keep
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_policy, make_target


@pytest.fixture
def policy(tree: Tree) -> Policy:
    return make_policy(tree.county, "tianyuan", valid_from=date(2021, 1, 1), valid_to=None)


@pytest.fixture
def clause(policy: Policy) -> Clause:
    return make_clause(policy)


CHOICE = ("--policy", "tianyuan", "--region", "430211000000", "--as-of", "2025-12-31")


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("attainment", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_row_in_each_format(tree: Tree, policy: Policy, clause: Clause) -> None:
    keep(tree.county, "estates")
    for name in ("一期", "二期", "三期"):
        Estate.objects.create(
            community=tree.community, name=name, party_branch_from=date(2022, 1, 1) if name == "一期" else None
        )
    indicator = ask(
        clause, "branches", "stock(estates.party_branch)", "stock(estates.all)", kind="share", factor=100, unit="%"
    )
    make_target(indicator, tree.county, due=date(2024, 12, 31), value=Decimal(50))
    [told] = json.loads(printed(*CHOICE, "--format", "json"))
    assert tuple(told) == COLUMNS
    assert (told["value"], told["numerator"], told["gap"], told["status"]) == ("100/3", "1", 1, "overdue")
    assert told["verdicts"] == [
        {
            "due": "2024-12-31",
            "target": "50",
            "outcome": "missed",
            "value": "100/3",
            "provisional": False,
            "met_later_on": None,
        }
    ]
    [line] = csv.DictReader(io.StringIO(printed(*CHOICE, "--format", "csv")))
    assert list(line) == list(COLUMNS)
    assert (line["value"], line["forecast_on"], line["provisional"]) == ("100/3", "", "false")
    table = printed(*CHOICE)
    assert "33.3 %" in table
    assert "逾期" in table


@pytest.mark.parametrize(
    ("policy_slug", "code", "day", "word"),
    [
        ("tianyuen", "430211000000", "2025-12-31", "tianyuan"),
        ("tianyuan", "430211000001", "2025-12-31", "430211000000"),
        ("tianyuan", "430211000000", "2025-13-31", "2025-12-31"),
        ("tianyuan", "430211000000", "20251231", "不是日期"),
        ("tianyuan", "430211000000", "2025-W53-1", "不是日期"),
        ("tianyuan", "430211000000", "0001-01-15", "1949-10-01 以前没有数据"),
    ],
)
def test_what_does_not_exist_ends_with_2_and_the_nearest_names(
    policy: Policy, policy_slug: str, code: str, day: str, word: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        printed("--policy", policy_slug, "--region", code, "--as-of", day)
    assert refusal.value.returncode == 2
    assert word in str(refusal.value)


def test_a_wrong_day_ends_the_real_command_like_any_wrong_use(
    policy: Policy, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "attainment", *CHOICE[:4], "--as-of", "2025-13-01"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "“2025-13-01”不是日期" in told
    assert "Traceback" not in told


def test_no_cell_is_run_as_a_formula(tree: Tree, clause: Clause) -> None:
    ask(clause, "one", "units(community)", responsible="=HYPERLINK(1)")
    ask(clause, "two", "units(community)", responsible="＋民政局")
    lines = list(csv.DictReader(io.StringIO(printed(*CHOICE, "--format", "csv"))))
    assert [line["responsible"] for line in lines] == ["'=HYPERLINK(1)", "'＋民政局"]
    told = json.loads(printed(*CHOICE, "--format", "json"))
    assert [row["responsible"] for row in told] == ["=HYPERLINK(1)", "＋民政局"]


def test_the_table_is_as_of_the_day_asked_and_says_where_an_answer_is_older(tree: Tree, clause: Clause) -> None:
    ended = ask(clause, "ended", "units(community)")
    make_target(ended, tree.county, due=date(2022, 12, 31), value=Decimal(1), yearly="listed")
    ask(clause, "open", "units(community)")
    table = " ".join(printed(*CHOICE).split())
    assert "截至 2025-12-31 指标" in table
    assert "达到目标（截至 2022-12-31）" in table
    assert table.count("2022-12-31") == 2  # the due date, and the day of the answer


def test_an_empty_policy_has_an_empty_table(policy: Policy) -> None:
    assert "截至 2025-12-31" in printed(*CHOICE)
    assert json.loads(printed(*CHOICE, "--format", "json")) == []
    assert printed(*CHOICE, "--format", "csv").strip() == ",".join(COLUMNS)


def test_brackets_in_a_name_are_printed_as_they_stand(tree: Tree, clause: Clause) -> None:
    ask(clause, "odd", "units(community)", name="设施[bold]数[/x]", unit="[个]")
    table = printed(*CHOICE)
    assert "设施[bold]数[/x]" in table
    assert "3 [个]" in table
