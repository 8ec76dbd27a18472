"""The admin over a `Listing`: same rows, same search, same columns, same actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.adminconfirm import confirm_view, unconfirmed
from governance.kit.adminmoves import move_buttons, move_urls
from governance.kit.cells import plain_of
from governance.kit.choices import scope_choices
from governance.kit.counting import CountedPaginator
from governance.kit.errors import DomainError
from governance.kit.forms import PrivateFileInput
from governance.kit.imports.heads import import_address
from governance.kit.keeping import kept_for
from governance.kit.listing import Listing
from governance.kit.scoping import may
from governance.kit.tables import columns_wanted


class ListingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows what the list shows, to the rows in scope; writes through the listing's actions."""

    listing: ClassVar[Listing]
    actions = None
    list_per_page = 50
    paginator = CountedPaginator
    show_full_result_count = False
    view_on_site = False
    change_form_template = "admin/kit/change_form.html"
    change_list_template = "admin/kit/change_list.html"
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {models.FileField: {"widget": PrivateFileInput}}

    def get_urls(self) -> list[Any]:
        """Add the page that moves a record on in its life."""
        return [*move_urls(self), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the state of the record and the moves that the user may make."""
        record, states = context.get("original"), self.listing.states
        context["moves"] = move_buttons(self.listing, record, request.user)
        context["state"] = states.word(record) if states is not None and record is not None else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Say since when the register is kept at the user's place, or that it is not; lead to the import of files."""
        keeping = kept_for(self.listing, request.user, getattr(request.user, "region", None))
        more = {"keeping": keeping, "import_url": import_address(self.listing, request.user)}
        return super().changelist_view(request, more | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows in scope; autocompletes, history and changes all come through here."""
        return self.listing.rows(request.user).order_by(*(self.listing.model._meta.ordering or ("pk",)))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns that the table shows at first."""
        return [_cell(self.listing, name) for name in columns_wanted(self.listing.table, ())]

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the look-ups of the list's search."""
        return self.listing.filterset.search

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters whose choices are the same for everybody; related records would leak names."""
        fields = {field.name: field for field in self.listing.model._meta.concrete_fields}
        return [
            name
            for name in self.listing.filterset.base_filters
            if name in fields
            and not fields[name].is_relation
            and (fields[name].choices or fields[name].get_internal_type() == "BooleanField")
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields of the list's form."""
        names: list[Any] = (
            list(self.listing.form._meta.fields) if self.listing.form else [field.name for field in self._own()]
        )
        # private files have no address; who may not change a record reaches them through its page
        if not self._may(request, "change" if obj else "add", obj):
            return [name for name in names if name not in self.listing.files]
        return [*names, "seen"] if obj and self.listing.form else names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Without a form nothing can be edited."""
        return [] if self.listing.form else [field.name for field in self._own()]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the list's form, made for this user."""
        if self.listing.form is None:
            return super().get_form(request, obj, change, **kwargs)
        base, user, action = self.listing.form, request.user, self.listing.action("change" if obj else "add")
        waiting = obj is not None and unconfirmed(self.listing, request)

        class ScopedForm(base):  # type: ignore[misc,valid-type]
            saved: Any = None
            reviewing = False  # whether it is only asked what it would change

            def __init__(self, *arguments: Any, **options: Any) -> None:
                super().__init__(*arguments, user=user, **options)

            def _post_clean(self) -> None:
                # the action runs as the last check, so that what it refuses is shown like any error of the form
                super()._post_clean()
                if self.reviewing or self.errors or action is None:
                    return
                if waiting:
                    self.run(records.proposed, obj)
                    self.add_error(None, _("改动还没有保存。"))
                else:
                    self.saved = self.run(action, *((obj,) if obj else ()))

        return super().get_form(request, obj, change, form=ScopedForm, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Narrow related choices and leave out the shortcuts to other admin pages."""
        if db_field.is_relation:
            field = db_field.formfield(**kwargs)
            if field is not None:
                scope_choices({db_field.name: field}, request.user)
            return field
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the model to those who may see it."""
        return self.listing.allows(request.user, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the permission at the record's home."""
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the permission and the action."""
        return self.listing.form is not None and self._may(request, "add", None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the permission at the record's home, and the action."""
        return self.listing.form is not None and self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the permission at the record's home, and the action."""
        return self._may(request, "delete", obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Take over what the action saved, and tell what it has to tell; the form ran it."""
        obj.__dict__.update(form.saved.__dict__)
        if notice := getattr(form.saved, "notice", ""):
            self.message_user(request, notice, messages.INFO)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show first what a change would change, where the listing asks for that."""
        asked = confirm_view(self, request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context) if asked is None else asked

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Show a refusal of the action on the record's own page."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as refusal:
            self.message_user(request, refusal.reason, messages.ERROR)
            return redirect(request.path.replace("/delete/", "/change/"))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove through the action."""
        self.listing.action("delete")(obj, by=request.user)  # type: ignore[misc]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Allow the menu's own filters only: any other look-up would read fields letter by letter."""
        names = {} if request is None else set(self.get_list_filter(request))
        return lookup in {f"{name}{ending}" for name in names for ending in ("", "__exact", "__isnull")}

    def _may(self, request: HttpRequest, verb: str, obj: Model | None) -> bool:
        if obj is None or verb == "view":
            return self.listing.allows(request.user, verb) and (obj is None or may(request.user, verb, obj))
        return self.listing.lets(request.user, verb, obj)

    def _own(self) -> list[Any]:
        return [field for field in self.listing.model._meta.concrete_fields if not field.primary_key]


def _cell(listing: Listing, name: str) -> Callable[[Any], Any]:
    value_of = plain_of(listing.table([]).columns[name])

    @admin.display(description=listing.table.label(name), empty_value="—")
    def cell(record: Any) -> Any:
        return value_of(record)

    return cell
