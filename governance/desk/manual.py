"""The manual: a page for each section, and which section tells of a page.

The text stands in templates, one for each language (`templates/manual/<language>/<section>.html`), for it is read as a
whole: sentence by sentence it could not be translated well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section: its address, what it is called, and the pages that it tells of.

    A page is named like its address; one that ends in `*` stands for all that begin so, one that begins with `*` for
    all that end so.
    """

    slug: str
    title: Promise | str
    of: tuple[str, ...] = ()


_WRITING = ("add", "change", "remove", "move")
_SOCIAL_WORK = ("social_work_", "community_worker_post_", "committee_member_", "training_record_", "qualified_span_")
CHAPTERS = (
    Chapter("login", _("登录与岗位"), ("accounts:*",)),
    Chapter("workbench", _("工作台"), ("desk:workbench", "desk:dues")),
    Chapter("lists", _("列表：搜索、筛选、列、导出、打印")),
    Chapter("entry", _("录入与修改"), tuple(f"*_{page}" for page in _WRITING)),
    Chapter("import", _("导入 Excel"), ("*_import", "desk:import_batch_*")),
    Chapter("dashboard", _("达标看板"), ("attainment:dashboard", "attainment:children", "attainment:comparison")),
    Chapter("indicator", _("指标页"), ("attainment:indicator",)),
    Chapter("evidence", _("数据依据"), ("attainment:evidence",)),
    Chapter(
        "figures",
        _("上报数字"),
        ("attainment:reported_figure_*", *(f"attainment:reported_figure_{page}" for page in _WRITING)),
    ),
    Chapter(
        "months",
        _("月度确认"),
        (
            "attainment:months",
            "attainment:confirmed_month_*",
            "attainment:confirmed_month_add",
            "attainment:confirmed_month_move",
        ),
    ),
    Chapter(
        "plans",
        _("整改计划"),
        (
            "attainment:improvement_plan_*",
            *(f"attainment:improvement_plan_{page}" for page in _WRITING),
            "attainment:plan_follow_up_*",
            "attainment:plan_follow_up_add",
        ),
    ),
    Chapter("policies", _("政策与目标"), ("policies:*",)),
    Chapter("community", _("社区"), ("regions:*",)),
    Chapter("organizations", _("社会组织"), ("organizations:*",)),
    Chapter("social-workers", _("社会工作者"), tuple(f"organizations:{name}*" for name in _SOCIAL_WORK)),
    Chapter("volunteers", _("志愿者"), ("volunteers:*",)),
    Chapter("charity", _("慈善资源"), ("funds:*",)),
    Chapter("projects", _("项目"), ("projects:*",)),
    Chapter("deliberation", _("协商共治"), ("deliberation:*",)),
    Chapter("people", _("人员与隐私"), ("people:*", "desk:export_request_*")),
    Chapter("privacy", _("个人信息保护"), ("privacy:*",)),
    Chapter("quality", _("数据质量"), ("desk:quality*", "desk:quality", "desk:accepted_finding_*")),
    Chapter("jobs", _("任务与消息"), ("desk:job_*", "desk:message_*", "attainment:attainment_run_*")),
    Chapter("history", _("变更记录与审计"), ("audit:*", "*_history")),
    Chapter("api", _("接口（合作系统）"), ("api:*",)),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


def chapter_of(page: str) -> Chapter | None:
    """Return the section that tells of a page, by the name of its address: the one that names it most closely."""
    hits = [(_closeness(pattern, page), chapter) for chapter in CHAPTERS for pattern in chapter.of]
    close, chapter = max(hits, key=lambda hit: hit[0])
    return chapter if close[0] else None


def _closeness(pattern: str, page: str) -> tuple[int, int]:
    """Return how closely a pattern names a page: as itself, by how it ends, by how it begins, not at all."""
    if pattern == page:
        return 3, 0
    if pattern.startswith("*"):
        return (2 if page.endswith(pattern[1:]) else 0), len(pattern)
    return (1 if pattern.endswith("*") and page.startswith(pattern[:-1]) else 0), len(pattern)


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


class Contents(LoginRequiredMixin, TemplateView):
    """The contents; with `of`, the name of a page's address, the section that tells of it."""

    template_name = "desk/manual.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the section, or show the contents."""
        chapter = chapter_of(request.GET.get("of", ""))
        return redirect("desk:manual_section", section=chapter.slug) if chapter else super().get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sections."""
        return super().get_context_data(**kwargs) | {"chapters": CHAPTERS}


class Section(LoginRequiredMixin, TemplateView):
    """A section, in the language of the reader."""

    template_name = "desk/manual_section.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the section and its neighbours."""
        chapter = BY_SLUG.get(kwargs["section"])
        if chapter is None:
            raise Http404
        at = CHAPTERS.index(chapter)
        return super().get_context_data(**kwargs) | {
            "chapters": CHAPTERS,
            "chapter": chapter,
            "text": f"manual/{_language()}/{chapter.slug}.html",
            "before": CHAPTERS[at - 1] if at else None,
            "after": CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None,
        }
