"""Expressions: what may be written, where a fault stands, and how they read in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.kit.measures import expressions as e
from governance.kit.measures.parser import parse
from governance.kit.measures.sources import (
    SOURCES,
    Events,
    Intervals,
    Mark,
    Reportable,
    Source,
    Values,
    Weight,
    declare,
    declare_reportable,
    figure_names,
    reportable,
)
from governance.kit.measures.vocabulary import ExpressionError, Item, Vocabulary
from governance.kit.measures.wording import formula, in_words

ORGANIZATIONS = Intervals(
    "organizations",
    "社会组织",
    model="organizations.Organization",
    home="region",
    marks={"community_org": Mark("社区社会组织", "个"), "federation": Mark("联合会", "个")},
    weights={"floor_area": Weight("floor_area", "面积", "平方米", 2)},
    kinds={"service_category": Values("category", "服务类别", {"charity": "公益慈善", "culture": "文化体育"})},
)
SESSIONS = Events(
    "sessions",
    "服务场次",
    model="projects.Session",
    home="community",
    on="held_on",
    marks={"held": Mark("服务", "场次")},
    weights={"person_times": Weight("person_times", "人次", "人次")},
    person="child",
)
CALLS = Events("calls", "吹哨", "deliberation.Call", "street", "due_on", {"due": Mark("应答复的吹哨", "次", Q())})
WORDS = Vocabulary(
    items={
        "needs_survey": Item("居民需求调研", ("community",)),
        "three_lists": Item("三张清单", ("community",), "all", ("needs", "resources", "projects")),
        "mechanism": Item("“五社联动”机制", ("province", "county"), "count", ("collection", "sharing")),
        "cloud": Item("信息云平台", ("township",), "one", (), True),
        "fitness": Item("健身设施", ("county", "township", "community")),
    },
    sets={"off_island": "岛外四区"},
    sources={
        "organizations": Source("organizations", "社会组织", ORGANIZATIONS),
        "sessions": Source("sessions", "服务场次", None, SESSIONS),
        "calls": Source("calls", "吹哨", None, CALLS),
    },
    figures={
        "resident_population": (Reportable("resident_population", "常住人口", "人", "population"), ""),
        "survey.participation.respondents": (
            Reportable("survey.participation", "积极参与的受访者", "人", "survey", pair=True),
            "respondents",
        ),
    },
)

READ: list[tuple[str, Any, str]] = [
    ("1", e.One(), "1"),
    (
        "stock(organizations.community_org)",
        e.Stock("organizations", "community_org"),
        "月末在册的社区社会组织",
    ),
    (
        " stock( organizations.community_org ,floor_area ) ",
        e.Stock("organizations", "community_org", "floor_area"),
        "月末在册的社区社会组织的面积合计",
    ),
    (
        "flow(sessions.held, last12, person_times)",
        e.Flow("sessions", "held", "last12", "person_times"),
        "近 12 个月的服务的人次合计",
    ),
    (
        "distinct(sessions.held, last24)",
        e.Distinct("sessions", "held", "last24"),
        "近 24 个月的服务涉及人数（每人在一处只计一次）",
    ),
    (
        "kinds(organizations.service_category, now)",
        e.Kinds("organizations", "service_category", "now"),
        "月末出现的服务类别种数（公益慈善、文化体育）",
    ),
    ("figure(resident_population)", e.Figure("resident_population"), "常住人口"),
    (
        "figure(survey.participation.respondents)",
        e.Figure("survey.participation.respondents"),
        "受访人数（积极参与的受访者）",
    ),
    ("units(community, urban)", e.Units(("community",), "urban"), "城市社区总数"),
    ("units(county+township)", e.Units(("county", "township")), "区县、乡镇（街道）总数"),
    ("regions_with(needs_survey, community)", e.RegionsWith("needs_survey", ("community",)), "具备“居民需求调研”的村（社区）数"),
    (
        "regions_with(fitness, county, named:off_island)",
        e.RegionsWith("fitness", ("county",), "named:off_island"),
        "具备“健身设施”的岛外四区数",
    ),
    (
        "regions_with(cloud, township, eligible)",
        e.RegionsWith("cloud", ("township",), "eligible"),
        "适用范围内具备“信息云平台”的乡镇（街道）数",
    ),
    ("regions_eligible(cloud, township)", e.RegionsEligible("cloud", ("township",)), "属于“信息云平台”适用范围的乡镇（街道）数"),
    ("components(mechanism, self)", e.Components("mechanism"), "本级“五社联动”机制已具备的分项数"),
    (
        "at_least(stock(organizations.federation), 1, community)",
        e.AtLeast(e.Stock("organizations", "federation"), Fraction(1), "community"),
        "月末在册的联合会达到 1 的村（社区）数",
    ),
    (
        "within(regions_with(needs_survey, community), rural)",
        e.Within(e.RegionsWith("needs_survey", ("community",)), "rural"),
        "具备“居民需求调研”的农村社区数",
    ),
    (
        "within(stock(organizations.community_org), urban)",
        e.Within(e.Stock("organizations", "community_org"), "urban"),
        "城市社区月末在册的社区社会组织",
    ),
    (
        "at_baseline(stock(organizations.community_org), 2020-12-31)",
        e.AtBaseline(e.Stock("organizations", "community_org"), date(2020, 12, 31)),
        "2020-12-31 的月末在册的社区社会组织",
    ),
]  # fmt: skip

#: the text, where the fault stands, how long it is, and a word of the reason
REFUSED = [
    ("", 0, 1, "算式"),
    ("2", 0, 1, "算式"),
    ("stok(organizations.community_org)", 0, 4, "stock"),
    ("stock(organizations.community_orgs)", 20, 14, "community_org"),
    ("stock(organizations.community_org, area)", 35, 4, "floor_area"),
    ("stock(organizations)", 19, 1, "“.”"),
    ("stock(organizations.community_org", 33, 1, "结束"),
    ("stock(organizations.community_org))", 34, 1, "结束"),
    ("stock(organizations.community_org，floor_area)", 33, 1, "不能有"),
    ("stock(sessions.held)", 6, 8, "起止"),
    ("flow(organizations.community_org, ytd)", 5, 13, "按日"),
    ("flow(sessions.held, year)", 20, 4, "时段"),
    ("distinct(calls.due, ytd)", 9, 5, "不记人"),
    ("kinds(organizations.service_category, last12)", 38, 6, "now"),
    ("kinds(organizations.federation, now)", 20, 10, "分列"),
    ("figure(residents)", 7, 9, "resident_population"),
    ("units(street)", 6, 6, "级别"),
    ("units(community+community)", 16, 9, "两次"),
    ("units(community, urbane)", 17, 6, "urban"),
    ("units(county+township, street_office)", 23, 13, "类别"),
    ("units(county, named:on_island)", 14, 15, "off_island"),
    ("regions_with(needs_surveys, community)", 13, 13, "needs_survey"),
    ("regions_with(needs_survey, county)", 27, 6, "community"),
    ("regions_with(needs_survey, community, eligible)", 38, 8, "适用"),
    ("regions_with(mechanism, county)", 13, 9, "components"),
    ("regions_eligible(needs_survey, community)", 17, 12, "适用"),
    ("components(needs_survey, self)", 11, 12, "分项"),
    ("components(mechanism, county)", 22, 6, "self"),
    ("at_least(stock(organizations.federation), one, community)", 42, 3, "数"),
    ("at_least(components(mechanism, self), 1, county)", 9, 10, "相加"),
    ("within(units(township), urban)", 7, 5, "村（社区）"),
    ("within(stock(organizations.federation), town)", 40, 4, "类别"),
    ("at_baseline(stock(organizations.federation), 2020-02-30)", 45, 10, "日期"),
    ("at_baseline(at_baseline(stock(organizations.federation), 2020-12-31), 2020-12-31)", 12, 11, "基期"),
]


@pytest.mark.parametrize(("text", "expected", "words"), READ)
def test_what_may_be_written_is_read_and_said(text: str, expected: e.Expression, words: str) -> None:
    parsed = parse(text, WORDS)
    assert parsed.expression == expected
    assert parsed.undeclared == ()
    assert in_words(parsed.expression, WORDS) == words


@pytest.mark.parametrize(("text", "position", "length", "word"), REFUSED)
def test_a_fault_is_refused_where_it_stands(text: str, position: int, length: int, word: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text, WORDS)
    assert (refusal.value.position, refusal.value.length) == (position, length)
    assert word in refusal.value.reason


def test_a_source_that_nobody_declares_is_told_and_read_all_the_same() -> None:
    parsed = parse("within(stock(funds.community_fund, cents), urban)", WORDS)
    assert parsed.undeclared == (("funds", 13),)
    assert parsed.expression == e.Within(e.Stock("funds", "community_fund", "cents"), "urban")
    assert "尚无数据来源" in in_words(parsed.expression, WORDS)


def refusal_of(text: str) -> ExpressionError | None:
    try:
        parse(text, WORDS)
    except ExpressionError as refusal:
        return refusal
    return None


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="stockwihnulevdrgp_ (),.+:1290-é中，\n\x00", max_size=60))
def test_whatever_is_typed_is_read_or_refused_inside_the_text(text: str) -> None:
    refusal = refusal_of(text)
    assert refusal is None or (0 <= refusal.position <= len(text) and refusal.reason)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(READ), st.data())
def test_a_letter_changed_is_read_or_refused(line: tuple[str, Any, str], data: st.DataObject) -> None:
    text = line[0]
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from("ax0(),.+: ")) + text[at + 1 :]
    refusal = refusal_of(changed)
    assert refusal is None or (0 <= refusal.position <= len(changed) and refusal.reason)


def test_a_formula_is_set_out_with_its_factor() -> None:
    above, below = parse("regions_with(needs_survey, community)", WORDS), parse("units(community)", WORDS)
    share = formula(above.expression, below.expression, Decimal(100), "%", WORDS)
    assert (share.denominator, share.factor) == ("村（社区）总数", "100%")
    rate = formula(above.expression, below.expression, Decimal("10000.000000"), "人/万人", WORDS)
    assert rate.factor == "10000"
    assert formula(above.expression, e.One(), Decimal("0.01"), "元", WORDS).factor == "0.01"
    count = formula(above.expression, e.One(), Decimal(1), "个", WORDS)
    assert (count.denominator, count.factor) == ("", "")


def test_the_words_follow_the_language() -> None:
    with translation.override("en"):
        assert in_words(parse("units(community, urban)", WORDS).expression, WORDS) == "Number of urban communities"


def test_one_name_is_one_register_and_is_not_declared_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.kit.measures.sources.SOURCES", {})
    declare(Intervals("designations", "命名", "deliberation.Designation", "region", {"demo": Mark("示范点", "个")}))
    declare(
        Events("designations", "命名", "deliberation.Designation", "region", "named_on", {"demo": Mark("示范点", "个")})
    )
    with pytest.raises(ValueError, match="twice"):
        declare(Intervals("designations", "命名", "deliberation.Designation", "region", {}))


def test_a_number_is_not_declared_twice_and_stand_ins_follow_the_sources() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare_reportable(Reportable("resident_population", "常住人口", "人", "population"))
    known = reportable()
    assert known["facilities.incubator.floor_area"].series == "stand_in"
    assert str(known["facilities.incubator.floor_area"].name) == "社会组织孵化基地（面积）"
    assert {"survey.participation.positive", "survey.participation.respondents"} <= set(figure_names())
    assert "survey.participation" not in figure_names()
    assert set(SOURCES) >= {"estates", "facilities", "capabilities"}
