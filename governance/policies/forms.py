"""Forms of this app."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from governance.kit.forms import RecordForm
from governance.kit.wording import bracketed
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.fields import RegionField
from governance.regions.models import Level


class SlugChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A record chosen by its slug, so that an address can fill it in: `?policy=chongqing-2022`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(to_field_name="slug", **options)

    def prepare_value(self, value: Any) -> Any:
        """Show the slug of a stored record."""
        if isinstance(value, int):
            return self.queryset.model._default_manager.filter(pk=value).values_list("slug", flat=True).first()  # type: ignore[union-attr]
        return super().prepare_value(value)


class IndicatorChoice(SlugChoice):
    """An indicator, each with its policy behind it, for names repeat between policies."""

    def label_from_instance(self, indicator: Any) -> str:
        """Return `name（policy）`."""
        return bracketed(indicator, indicator.policy.document_no or indicator.policy)


class ClauseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A passage by its number and its first words; among those of several policies with the policy behind it."""

    of_one_policy = False

    def label_from_instance(self, clause: Any) -> str:
        """Return `3. 社区基金…`, or `3. 社区基金…（policy）`."""
        words = f"{clause.position}. {Truncator(clause.shown).chars(40)}"
        return words if self.of_one_policy else bracketed(words, clause.policy.document_no or clause.policy)


class LevelsChoice(forms.TypedMultipleChoiceField):
    """Some levels of the tree, in its order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Level, required=False, empty_value=[], **options)

    def clean(self, value: Any) -> Any:
        """Return the levels in the order of the tree."""
        given = super().clean(value)
        return [level.value for level in Level if level.value in given]


class LinesField(forms.CharField):
    """A list of short texts, one on each line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, help_text=_("每行一条。"), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show the list as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists."""
        return bool(self.to_python(data) != list(initial or []))


class PolicyForm(RecordForm):
    """A policy document."""

    region = RegionField(label=_("适用地区"))

    class Meta(RecordForm.Meta):
        model = Policy
        fields = (
            "title", "title_en", "slug", "document_no", "issued_on", "region", "valid_from", "valid_to", "public",
            "responsible", "responsible_en", "note", "note_en",
        )  # fmt: skip


class ClauseForm(RecordForm):
    """A passage; verbatim, so that not even spaces at its ends are taken away."""

    policy = SlugChoice(label=_("政策"), queryset=Policy.objects.all())
    quote = forms.CharField(
        label=_("原文"), strip=False, widget=forms.Textarea, help_text=_("逐字照录，原文有误也不改。")
    )
    display = forms.CharField(
        label=_("显示文本"), required=False, widget=forms.Textarea,
        help_text=_("原文有错漏时，这里写页面上显示的文字；没有就不填。"),
    )  # fmt: skip

    class Meta(RecordForm.Meta):
        model = Clause
        fields = ("policy", "position", "quote", "display")


class IndicatorForm(RecordForm):
    """An indicator; clauses and wholes are those of its policy, once that is known."""

    policy = SlugChoice(label=_("政策"), queryset=Policy.objects.all())
    clause = ClauseChoice(label=_("条款"), queryset=Clause.objects.select_related("policy"))
    subset_of = SlugChoice(label=_("属于其中一部分"), queryset=Indicator.objects.all(), required=False)
    region = RegionField(label=_("专指地区"), required=False)
    unit_levels = LevelsChoice(label=_("单位级别"))
    verdict_levels = LevelsChoice(label=_("判断级别"), help_text=_("这些级别的地区有达标结论。"))
    show_levels = LevelsChoice(label=_("参考级别"), help_text=_("这些级别的地区只列数值，同总目标比照。"))
    checklist = LinesField(label=_("要点清单"))
    checklist_en = LinesField(label=_("要点清单（英文）"))

    class Meta(RecordForm.Meta):
        model = Indicator
        fields = (
            "policy", "clause", "name", "name_en", "slug", "position", "role", "kind", "numerator", "denominator",
            "factor", "unit", "test", "direction", "unit_levels", "verdict_levels", "show_levels", "region",
            "baseline_on", "baseline_value", "baseline_note", "baseline_note_en", "subset_of", "counts", "counts_en",
            "per", "per_en", "responsible", "responsible_en", "note", "note_en", "reading", "reading_en", "checklist",
            "checklist_en",
        )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        policy = self.instance.policy_id or Policy.objects.filter(slug=self.initial.get("policy") or "").first()
        if policy is not None:
            self.fields["clause"].of_one_policy = True  # type: ignore[attr-defined]
            for name in ("clause", "subset_of"):
                self.fields[name].queryset = self.fields[name].queryset.filter(policy=policy)  # type: ignore[attr-defined]


class OfIndicatorForm(RecordForm):
    """What is said of an indicator and a place: every indicator that one sees can be named, the right is asked later.

    A county hands down to its streets what the city asks of it, on an indicator of the city.
    """

    indicator = IndicatorChoice(label=_("指标"), queryset=Indicator.objects.select_related("policy"))
    region = RegionField(label=_("地区"))
    seen_from_below: ClassVar[bool] = False

    def __init__(self, *arguments: Any, user: Any, **options: Any) -> None:
        super().__init__(*arguments, user=user, **options)
        if self.seen_from_below:
            rows = Indicator.objects.visible_to(user).select_related("policy")
            self.fields["indicator"].queryset = rows  # type: ignore[attr-defined]


class TargetForm(OfIndicatorForm):
    """A number to reach."""

    seen_from_below = True

    class Meta(RecordForm.Meta):
        model = Target
        fields = ("indicator", "region", "origin", "due", "value", "high", "yearly")


class ReferencePointForm(OfIndicatorForm):
    """A fact that the text states."""

    class Meta(RecordForm.Meta):
        model = ReferencePoint
        fields = ("indicator", "region", "on", "text", "value", "bound")
