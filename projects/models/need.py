"""A need of a community's residents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.people.models import Person
from projects.models.fields import Field
from projects.models.listed import ListedRecord


@classified(
    public="id community title field group source listed_on refreshed_on closed_on outcome changed_at",
    internal="description",
    sensitive="person",
)
class Need(ListedRecord):
    """A need; whose it is stays with those who may see it, and never stands on a list."""

    class Group(models.TextChoices):
        """Whom it concerns."""

        ELDERLY = "elderly", _("老年人")
        CHILDREN = "children", _("儿童")
        DISABLED = "disabled", _("残疾人")
        HARDSHIP = "hardship", _("困难群众")
        ALL = "all", _("全体居民")

    class Source(models.TextChoices):
        """How it became known."""

        VISIT = "visit", _("走访")
        WINDOW = "window", _("窗口")
        APP = "app", _("线上")
        GRID = "grid", _("网格")

    field = models.CharField(_("服务领域"), max_length=24, choices=Field)
    group = models.CharField(_("服务对象"), max_length=10, choices=Group)
    source = models.CharField(_("收集渠道"), max_length=10, choices=Source)
    description = models.TextField(
        _("具体情况"), max_length=2000, blank=True, help_text=_("不要写姓名、证件号码、电话和门牌号。")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("提出需求的居民")
    )
    outcome = models.CharField(_("办理结果"), max_length=200, blank=True)

    class Meta(ListedRecord.Meta):
        verbose_name = _("需求")
        verbose_name_plural = pgettext_lazy("plural", "需求")
