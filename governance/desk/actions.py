"""What a user does with the filters that she keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from governance.desk.models import SavedFilter
from governance.desk.models.saved import AT_MOST
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.listing import Listing
from governance.kit.savedfilters import keepable
from governance.kit.seeking import is_secret
from governance.kit.texts import refused_character

_LONGEST = 30  # of a name


def save_filter(*, by: Any, listing: Listing, name: str, asked: QueryDict) -> SavedFilter:
    """Keep what of `asked` the list knows under a name; the same name again means the new filters."""
    name, query = " ".join(name.split()), keepable(listing, asked)
    if not name or len(name) > _LONGEST or refused_character(name) or is_secret(name):
        raise DomainError(_("请给筛选起一个名称，不超过 30 个字，不含号码。"))
    if not query:
        raise DomainError(_("没有可以保存的筛选条件。证件、电话等号码不保存。"))
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=by.pk)  # one after the other: each takes a free slot
        own = SavedFilter.objects.visible_to(by).filter(listing=listing.label)
        kept = own.filter(name=name).first()
        if kept is None:
            free = set(range(1, AT_MOST + 1)) - set(own.values_list("slot", flat=True))
            if not free:
                raise DomainError(_("一个列表最多保存 %(number)d 个筛选，请先删去不用的。") % {"number": AT_MOST})
            kept = SavedFilter(user_id=by.pk, listing=listing.label, name=name, slot=min(free))
        kept.query = query
        kept.save()
        emit(Event("desk.savedfilter.save", by, kept, after={"listing": kept.listing}))
    return kept


def remove_filter(kept: SavedFilter, *, by: Any) -> None:
    """Forget a kept filter."""
    with transaction.atomic():
        emit(Event("desk.savedfilter.delete", by, kept, before={"listing": kept.listing}))
        kept.delete()
