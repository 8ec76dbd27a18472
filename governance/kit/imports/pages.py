"""The pages at which an import begins: the upload, and the empty table to fill in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import generic

from governance.kit import keeping
from governance.kit.files import MIB, FileCheck
from governance.kit.imports import store
from governance.kit.imports.heads import columns_of, imports_of, natural_of
from governance.kit.imports.template import example_of, note_on, template_response
from governance.kit.listing import Listing
from governance.kit.views import ListingMixin
from governance.kit.wording import listed

ACCEPTED: dict[str, tuple[bytes, ...]] = {".xlsx": (b"PK\x03\x04",), ".csv": (), ".txt": ()}


class UploadForm(forms.Form):
    """A file, and from when on the register is kept where it is not yet."""

    file = forms.FileField(label=gettext_lazy("文件"))
    keep_since = forms.DateField(
        label=gettext_lazy("台账启用日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *arguments: Any, listing: Listing, kept: keeping.Kept | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        said = imports_of(listing)
        size = said.bytes_at_most if said is not None else 0
        self.fields["file"].validators.append(FileCheck(ACCEPTED, size=size))
        self.fields["file"].widget.attrs["accept"] = ",".join(ACCEPTED)
        self.fields["file"].help_text = _("Excel（.xlsx）或 CSV，最多 %(rows)s 行、%(size)s MB。") % {
            "rows": f"{said.rows_at_most:,}" if said is not None else 0,
            "size": size // MIB,
        }
        if kept is None or kept.since is not None or kept.keep_url is None:
            del self.fields["keep_since"]
        else:
            self.fields["keep_since"].help_text = _(
                "本台账在%(place)s还没有启用。填了日期，确认导入时一并启用：从这一天起，没有登记就等于没有。"
            ) % {"place": kept.place}


class ImportPage(ListingMixin, generic.TemplateView):
    """Upload: what the file may hold is said beside it, and the answer is the checked table."""

    verb: ClassVar[str] = "add"
    template_name = "kit/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Be there only for a list that has an import."""
        if imports_of(self.listing) is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None, files: Any = None) -> UploadForm:
        """Return the form."""
        user: Any = self.request.user
        kept = keeping.kept_for(self.listing, user, user.region)
        return UploadForm(data, files, listing=self.listing, kept=kept)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the columns in words."""
        columns, listing = columns_of(self.listing), self.listing
        keys = natural_of(listing)
        natural = [column.heading for column in columns if column.name in keys and not column.part]
        return super().get_context_data(**kwargs) | {
            "columns": [
                {
                    "heading": column.heading,
                    "required": column.required,
                    "note": note_on(column, keys),
                    "example": example_of(column),
                }
                for column in columns
            ],
            "natural": listed(natural),
            "template_url": listing.url("template"),
            "export_url": listing.url("export", kind="xlsx"),
            "form": kwargs.get("form") or self.form(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the file and go to its page."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        user, since = request.user, form.cleaned_data.get("keep_since")
        keep = {"region": user.region, "since": since} if since else None  # type: ignore[union-attr]
        batch = store.receive(self.listing, form.cleaned_data["file"], by=user, keep=keep)
        return redirect(batch.get_absolute_url())


class TemplatePage(ListingMixin, generic.View):
    """The empty table as a workbook; it holds nobody's data."""

    verb: ClassVar[str] = "add"
    http_method_names = ["get"]  # noqa: RUF012  HEAD would make the file for nobody

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Return the file."""
        if imports_of(self.listing) is None:
            raise Http404
        return template_response(self.listing)
