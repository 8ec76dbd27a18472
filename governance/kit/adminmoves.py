"""Moving a record on in its life from the admin: buttons over its form, and the page that asks."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.facts import facts_of
from governance.kit.listing import Listing
from governance.kit.movepage import done
from governance.kit.moves import MoveForm, buttons
from governance.kit.refusals import missing, missing_for
from governance.kit.scoping import may, permission
from governance.kit.states import States, Transition


def move_urls(model_admin: Any) -> list[URLPattern]:
    """Return the address of the page that asks, for a listing with states."""
    listing: Listing = model_admin.listing
    if listing.states is None:
        return []
    meta = listing.model._meta

    def view(request: HttpRequest, object_id: str, move: str) -> HttpResponse:
        return move_view(model_admin, request, object_id, move)

    return [
        path(
            "<path:object_id>/move/<slug:move>/",
            model_admin.admin_site.admin_view(view),
            name=f"{meta.app_label}_{meta.model_name}_move",
        )
    ]


def move_buttons(listing: Listing, record: Any, by: Any) -> list[dict[str, Any]]:
    """Return the moves that `by` may make, each with its address in the admin."""
    if listing.states is None or record is None:
        return []
    name = f"admin:{listing.app}_{listing.model._meta.model_name}_move"
    return [
        {"button": button, "url": reverse(name, args=[record.pk, button.name])}
        for button in buttons(listing.states, record, by)
    ]


def move_view(model_admin: Any, request: HttpRequest, object_id: str, move: str) -> HttpResponse:
    """Ask, then move; a refusal is shown with its reason (409)."""
    listing: Listing = model_admin.listing
    states = cast(States, listing.states)
    transition = states.named(move)
    if transition is None:
        raise Http404
    if not request.user.has_perm(permission(listing.model, transition.verb)):
        raise missing(request.user, permission(listing.model, transition.verb))
    record: Any = model_admin.get_object(request, unquote(object_id))
    if record is None:
        return model_admin._get_obj_does_not_exist_redirect(request, listing.model._meta, object_id)  # type: ignore[no-any-return]
    if not may(request.user, transition.verb, record):
        raise missing_for(request.user, transition.verb, record, first=_("这条记录您可以查看，但不能办理这一步。"))
    posted = request.POST if request.method == "POST" else None
    form: MoveForm | None = MoveForm(posted, transition=transition, record=record, user=request.user)
    if posted is None:
        reason = _refusal(states, transition, record, request.user)
        form = None if reason else form
    else:
        moved, reason = cast(MoveForm, form).attempt()
        if moved is not None:
            messages.success(request, done(transition, moved))
            return redirect(reverse(f"admin:{listing.app}_{listing.model._meta.model_name}_change", args=[moved.pk]))
    context = model_admin.admin_site.each_context(request) | {
        "opts": listing.model._meta,
        "original": record,
        "title": transition.label,
        "transition": transition,
        "facts": facts_of(listing, record),
        "form": form,
        "refusal": reason,
    }
    status = 409 if reason else 200
    return render(request, "admin/kit/move.html", context, status=status)


def _refusal(states: States, transition: Transition, record: Any, by: Any) -> str:
    try:
        states.require(transition, record, by)
    except DomainError as refusal:
        return refusal.reason
    return ""
