"""Records that hold from one day to another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet


class AliveScoped(AliveQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Rows in scope that have a span; a model that is homed elsewhere than at `region` subclasses it."""


class SpannedRecord(Record):
    """A record with the first day on which it holds, and the first on which it no longer does.

    The constraint `ends_after_start("<model>_ends_after_start")` stays with the model, for it has a name of its own.
    """

    since = models.DateField(_("启用日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)

    objects = AliveScoped.as_manager()

    class Meta:
        abstract = True
