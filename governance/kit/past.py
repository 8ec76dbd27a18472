"""Days of what has happened: none of them is still to come."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _


def refuse_future(record: Model, *names: str) -> None:
    """Refuse, each at its field, days after today; a database cannot know what day it is."""
    today = timezone.localdate()
    late = [name for name in names if isinstance(day := getattr(record, name), date) and day > today]
    if late:
        raise ValidationError({name: _("不能填以后的日期。") for name in late})


def not_before(later: str, earlier: str) -> Q:
    """Return the condition that the day `later`, where there is one, does not come before `earlier`, where known."""
    return Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)})
