"""Generic pages over a `Listing`: list, export, record, form, removal, file. `pages()` gives their addresses."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views import generic
from django_tables2.config import RequestConfig

from governance.kit import export
from governance.kit.counting import CountedPaginator
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.facts import facts_of
from governance.kit.filedownload import file_response
from governance.kit.filters import FilterSet
from governance.kit.fullexport import address as whole_address
from governance.kit.history import has_history
from governance.kit.imports.again import Again
from governance.kit.imports.heads import import_address
from governance.kit.keeping import kept_for
from governance.kit.listing import Listing
from governance.kit.masks import mask_all
from governance.kit.moves import buttons
from governance.kit.refusals import missing, missing_for
from governance.kit.related import parted
from governance.kit.savedfilters import keepable, kept_by
from governance.kit.scoping import may, permission
from governance.kit.states import States
from governance.kit.tables import Table, columns_wanted
from governance.kit.wording import inside

PAGE_SIZES = (20, 50, 100)
PRINT_ROWS = 1000


class ListingMixin(LoginRequiredMixin):
    """Asks for the verb of the page and stays inside the user's scope: 403 without the right, 404 outside the scope."""

    listing: Listing = cast(Listing, None)  # given by the route
    verb: ClassVar[str] = "view"
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse before anything is read."""
        if request.user.is_authenticated and not self.listing.allows(request.user, self.verb):
            raise missing(request.user, permission(self.listing.model, self.verb))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        # a list answers with the whole page or with a part of it: the browser must not take one for the other
        patch_vary_headers(response, ["HX-Request"])
        return response

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows in scope."""
        return self.listing.rows(self.request.user)

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        """Return the record in scope, or 404; 403 where it may be seen but not written."""
        record = self.get_queryset().filter(**{self.listing.key: self.kwargs[self.listing.key]}).first()
        if record is None:
            raise Http404
        if not may(self.request.user, self.verb, record):
            raise missing_for(self.request.user, self.verb, record, first=_("这条记录您可以查看，但不能修改。"))
        return record  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the listing and what the user may do with it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        meta = self.listing.model._meta
        return context | {
            "listing": self.listing,
            "title": meta.verbose_name_plural,
            "noun": inside(meta.verbose_name),
            "list_url": self.listing.url("list"),
            "add_url": self.listing.url("add") if self.listing.allows(self.request.user, "add") else None,
            "import_url": import_address(self.listing, self.request.user),
        }


