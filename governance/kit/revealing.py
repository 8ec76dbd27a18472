"""Showing what is masked: one record, for a purpose that is named and kept, so many times a day.

A listing names what can be revealed (`reveals`), its model the permission (`reveal_<model>`). The trail is told who
looked at what of whom and what for; never what she saw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.listing import Listing
from governance.kit.masks import holds_number
from governance.kit.refusals import missing_for
from governance.kit.scoping import may, region_path_of
from governance.kit.sealed import Sealed
from governance.kit.texts import refused_character

VERB = "reveal"
SECONDS = 60  # what is shown is masked again after this
NOTE = (4, 200)  # characters
_LOCKS = 7308  # the class of our advisory locks

# How often a user has looked today, told by whoever reads the trail.
Counter = Callable[[Any], int]
_counters: list[Counter] = []


class Purpose(TextChoices):
    """What somebody may look for."""

    IDENTITY = "identity", gettext_lazy("核对身份")
    CONTACT = "contact", gettext_lazy("联系本人")
    SERVICE = "service", gettext_lazy("办理业务")
    CORRECTION = "correction", gettext_lazy("更正资料")
    REQUEST = "request", gettext_lazy("本人申请查阅或复制")
    COMPLAINT = "complaint", gettext_lazy("处理投诉、举报")
    INSPECTION = "inspection", gettext_lazy("监督检查")
    LAW = "law", gettext_lazy("依法向有关机关提供")


def counted_by(counter: Counter) -> None:
    """Register what counts the looks of a user today."""
    _counters[:] = [counter]


def choices(listing: Listing) -> list[tuple[str, str]]:
    """Return what can be revealed of a record, by name and label."""
    fields = {field.name: field for field in listing.model._meta.concrete_fields}
    return [(name, str(fields[name].verbose_name)) for name in listing.reveals]


def reveal(
    listing: Listing, record: Model, *, by: Any, fields: Collection[str], purpose: str, note: str
) -> dict[str, str]:
    """Return what `fields` hold, by name; nothing recorded is an empty text. Who looked is on the trail first.

    Raises `PermissionDenied` without the permission at the record's home, `DomainError` for a purpose that is none,
    and when the looks of the day are used up.
    """
    if not may(by, VERB, record):
        raise missing_for(by, VERB, record)
    names = [name for name in listing.reveals if name in fields]
    if not names or set(fields) - set(names):
        raise DomainError(_("请选择要查看的内容。"), code="fields", field="fields")
    if purpose not in Purpose.values:
        raise DomainError(_("请选择查看的用途。"), code="purpose", field="purpose")
    note = note.strip()
    _refuse_note(note)
    with transaction.atomic():
        with connection.cursor() as cursor:  # of two at once the second one sees what the first has used up
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, by.pk % 2**31])
        if _counters[0](by) >= settings.REVEALS_PER_DAY:
            text = _("今天查看敏感信息已达 %(number)d 次的上限，明天才能再看。确有需要，请联系本级管理员。")
            raise DomainError(text % {"number": settings.REVEALS_PER_DAY}, code="reveals_used_up")
        told = {"fields": names, "purpose": purpose, "note": note}
        emit(Event(f"{listing.label}.{VERB}", by, record, region_path_of(record), after=told))
    return {name: text_of(getattr(record, name)) for name in names}


def _refuse_note(note: str) -> None:
    """Refuse a note that says nothing, or that would carry a number onto the trail."""
    if not NOTE[0] <= len(note) <= NOTE[1] or refused_character(note):
        text = _("请写明具体事由（%(least)s 到 %(most)s 个字）。")
        raise DomainError(text % {"least": NOTE[0], "most": NOTE[1]}, code="note", field="note")
    if holds_number(note):
        raise DomainError(_("事由会长期保存，请不要写证件、电话等号码。"), code="note", field="note")


def text_of(value: Any) -> str:
    """Return what a masked field holds, whole; of a person her name, of nothing an empty text."""
    if isinstance(value, Sealed):
        return value.open()
    return "" if value is None else str(getattr(value, "name", value))  # of a person her name
