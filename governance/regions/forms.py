"""Forms of this app."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.kit.files import MIB, FileCheck
from governance.kit.forms import RecordForm
from governance.regions.models import (
    CapabilityComponent,
    Estate,
    Facility,
    Region,
    RegionCapability,
    RegionSuccession,
    RegisterCoverage,
)
from governance.regions.registers import offered_registers


class RegionForm(RecordForm):
    """Corrects a place."""

    class Meta(RecordForm.Meta):
        model = Region
        fields = ("name", "urban_rural_code", "since", "until", "partial")


class SuccessionForm(RecordForm):
    """One place follows another."""

    class Meta(RecordForm.Meta):
        model = RegionSuccession
        fields = ("predecessor", "successor", "changed_on")


class EstateForm(RecordForm):
    """An estate."""

    class Meta(RecordForm.Meta):
        model = Estate
        fields = ("community", "name", "households", "since", "party_branch_from", "until")


class FacilityForm(RecordForm):
    """A facility."""

    class Meta(RecordForm.Meta):
        model = Facility
        fields = ("region", "kind", "name", "address", "floor_area", "capacity", "since", "until")


class ComponentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Components, each with its item in front, for there is one list for all items."""

    def label_from_instance(self, component: Any) -> str:
        """Return `item / component`."""
        return f"{component.item} / {component}"


class CapabilityForm(RecordForm):
    """A statement about a capability."""

    component = ComponentField(
        label=_("分项"),
        required=False,
        queryset=CapabilityComponent.objects.select_related("item").order_by("item__order", "order"),
    )

    class Meta(RecordForm.Meta):
        model = RegionCapability
        fields = ("region", "item", "component", "statement", "since", "until", "evidence", "note")


class RegisterCoverageForm(RecordForm):
    """From when on a register is kept."""

    register = forms.ChoiceField(
        label=_("台账"),
        choices=offered_registers,
        help_text=_("单个能力项另有说明的，以单项为准；下级另有说明的，以最近的为准。"),
    )

    class Meta(RecordForm.Meta):
        model = RegisterCoverage
        fields = ("region", "register", "since", "note")


class DivisionUploadForm(forms.Form):
    """A division file from the browser."""

    file = forms.FileField(
        label=_("区划文件"),
        validators=[FileCheck({".csv": (), ".gz": (b"\x1f\x8b",), ".xz": (b"\xfd7zXZ",)}, size=50 * MIB)],
        help_text=_(
            "CSV（可用 .gz 或 .xz 压缩），列名：code,name,level,parent_code。UTF-8 或 GB18030 均可，不超过 50 MB。"
        ),
    )
    on = forms.DateField(
        label=_("变更生效日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("首次导入不填；以后导入变更时填，新设和撤销的地区从这一天起算。"),
    )
    complete = forms.BooleanField(
        label=_("文件列全了所列地区的下级"),
        required=False,
        help_text=_("勾选并填了生效日期时，文件中没有的下级地区从这一天起停用。"),
    )
