"""The messages of who is signed in: a page of them, and marking them as read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView, View

from governance.desk.mailbox import KEPT, mark_read
from governance.desk.models import Message
from governance.kit.messages import Kind

A_PAGE = 30
LOOKS = {
    Kind.DUE: ("st-behind", "calendar-due"),
    Kind.OVERDUE: ("st-overdue", "alert-octagon"),
    Kind.CONFIRMED: ("st-met", "clipboard-check"),
    Kind.PLAN: ("st-track", "list-check"),
    Kind.TARGET: ("st-track", "target-arrow"),
    Kind.DONE: ("st-met", "circle-check"),
    Kind.FAILED: ("st-overdue", "circle-x"),
}


def asked_kind(given: Any) -> str:
    """Return the kind that is asked for; nothing for all of them."""
    kind = str(given.get("kind", ""))
    return kind if kind in Kind.values else ""


def address(kind: str) -> str:
    """Return the page of one kind, or of all."""
    page = reverse("desk:message_list")
    return f"{page}?{urlencode({'kind': kind})}" if kind else page


class MessageList(LoginRequiredMixin, TemplateView):
    """One's own messages, those that are not read first, the newest first."""

    template_name = "desk/messages.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of messages and how many there are of each kind."""
        own, kind = Message.objects.visible_to(self.request.user), asked_kind(self.request.GET)
        told = own.order_by().values("kind").annotate(all=Count("pk"), new=Count("pk", filter=Q(read_at=None)))
        counts = {each["kind"]: each for each in told}
        page = Paginator(own.filter(kind=kind) if kind else own, A_PAGE).get_page(self.request.GET.get("page"))
        for message in page:
            message.look, message.icon = LOOKS[Kind(message.kind)]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "kind": kind,
            "chips": [
                {"kind": each, "icon": LOOKS[each][1], "word": each.label, "url": address(each), **counts[each]}
                for each in Kind
                if each in counts
            ],
            "total": sum(each["all"] for each in counts.values()),
            "new": sum(each["new"] for name, each in counts.items() if kind in ("", name)),
            "kept": KEPT.days,
        }


class ReadMessages(LoginRequiredMixin, View):
    """Marks messages as read: one (`message`), which may be opened at once (`open`), or all of a kind (`all`)."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest) -> HttpResponse:
        """Mark them, and go on to the page that the message leads to, or back."""
        own, kind = Message.objects.visible_to(request.user), asked_kind(request.POST)
        if "all" in request.POST:
            mark_read(own.filter(kind=kind) if kind else own)
            return redirect(address(kind))
        number = request.POST.get("message", "")
        message = (
            own.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
        )
        if message is None:  # it is older than messages are kept
            return redirect(address(kind))
        mark_read(own.filter(pk=message.pk))
        return redirect(message.url if "open" in request.POST and message.url else address(kind))
