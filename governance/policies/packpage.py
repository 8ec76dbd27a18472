"""The page of the admin that loads a pack: given as a file or as text, checked, compared, confirmed, loaded."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.files import MIB, FileCheck
from governance.kit.refusals import missing
from governance.kit.scoping import permission
from governance.policies.models import Indicator, Policy, Target
from governance.policies.packing import load_files
from governance.policies.packing.difference import Difference
from governance.policies.packing.findings import Finding
from governance.policies.packing.rights import may_load
from governance.policies.packing.rows import IndicatorRow
from governance.policies.wording import target_line

LONGEST = MIB // 2  # the longest of the packs that come with the portal has 40 kB
_NAME = "pack.yaml"


class PackForm(forms.Form):
    """A pack, as a file or as text; a file that was read is shown as text from then on."""

    file = forms.FileField(
        label=gettext_lazy("政策包文件"),
        required=False,
        validators=[FileCheck({".yaml": (), ".yml": ()}, LONGEST)],
        help_text=gettext_lazy("YAML 格式，UTF-8 编码，不超过 0.5 MB。"),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴内容"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "cols": 100, "spellcheck": "false"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> str:
        """Return the text of the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(_("文件不是 UTF-8 编码。")) from None

    def clean(self) -> dict[str, Any]:
        """Take the file before the text; ask for one of them."""
        given = super().clean() or {}
        if not self.errors:
            pack = (given["file"] or given["text"]).replace("\r\n", "\n").replace("\r", "\n")
            if not pack.strip():
                raise ValidationError(_("请选择文件或者粘贴内容。"))
            given["pack"] = pack
        return given


def load_pack(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the form; then the faults line by line, or what would change; then, confirmed as it was seen, load."""
    if not may_load(request.user):
        raise missing(request.user, permission(Policy, "add"))
    form = PackForm(request.POST, request.FILES) if request.method == "POST" else PackForm()
    context = model_admin.admin_site.each_context(request) | {
        "opts": Policy._meta,
        "title": _("载入政策包"),
        "form": form,
    }
    if not form.is_valid():
        return render(request, "admin/policies/load.html", context, status=400 if form.is_bound else 200)
    pack = form.cleaned_data["pack"]
    form = context["form"] = PackForm(initial={"text": pack})
    if "edit" in request.POST:
        return render(request, "admin/policies/load.html", context)
    confirmed = "confirmed" in request.POST
    with transaction.atomic():
        outcome = load_files([(_NAME, pack.encode())], by=request.user, dry_run=not confirmed)
        difference = None if outcome.refused else outcome.differences[0]
        seen = "" if difference is None else _mark(pack, difference)
        agreed = confirmed and seen == request.POST.get("seen")
        if confirmed and not agreed:
            transaction.set_rollback(True)
    if difference is None:
        context["findings"] = _told(outcome.findings, pack)
        return render(request, "admin/policies/load.html", context, status=400)
    if agreed:
        policy = Policy.objects.get(slug=difference.pack.slug)
        messages.success(request, _("已载入：%(policy)s。数值随后自动更新。") % {"policy": policy})
        return redirect(reverse("admin:policies_policy_change", args=[policy.pk]))
    context |= _preview(difference) | {"seen": seen, "pack": pack, "stale": confirmed}
    return render(request, "admin/policies/load_preview.html", context, status=409 if confirmed else 200)


def _mark(pack: str, difference: Difference) -> str:
    """Return what stands for the pack and all that it would change: what is confirmed is what was seen."""
    lines = [line for change in difference.changes() for line in change.lines()]
    return sha256(repr((pack, lines)).encode()).hexdigest()


def _told(findings: list[Finding], pack: str) -> list[dict[str, Any]]:
    """Return the faults with the lines at which they stand."""
    lines = pack.split("\n")
    return [
        {
            "line": finding.place.line,
            "column": finding.place.column,
            "text": lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else "",
            "message": finding.message,
        }
        for finding in findings
    ]


def _preview(difference: Difference) -> dict[str, Any]:
    """Return what a new policy asks for, or what a stored one would have otherwise."""
    fields = difference.pack.fields
    changes = [] if difference.new else [line for change in difference.changes() for line in change.lines()]
    return {
        "policy": fields,
        "new": difference.new,
        "counts": difference.counts(),
        "clauses": [
            {
                "quote": clause.fields["display"] or clause.fields["quote"],
                "rows": [_row(row) for row in clause.indicators],
            }
            for clause in difference.pack.clauses
        ],
        "differences": [{"label": what, "before": before, "after": after} for what, before, after in changes],
    }


def _row(row: IndicatorRow) -> dict[str, Any]:
    fields = row.fields
    below = fields["denominator"]
    return {
        "slug": fields["slug"],
        "name": fields["name"],
        "kind": Indicator.Kind(fields["kind"]).label,
        "formula": fields["numerator"] if below == "1" else f"{fields['numerator']} ÷ {below}",
        "targets": [
            target_line(
                Target(**{name: part.fields[name] for name in ("due", "value", "high", "yearly")}), fields["unit"]
            )
            for part in row.targets
        ],
    }
