"""Reasons and plans for targets that Chongqing and Tianyuan miss; their days are told from the end of the last full month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from governance.accounts.models import User
from governance.attainment.demo.months import SONGSHANLU, TAISHANLU, YOUYANG
from governance.attainment.models import ImprovementPlan, PlanFollowUp
from governance.kit.bulkload import copy, take_keys
from governance.kit.demo import Progress
from governance.kit.drawing import EPOCH, last_day
from governance.policies.models import Indicator
from governance.regions.demo.places import CHONGQING, TIANYUAN
from governance.regions.models import Region

CHENGKOU, WUXI = "500229000000", "500238000000"


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan: `made` and `due` are days from the end of the last full month; `notes` are days and texts, by `author`."""

    indicator: str
    place: str
    cause: str
    explanation: str
    measures: str
    responsible: str
    made: int
    due: int
    author: str
    notes: tuple[tuple[int, str], ...] = ()
    done: int | None = None
    conclusion: str = ""

    @property
    def state(self) -> str:
        """The state that follows from how it ended."""
        return "done" if self.done is not None else "cancelled" if self.conclusion else "open"


_PLANS = (
    _Plan(
        "cq_community_funds_count", CHONGQING, "funding", "部分区县没有落实启动资金，少数基金还在走设立程序。",
        "逐区县核对设立进度；启动资金由市、区两级配套；每月通报一次。", "基层政权和社区治理处 社区基金负责人", -60, -5, "chongqing",
        ((-40, "已约谈进度最慢的五个区县，均已报送设立计划。"), (-12, "当月新设立三只，其余在办登记。")),
    ),
    _Plan(
        "cq_certified_social_workers_total", CHONGQING, "late_start", "今年考前培训开班晚，报考人数少于上年。",
        "提前组织考前培训；对取得证书的社区工作者兑现补贴。", "慈善社工处 人才队伍负责人", -45, 150, "chongqing",
        ((-20, "已下达各区县培训名额。"),),
    ),
    _Plan(
        "cq_volunteer_station_coverage", CHONGQING, "records", "部分村已有服务点，台账没有登记。",
        "由区县逐村核实，已建的补登台账，没有的年内建成。", "慈善社工处 志愿服务负责人", -30, 60, "chongqing",
    ),
    _Plan(
        "cq_community_charity_org_coverage", YOUYANG, "staffing", "偏远乡镇没有合适的负责人，培育进展慢。",
        "由乡镇社工站牵头，每月培育十家；县里派人上门指导备案。", "社会组织管理股 股长", -75, -10, "youyang",
        ((-50, "已完成八个乡镇的摸底。"), (-15, "新备案二十一家，仍差的集中在三个乡镇。")),
    ),
    _Plan(
        "cq_social_work_service_coverage", YOUYANG, "staffing", "社工站人员流动大，部分村一年内没有开展服务。",
        "补齐社工站人员；按村排出服务计划，每季度至少一次。", "社会事务股 社工站督导", -40, 45, "youyang",
        ((-10, "人员已补齐，十二个村排入本季度计划。"),),
    ),
    _Plan(
        "cq_social_work_service_coverage", CHENGKOU, "premises", "个别村没有服务场地。", "与村级活动室合用场地。",
        "社会事务科 科长", -160, -60, "chongqing", done=-65, conclusion="场地都已落实，服务已开展。",
    ),
    _Plan(
        "cq_community_funds_count", WUXI, "others_due", "等待市级统一的基金管理办法。", "办法出台后一个月内设立。",
        "基层政权科 科长", -130, -40, "chongqing", conclusion="市级办法已明确由市里统一设立，本县不再单列。",
    ),
    _Plan(
        "ty_top_ten_awards_yearly", TIANYUAN, "late_start", "“十佳”评选分两批，第二批还没有启动。",
        "年底前完成第二批评选。", "基层治理股 评选负责人", -25, 50, "tianyuan", ((-8, "第二批评选方案已报区政府。"),),
    ),
    _Plan(
        "ty_incubate_functional_orgs", TIANYUAN, "circumstances", "孵化基地搬迁，停办了两个月。",
        "基地恢复后按每月五家补足。", "社会组织股 孵化基地负责人", -50, -3, "tianyuan",
        ((-30, "新址已启用。"), (-6, "本月入驻四家。")),
    ),
    _Plan(
        "ty_incubate_functional_orgs", TAISHANLU, "staffing", "街道负责孵化的干部调离，工作中断。",
        "明确由社工站站长接手，每月孵化一家。", "民政办 社工站站长", -35, -2, "taishanlu", ((-9, "已与两家自组织谈妥。"),),
    ),
    _Plan(
        "ty_incubate_functional_orgs", SONGSHANLU, "records", "已孵化的组织没有登记。", "补登台账。", "民政办 台账管理员", -90, -30,
        "songshanlu", done=-35, conclusion="已全部补登。",
    ),
)  # fmt: skip

_COLUMNS = (
    "id", "indicator_id", "region_id", "cause", "explanation", "measures", "responsible", "made_on", "due_on", "state",
    "done_on", "conclusion",
)  # fmt: skip


def load_plans(progress: Progress) -> None:
    """Load the plans and what was written about those that are open."""
    indicators = dict(Indicator.objects.filter(slug__in={plan.indicator for plan in _PLANS}).values_list("slug", "pk"))
    places = dict(Region.objects.filter(code__in={plan.place for plan in _PLANS}).values_list("code", "pk"))
    users = dict(User.objects.values_list("username", "pk"))
    there = [plan for plan in _PLANS if plan.indicator in indicators and plan.place in places]
    keys = dict(zip(there, take_keys(ImprovementPlan, len(there)), strict=True))
    copy(ImprovementPlan, _COLUMNS, _rows(keys, indicators, places))
    notes = [(key, _day(at), note, users[plan.author]) for plan, key in keys.items() for at, note in plan.notes]
    copy(PlanFollowUp, ("plan_id", "on", "note", "author_id"), notes)
    progress("整改计划", len(there), len(there))


def _rows(keys: dict[_Plan, int], indicators: dict[str, int], places: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for plan, key in keys.items():
        yield (
            key, indicators[plan.indicator], places[plan.place], plan.cause, plan.explanation, plan.measures, plan.responsible,
            _day(plan.made), _day(plan.due), plan.state, None if plan.done is None else _day(plan.done), plan.conclusion,
        )  # fmt: skip


def _day(at: int) -> date:
    return EPOCH + timedelta(days=last_day() + at)
