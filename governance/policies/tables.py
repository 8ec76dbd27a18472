"""What lists of this app show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from governance.kit.tables import YES_NO, DateColumn, NumberColumn, StatusColumn, Table, grouped
from governance.kit.wording import listed
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.wording import levels_line, target_line

ROLES = {
    "target": ("st-track", "target-arrow"),
    "shown": ("st-none", "eye"),
    "reference": ("st-pending", "quote"),
}


class TitleColumn(django_tables2.Column):
    """What the record is called in the reader's language."""

    def render(self, value: Any, record: Any) -> str:
        """Return the name."""
        return str(record)

    def value(self, value: Any, record: Any) -> str:
        """Return the name for exports."""
        return str(record)


class PolicyColumn(django_tables2.Column):
    """A policy by its number, or else by the first words of its title."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec nw"}}

    def render(self, value: Policy) -> str:
        """Return what identifies it at a glance."""
        return value.document_no or Truncator(value).chars(18)

    def value(self, value: Policy) -> str:
        """Return the title for exports."""
        return str(value)


class LevelsColumn(django_tables2.Column):
    """Levels in words."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec"}}

    def render(self, value: list[str]) -> str:
        """Return the words."""
        return levels_line(value)

    def value(self, value: list[str]) -> str:
        """Return the words for exports."""
        return levels_line(value)


class UnitColumn(NumberColumn):
    """A number with the unit of its indicator behind it; files keep the bare number."""

    def render(self, value: Any, record: Any) -> str:  # type: ignore[override]
        """Return `12 个/社区`."""
        return format_html('{}<span class="unit">{}</span>', grouped(value), record.indicator.unit)


class PolicyTable(Table):
    """Columns of the policies."""

    title = TitleColumn(linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}})
    document_no = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    region = django_tables2.Column(accessor="region__name", order_by="region__path", verbose_name=_("适用地区"))
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    issued_on = DateColumn()
    valid_from = DateColumn()
    valid_to = DateColumn()
    indicators = NumberColumn(accessor="indicator_count", verbose_name=_("指标数"))
    public = django_tables2.BooleanColumn(yesno=YES_NO)

    class Meta(Table.Meta):
        model = Policy
        fields = (
            "title", "slug", "document_no", "region", "region_code", "issued_on", "valid_from", "valid_to",
            "indicators", "public",
        )  # fmt: skip
        shown = ("title", "document_no", "region", "issued_on", "valid_to", "indicators")
        related = ("region",)

    @classmethod
    def related_to(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Count the indicators of each policy."""
        counted = Indicator.objects.filter(policy=OuterRef("pk")).order_by().values("policy")
        count = Subquery(counted.annotate(count=Count("pk")).values("count"))  # not by a join, which loses the order
        found: QuerySet[Any] = super().related_to(rows).annotate(indicator_count=Coalesce(count, 0))
        return found


class ClauseTable(Table):
    """Columns of the clauses."""

    quote = TitleColumn(linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}})
    policy = PolicyColumn(order_by=("policy", "position"))
    position = NumberColumn()

    class Meta(Table.Meta):
        model = Clause
        fields = ("position", "quote", "policy")
        related = ("policy__region",)


class AskedColumn(django_tables2.Column):
    """The numbers that the text asks of the policy's place, each with its day."""

    def render(self, value: list[Target], record: Indicator) -> str:
        """Return the numbers, one below the other, or a dash."""
        lines = [(target_line(target, record.unit),) for target in value]
        return format_html_join(mark_safe("<br>"), '<span class="nw">{}</span>', lines) or "—"

    def value(self, value: list[Target], record: Indicator) -> str:
        """Return the same in one line for exports."""
        return listed(target_line(target, record.unit) for target in value)


class IndicatorTable(Table):
    """Columns of the indicators."""

    name = TitleColumn(linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}})
    policy = PolicyColumn(order_by=("policy", "position"))
    role = StatusColumn(ROLES)
    kind = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    asked = AskedColumn(verbose_name=_("目标"), orderable=False)
    direction = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    verdict_levels = LevelsColumn(orderable=False)
    show_levels = LevelsColumn(orderable=False)
    unit_levels = LevelsColumn(orderable=False)

    class Meta(Table.Meta):
        model = Indicator
        fields = (
            "name", "slug", "policy", "role", "kind", "asked", "unit", "direction", "test", "verdict_levels",
            "show_levels", "unit_levels",
        )  # fmt: skip
        shown = ("name", "policy", "role", "kind", "asked", "verdict_levels")
        related = ("policy__region", "clause", "region", "subset_of", "clause__policy__region")

    @classmethod
    def related_to(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add what the text asks of the policy's place: whoever sees the policy sees that."""
        asked = Target.objects.filter(origin=Target.Origin.TEXT, region=F("indicator__policy__region"))
        return super().related_to(rows).prefetch_related(Prefetch("targets", asked.order_by("due"), to_attr="asked"))


class TargetTable(Table):
    """Columns of the targets."""

    indicator = django_tables2.Column(
        order_by=("indicator",), linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}}
    )
    indicator_slug = django_tables2.Column(accessor="indicator__slug", verbose_name=_("指标标识"))
    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"), order_by="region__path")
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    due = DateColumn()
    value = UnitColumn()
    high = UnitColumn()
    origin = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    yearly = django_tables2.Column(attrs={"td": {"class": "sec nw"}})

    class Meta(Table.Meta):
        model = Target
        fields = (
            "indicator", "indicator_slug", "region", "region_code", "due", "value", "high", "origin", "yearly",
        )  # fmt: skip
        shown = ("indicator", "region", "due", "value", "origin", "yearly")
        related = ("indicator__policy__region", "region__parent")


class ReferencePointTable(Table):
    """Columns of the stated facts."""

    indicator = django_tables2.Column(
        order_by=("indicator",), linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}}
    )
    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"), order_by="region__path")
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    on = DateColumn()
    value = UnitColumn()
    bound = django_tables2.Column(attrs={"td": {"class": "sec nw"}})

    class Meta(Table.Meta):
        model = ReferencePoint
        fields = ("indicator", "region", "region_code", "on", "text", "value", "bound")
        shown = ("indicator", "region", "on", "text", "value", "bound")
        related = ("indicator__policy__region", "region")
