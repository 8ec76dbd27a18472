"""The field by which records are homed at a place."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.regions.models.region import Level, Region

_HERE = _("所在地区")


def home(related_name: str, *levels: Level, label: Any = _HERE, **options: Any) -> models.ForeignKey[Any, Any]:
    """Return the foreign key to the place at which records are homed; without `levels` a place of any level.

    The levels stand in `limit_choices_to`, where forms, imports and `Record.clean` read them.
    """
    if levels:
        options["limit_choices_to"] = {"level__in": [level.value for level in levels]}
    return models.ForeignKey(Region, models.PROTECT, related_name=related_name, verbose_name=label, **options)
