"""Sentences of the five policies as rules, and places whose history is told by the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from governance.attainment.evaluator.judge import judge, value_and_status
from governance.attainment.evaluator.rule import Baseline, Judgement, Milestone, Reading, Rule
from governance.attainment.periods import MONTHS

LATER = date(2031, 3, 15)  # so much later that no month of a test is still running

PROFESSIONALS_80000 = "社会工作专业人才总量达到8万人"
SERVICE_70_THEN_100 = "村(社区)开展社会工作服务覆盖率于2022年末达到70%,于2023年末达到100%"
VOLUNTEERS_22_PERCENT = "实名认证注册志愿者占常住人口的比例达到22%"
WORKERS_18_PER_10000 = "每万名城镇常住人口拥有社区工作者达到18人"
URBAN_12_ON_AVERAGE = "城市社区平均拥有12个以上社区社会组织"
CHARITY_DOUBLED = "慈善组织总数较“十三五末翻一番"
EACH_COMMUNITY_ONE = "每个城乡社区拥有1家以上登记或备案的社区公益慈善类社会组织"
TWO_SITES_A_YEAR = "每个区县每年新增不少于2个“五社联动示范点"
SOME_SITES = "逐步打造一批市级和区县级“五社联动示范点"
EACH_DISTRICT_PLAN = "各区县民政部门要制定“五社联动实施方案"
STATIONS_EVERYWHERE = "在街()全域建立社會工作服務站"
FIVE_TO_EIGHT = "平均每个社区拥有5—8个社区社会组织"
PARK_3000_TO_5000 = "规划建设3000-5000平方米、可容纳20个左右的社会组织孵化园区"
EACH_DISTRICT_1_TO_2 = "每个区应确定1-2个民主监督建设示范社区"
TEN_A_YEAR = "10家區級綜合服務類社會組織"
UNFAMILIAR_40_OR_LESS = "小區不熟悉鄰居由70%轉變為40%以下"
PARTY_MEMBERS_2500 = "全區機關和企事業單位2500余名在職黨員進社區認領“微心愿”"

CHONGQING = {"valid_from": date(2022, 6, 24), "valid_to": date(2025, 12, 31)}
XIAMEN = {"valid_from": date(2014, 1, 1), "valid_to": date(2015, 12, 31)}
TIANYUAN = {"valid_from": date(2021, 1, 1), "valid_to": None}


def due(target: float | str, day: str | None = None, high: int | None = None) -> Milestone:
    """A milestone: the number, and the day as text."""
    return Milestone(
        date.fromisoformat(day) if day else None, Fraction(target), None if high is None else Fraction(high)
    )


def at_least(factor: int, place: Mapping[str, date | None], *milestones: Milestone) -> Rule:
    """A pooled target that wants more, judged at the place."""
    return Rule("target", "at_least", Fraction(factor), milestones=milestones, root_milestones=milestones, **place)  # type: ignore[arg-type]


professionals = at_least(1, CHONGQING, due(80000, "2025-12-31"))
service = at_least(100, CHONGQING, due(70, "2022-12-31"), due(100, "2023-12-31"))
volunteers = replace(at_least(100, CHONGQING, due(22, "2025-12-31")), compared=True)
urban_average = replace(at_least(1, CHONGQING, due(12, "2025-12-31")), compared=True)
charity = replace(
    at_least(1, CHONGQING, due(2, "2025-12-31")), multiple=True, baseline=Baseline(date(2020, 12, 31), None)
)
each_community = replace(at_least(1, CHONGQING, due(1, "2025-12-31")), stance="above", compared=True)
sites = replace(
    at_least(1, CHONGQING, *(due(2, f"{year}-12-31") for year in range(2022, 2026))), stance="unit", yearly="listed"
)
each_site = replace(sites, stance="above")
some_sites = at_least(1, CHONGQING)
each_plan = replace(at_least(100, CHONGQING, due(100)), stance="above")
stations = at_least(100, TIANYUAN, due(100))
five_to_eight = replace(at_least(1, XIAMEN, due(5, "2015-12-31", high=8)), direction="range")
park = replace(at_least(1, XIAMEN, due(3000, high=5000)), direction="range")
one_to_two = replace(at_least(1, XIAMEN, due(1, "2014-12-31", high=2)), direction="range", stance="above")
ten_a_year = replace(at_least(1, TIANYUAN, due(10, "2021-12-31")), yearly="every_year")
unfamiliar = replace(  # the text reports it as a fact; as a target it would be the only one that wants less
    at_least(100, TIANYUAN, due(40, "2021-09-30")),
    direction="at_most",
    baseline=Baseline(date(2018, 9, 30), Fraction(70)),
)
party_members = replace(at_least(1, TIANYUAN), role="reference", direction="", judged=False)


def month(text: str) -> int:
    """`2025-12` as a month."""
    year, number = text.split("-")
    return int(year) * MONTHS + int(number) - 1


def count(n: float | str, d: float | str | None = 1, complete: float | str = 1) -> Reading:
    """A reading with both sides; None as `d` is a missing one."""
    return Reading(Fraction(n), None if d is None else Fraction(d), Fraction(complete))


def units(met: int, total: int, no_data: int = 0, shortfall: int = 0) -> Reading:
    """A reading above the units."""
    known = Fraction(total - no_data, total)
    return Reading(Fraction(met), Fraction(total), known, True, "", total, met, no_data, shortfall)


MISSING = Reading(None, completeness=Fraction(0), missing="register_not_kept")


class Told:
    """A history by month; what is not told is missing. It keeps what it was asked for."""

    def __init__(self, *functions: Callable[[int, Milestone | None], Reading], **months: Reading | float | str) -> None:
        self.function = functions[0] if functions else None
        self.readings = {
            month(name.lstrip("m").replace("_", "-")): given if isinstance(given, Reading) else count(given)
            for name, given in months.items()
        }
        self.asked: list[tuple[int, Milestone | None]] = []

    def at(self, month: int, milestone: Milestone | None) -> Reading:
        self.asked.append((month, milestone))
        if self.function:
            return self.function(month, milestone)
        return self.readings.get(month, MISSING)


def ask(rule: Rule, told: Told, text: str, today: date = LATER) -> Judgement:
    """Judge; what holds for every answer is asserted here."""
    told.asked = []
    answer = judge(rule, told, month(text), today)
    assert len(set(told.asked)) == len(told.asked), "asked twice"
    assert all(at <= month(text) for at, _ in told.asked), "asked for a later month"
    heavy, told.asked = told.asked, []
    assert value_and_status(rule, told, month(text), today) == (answer.value, answer.status)
    assert set(told.asked) <= set(heavy)
    told.asked = heavy
    return answer