class ListPage(ListingMixin, generic.TemplateView):
    """The filtered, sorted, paged table; `?print=1` gives up to 1,000 rows on one page."""

    template_name = "kit/list.html"

    def get_template_names(self) -> list[str]:
        """Answer a partial request with the list alone."""
        return ["kit/list_body.html"] if getattr(self.request, "htmx", False) else [self.template_name]

    def table(self, rows: QuerySet[Any]) -> Table:
        """Return the table of the page asked for."""
        asked = self.request.GET
        wanted = columns_wanted(self.listing.table, asked.getlist("columns"))
        table = self.listing.table(rows, exclude=[name for name in self.listing.table.names() if name not in wanted])
        size = int(asked["per_page"]) if asked.get("per_page", "") in map(str, PAGE_SIZES) else PAGE_SIZES[0]
        size = PRINT_ROWS if "print" in asked else size
        # the framework would take any size from the address, also one below 1 or without an end
        RequestConfig(self.request, paginate=False).configure(table)
        table.paginate(CountedPaginator, per_page=size)
        table.page = table.paginator.get_page(asked.get("page"))  # an unknown number gives the last page, no error
        return table

    def _place(self, filterset: FilterSet) -> Any:
        """Return the place that the list is about: that of the filter, else the user's own."""
        asked = filterset.form.cleaned_data.get("region") if filterset.form.is_valid() else None
        return asked or getattr(self.request.user, "region", None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add filters, table and the addresses that keep the filters."""
        filterset = self.listing.filtered(self.request.user, self.request.GET)
        table = self.table(filterset.rows)
        kept = self.request.GET.copy()
        for name in ("page", "per_page", "print"):
            kept.pop(name, None)
        return super().get_context_data(**kwargs) | {
            "filterset": filterset,
            "chips": filterset.chips(),
            "table": table,
            "count": table.paginator.count,
            "more": table.paginator.more,
            "columns": [
                {"name": name, "label": table.label(name), "shown": name not in table.exclude}
                for name in self.listing.table.names()
            ],
            "page_sizes": PAGE_SIZES,
            "kept": kept.urlencode(),
            "exports": {kind: f"{self.listing.url('export', kind=kind)}?{kept.urlencode()}" for kind in export.WRITERS},
            "whole_url": whole_address(self.listing, self.request.user, kept.urlencode()),
            "printing": "print" in self.request.GET,
            "saved": kept_by(self.listing, self.request.user),
            "keepable": keepable(self.listing, self.request.GET),
            "keeping": kept_for(self.listing, self.request.user, self._place(filterset)),
        }


class ExportPage(ListingMixin, generic.View):
    """The list's rows as a file, with the filters of the page."""

    http_method_names = ["get"]  # noqa: RUF012  HEAD would run the export, and note it, for nobody

    def get(self, request: HttpRequest, kind: str, **kwargs: Any) -> HttpResponseBase:
        """Return the file and note the export on the trail."""
        writer = export.WRITERS.get(kind)
        filterset = self.listing.filtered(request.user, request.GET)
        if writer is None:
            raise Http404
        if not filterset.form.is_valid():
            raise DomainError(_("筛选条件有误，没有导出任何数据。"))
        rows = filterset.rows
        sort = request.GET.get("sort")
        name = str(self.listing.model._meta.verbose_name_plural)
        label = self.listing.model._meta.label_lower
        filters = {name: str(value) for name, value in filterset.form.cleaned_data.items() if value not in (None, "")}
        if "q" in filters:
            filters["q"] = mask_all("")  # names are looked for, and the trail keeps none
        emit(Event(f"{label}.export", request.user, after={"kind": kind, "rows": rows.count(), "filters": filters}))
        table = self.listing.table(rows, order_by=sort) if sort else self.listing.table(rows)
        return writer(Again(self.listing, table), name)


class DetailPage(ListingMixin, generic.DetailView):  # type: ignore[type-arg]
    """One record: its fields, its actions, and what points to it."""

    template_name = "kit/detail.html"
    context_object_name = "record"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the facts and the addresses of what the user may do."""
        user, record, listing = self.request.user, self.object, self.listing
        context = super().get_context_data(**kwargs) | {"facts": facts_of(listing, record, user)}
        context["lists"] = partial(parted, record, user)  # a page of its own may not show them
        context["history_url"] = listing.url("history", record) if has_history(listing.model) else None
        for verb, page in (("change", "change"), ("delete", "remove")):
            context[f"{page}_url"] = listing.url(page, record) if listing.lets(user, verb, record) else None
        if listing.reveals:
            context["reveal_url"] = listing.url("reveal", record) if may(user, "reveal", record) else None
        if listing.states is not None:
            context |= life_of(listing, listing.states, record, user)
        return context


def life_of(listing: Listing, states: States, record: Model, user: Any) -> dict[str, Any]:
    """Return the record's state as colour, icon and word, and the moves that `user` may make."""
    look, icon = states.looks[states.of(record)]
    made = buttons(states, record, user)
    return {
        "state": {"look": look, "icon": icon, "word": states.word(record)},
        "moves": [{"button": button, "url": listing.url("move", record, move=button.name)} for button in made],
        "has_primary_move": any(button.primary for button in made),
    }


class FormPage(ListingMixin, generic.TemplateView):
    """The form of a new or an existing record."""

    template_name = "kit/form.html"
    record: Model | None = None

    def form(self, data: Any = None, files: Any = None) -> Any:
        """Return the form, filled from the address for a new record."""
        assert self.listing.form is not None  # noqa: S101  pages() gives no form page without one
        initial = self.request.GET.dict() if self.record is None else None
        return self.listing.form(data, files, user=self.request.user, instance=self.record, initial=initial)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the action; show the form again with what was refused, nothing lost."""
        form = self.form(request.POST, request.FILES)
        saved = form.run(self.listing.action(self.verb), *self.target()) if form.is_valid() else None
        if saved is None:
            return self.render_to_response(self.get_context_data(form=form), status=400)
        messages.success(request, _("已保存：%(record)s") % {"record": saved})
        if notice := getattr(saved, "notice", ""):  # what the action has to tell beside that
            messages.info(request, notice)
        return redirect(saved.get_absolute_url())

    def target(self) -> tuple[Model, ...]:
        """Return the record that the action changes, if any."""
        return () if self.record is None else (self.record,)


class AddPage(FormPage):
    """A new record."""

    verb = "add"


class ChangePage(FormPage):
    """An existing record."""

    verb = "change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the record in scope first."""
        if request.user.is_authenticated and self.listing.allows(request.user, self.verb):
            self.kwargs, self.request = kwargs, request
            self.record = self.get_object()
            if self.listing.states is not None:
                self.listing.states.require_free(self.record, request.user, "change")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the record."""
        return super().get_context_data(**kwargs) | {"record": self.record}


class RemovePage(ListingMixin, generic.DetailView):  # type: ignore[type-arg]
    """Asks once more, then removes."""

    verb = "delete"
    template_name = "kit/remove.html"
    context_object_name = "record"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove; a refusal is shown with its reason."""
        record = self.object = self.get_object()
        remove = self.listing.remove
        assert remove is not None  # noqa: S101  allows() asked
        try:
            remove(record, by=request.user)
        except DomainError as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal.reason), status=409)
        messages.success(request, _("已删除：%(record)s") % {"record": record})
        return redirect(self.listing.url("list"))


class FilePage(ListingMixin, generic.View):
    """A private file of a record, for those who may see the record."""

    def get(self, request: HttpRequest, field: str, **kwargs: Any) -> HttpResponseBase:
        """Return the file as a download, noted on the trail."""
        record = self.get_object()
        if field not in self.listing.files:
            raise Http404
        return file_response(request, record, field)
