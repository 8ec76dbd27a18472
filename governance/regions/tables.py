"""What lists of this app show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.utils.translation import gettext_lazy as _
from django_tables2.columns import BoundColumn

from governance.kit.tables import DateColumn, NumberColumn, StatusColumn, Table
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage

YES_NO = (_("是"), _("否"))


class WordColumn(django_tables2.Column):
    """The word of a generated field's value."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec"}}

    def render(self, value: Any, record: Region, bound_column: BoundColumn) -> str:
        """Return the word."""
        return str(getattr(record, f"get_{bound_column.name}_display")())

    def value(self, value: Any, record: Region, bound_column: BoundColumn) -> str:
        """Return the word for exports."""
        return self.render(value, record, bound_column)


class RegionTable(Table):
    """Columns of the place list."""

    code = django_tables2.Column(attrs={"td": {"class": "mut nw"}})
    name = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}}, order_by=("path",))
    parent = django_tables2.Column(accessor="parent__name", verbose_name=_("上级"), attrs={"td": {"class": "sec"}})
    level = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    committee_type = WordColumn()
    committee_type_by_name = WordColumn()
    township_kind = WordColumn()
    development_zone = django_tables2.BooleanColumn(yesno=YES_NO)
    partial = django_tables2.BooleanColumn(yesno=YES_NO)
    since = DateColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = Region
        fields = (
            "code", "name", "level", "parent", "committee_type", "committee_type_by_name", "township_kind",
            "development_zone", "urban_rural_code", "since", "until", "partial",
        )  # fmt: skip
        shown = ("code", "name", "level", "parent", "committee_type", "township_kind")
        related = ("parent",)


class EstateTable(Table):
    """Columns of the estate list."""

    name = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}})
    community = django_tables2.Column(
        accessor="community__name", verbose_name=_("村（社区）"), order_by="community__path"
    )
    community_code = django_tables2.Column(
        accessor="community__code", verbose_name=_("区划代码"), order_by="community__path"
    )
    households = NumberColumn()
    party_branch_from = DateColumn()
    since = DateColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = Estate
        fields = ("name", "community", "community_code", "households", "party_branch_from", "since", "until")
        shown = ("name", "community", "households", "party_branch_from", "since")
        related = ("community",)


class FacilityTable(Table):
    """Columns of the facility list."""

    name = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}})
    kind = django_tables2.Column(attrs={"td": {"class": "sec nw"}})
    region = django_tables2.Column(accessor="region__name", verbose_name=_("所在地区"), order_by="region__path")
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    floor_area = NumberColumn()
    capacity = NumberColumn()
    since = DateColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = Facility
        fields = ("name", "kind", "region", "region_code", "address", "floor_area", "capacity", "since", "until")
        shown = ("name", "kind", "region", "floor_area", "capacity", "since", "until")
        related = ("region",)


STATEMENTS = {"has": ("st-met", "circle-check"), "subject_to": ("st-pending", "target")}


class CapabilityTable(Table):
    """Columns of the capability list."""

    item = django_tables2.Column(linkify=lambda record: record.get_absolute_url(), attrs={"td": {"class": "w"}})
    component = django_tables2.Column(attrs={"td": {"class": "sec"}})
    statement = StatusColumn(STATEMENTS)
    region = django_tables2.Column(accessor="region__name", verbose_name=_("所在地区"), order_by="region__path")
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    since = DateColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = RegionCapability
        fields = ("item", "component", "statement", "region", "region_code", "since", "until", "note")
        shown = ("item", "component", "statement", "region", "since", "until")
        related = ("region", "item", "component")


class SuccessionTable(Table):
    """Columns of the list of division changes."""

    predecessor = django_tables2.Column(linkify=lambda record: record.get_absolute_url())
    successor = django_tables2.Column(accessor="successor__name", verbose_name=_("现地区"))
    changed_on = DateColumn()

    class Meta(Table.Meta):
        model = RegionSuccession
        fields = ("predecessor", "successor", "changed_on")
        related = ("predecessor", "successor")


class RegisterColumn(django_tables2.Column):
    """A register in words; programs read its code from the API."""

    def render(self, value: Any, record: RegisterCoverage) -> str:
        """Return the words."""
        return record.get_register_display()

    def value(self, value: Any, record: RegisterCoverage) -> str:
        """Return the words for exports."""
        return record.get_register_display()


class RegisterCoverageTable(Table):
    """Columns of the list of registers kept."""

    region = django_tables2.Column(
        accessor="region__name", verbose_name=_("地区"), order_by="region__path", attrs={"td": {"class": "w"}},
        linkify=lambda record: record.get_absolute_url(),
    )  # fmt: skip
    region_code = django_tables2.Column(accessor="region__code", verbose_name=_("区划代码"), order_by="region__path")
    register = RegisterColumn()
    since = DateColumn()

    class Meta(Table.Meta):
        model = RegisterCoverage
        fields = ("region", "region_code", "register", "since", "note")
        shown = ("region", "register", "since", "note")
        related = ("region",)
