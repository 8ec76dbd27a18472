"""What lists of this app show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2
from django.utils.translation import gettext_lazy as _
from django_tables2.columns import BoundColumn

from governance.kit.columns import ListTable
from governance.kit.tables import StatusColumn
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage


class KindColumn(django_tables2.Column):
    """The word of a generated field's value."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "sec"}}

    def render(self, value: Any, record: Region, bound_column: BoundColumn) -> str:
        """Return the word."""
        return str(getattr(record, f"get_{bound_column.name}_display")())

    def value(self, value: Any, record: Region, bound_column: BoundColumn) -> str:
        """Return the word for exports."""
        return self.render(value, record, bound_column)


class RegionTable(ListTable):
    """Columns of the place list."""

    code = django_tables2.Column(attrs={"td": {"class": "mut nw"}})
    name = django_tables2.Column(linkify=True, attrs={"td": {"class": "w"}}, order_by=("path",))
    parent = django_tables2.Column(accessor="parent__name", verbose_name=_("上级"), attrs={"td": {"class": "sec"}})
    committee_type = KindColumn()
    committee_type_by_name = KindColumn()
    township_kind = KindColumn()

    class Meta(ListTable.Meta):
        model = Region
        fields = (
            "code", "name", "level", "parent", "committee_type", "committee_type_by_name", "township_kind",
            "development_zone", "urban_rural_code", "since", "until", "partial",
        )  # fmt: skip
        shown = ("code", "name", "level", "parent", "committee_type", "township_kind")


class EstateTable(ListTable):
    """Columns of the estate list."""

    class Meta(ListTable.Meta):
        model = Estate
        fields = ("name", "community", "households", "party_branch_from", "since", "until")
        shown = ("name", "community", "households", "party_branch_from", "since")


class FacilityTable(ListTable):
    """Columns of the facility list."""

    class Meta(ListTable.Meta):
        model = Facility
        fields = ("name", "kind", "region", "address", "floor_area", "capacity", "since", "until")
        shown = ("name", "kind", "region", "floor_area", "capacity", "since", "until")


STATEMENTS = {"has": ("st-met", "circle-check"), "subject_to": ("st-pending", "target")}


class CapabilityTable(ListTable):
    """Columns of the capability list."""

    component = django_tables2.Column(attrs={"td": {"class": "sec"}})
    statement = StatusColumn(STATEMENTS)

    class Meta(ListTable.Meta):
        model = RegionCapability
        fields = ("item", "component", "statement", "region", "since", "until", "note")
        shown = ("item", "component", "statement", "region", "since", "until")


class SuccessionTable(ListTable):
    """Columns of the list of division changes."""

    class Meta(ListTable.Meta):
        model = RegionSuccession
        fields = ("predecessor", "successor", "changed_on")
        shown = ("predecessor", "successor", "changed_on")


class RegisterColumn(django_tables2.Column):
    """A register in words; programs read its code from the API."""

    def render(self, value: Any, record: RegisterCoverage) -> str:
        """Return the words."""
        return record.get_register_display()

    def value(self, value: Any, record: RegisterCoverage) -> str:
        """Return the words for exports."""
        return record.get_register_display()


class RegisterCoverageTable(ListTable):
    """Columns of the list of registers kept."""

    register = RegisterColumn()

    class Meta(ListTable.Meta):
        model = RegisterCoverage
        fields = ("region", "register", "since", "note")
