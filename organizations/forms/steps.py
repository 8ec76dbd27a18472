"""What is asked before an organisation is given another status, moves or is dissolved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.choices import scope_choices
from governance.kit.creditcode import normalised
from governance.kit.errors import DomainError
from governance.kit.references import reference_for
from governance.kit.scoping import permission
from governance.regions.fields import RegionField
from organizations.actions.ending import ways_of
from organizations.models import Organization, OrganizationEnding, OrganizationStatus


class StepForm(forms.Form):
    """What a step asks; `run` puts a refusal at its field."""

    def __init__(self, *arguments: Any, user: Any, organization: Organization, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user, self.organization = user, organization
        self.prepare()
        scope_choices(self.fields, user, user.scope_for(permission(Organization, "change")), home="region")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def prepare(self) -> None:
        """Fit the questions to the organisation, before what may be chosen is narrowed."""

    def run(self, action: Callable[..., Organization], organization: Organization) -> Organization | None:
        """Call the action with the answers; return nothing where it refuses."""
        try:
            return action(organization, by=self.user, **self.cleaned_data)
        except DomainError as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)
        except ValidationError as error:
            for name, texts in getattr(error, "error_dict", {"": error}).items():
                self.add_error(name if name in self.fields else None, ValidationError(texts))
        except PermissionDenied as refusal:
            self.add_error(None, str(refusal))
        return None


class DatedStepForm(StepForm):
    """A step that is taken on a day."""

    on = forms.DateField(
        label=_("日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class StatusForm(DatedStepForm):
    """What an organisation is from a day on; a code is asked for where there is none yet."""

    field_order = ("status", "on", "document_no", "uscc", "uscc_proof")

    status = forms.ChoiceField(label=_("新状态"), choices=OrganizationStatus.Status)
    document_no = forms.CharField(label=_("文号"), required=False, max_length=60)
    uscc = forms.CharField(
        label=_("统一社会信用代码"), required=False, max_length=40, help_text=_("登记的组织必须填，备案的没有。")
    )
    uscc_proof = forms.CharField(
        label=_("代码校验未通过的依据"), required=False, max_length=200,
        help_text=_("个别早期试点代码不合校验规则，写明登记证书等依据后可以保存。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.organization.uscc:
            del self.fields["uscc"], self.fields["uscc_proof"]
        standing = getattr(self.organization, "standing", None)
        climb = list(OrganizationStatus.Status)  # from guided to filed, from filed to registered
        higher = climb.index(OrganizationStatus.Status(standing)) + 1 if standing else 1
        self.fields["status"].initial = climb[min(higher, len(climb) - 1)]

    def clean_uscc(self) -> str | None:
        """Return the code as it is stored."""
        return normalised(self.cleaned_data["uscc"]) or None


class RelocationForm(DatedStepForm):
    """Where an organisation moves."""

    field_order = ("region", "on")

    region = RegionField(label=_("迁往地区"))


class DissolutionForm(DatedStepForm):
    """How and when an organisation ceases, and into which one it goes over."""

    field_order = ("way", "on", "into", "reason", "document_no")

    way = forms.ChoiceField(label=_("终止方式"))
    into = forms.ModelChoiceField(
        label=_("并入的组织"), queryset=Organization.objects.none(), required=False, help_text=_("合并时填写。")
    )
    reason = forms.CharField(label=_("原因"), required=False, max_length=200)
    document_no = forms.CharField(label=_("文号"), required=False, max_length=60)

    def prepare(self) -> None:
        """Offer the ways that its status allows; the other organisation is named as organisations are everywhere."""
        ways: Any = self.fields["way"]
        ways.choices = [(way.value, way.label) for way in ways_of(self.organization)]
        key: Any = OrganizationEnding._meta.get_field("into")
        reference = reference_for(key)
        if reference is not None:
            field = self.fields["into"] = reference.form(key)
            field.help_text = _("合并时填写。")

    def clean(self) -> dict[str, Any]:
        """Ask for the other organisation where, and only where, one goes over into it."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        merged = answers.get("way") == OrganizationEnding.Way.MERGED
        if merged and "into" not in self.errors and answers.get("into") is None:
            self.add_error("into", _("请填写并入哪个组织。"))
        if merged and answers.get("into") == self.organization:
            self.add_error("into", _("组织不能并入自己。"))
        if not merged and answers.get("into") is not None:
            self.add_error("into", _("只有合并时才填并入的组织。"))
        if answers.get("way") == OrganizationEnding.Way.REVOKED and not answers.get("reason"):
            self.add_error("reason", _("撤销登记须写明原因。"))
        return answers


class RestorationForm(StepForm):
    """That an end was entered by mistake; nothing is asked."""
