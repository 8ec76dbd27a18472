"""The catalogues of services and of who may render them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.files import FileCheck, evidence_path
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, no_overlap
from governance.regions.keys import home


class CatalogueQuerySet(AliveQuerySet, ScopedQuerySet):
    """Catalogues are homed at the region for which they were published, and hold for all places below it."""

    def nameable_by(self, user: Any) -> Self:
        """Return the catalogues that a purchase of `user` may rest on: also those of the places above."""
        return self.visible_or_above(user)


@classified(public="id region kind title document_no since until changed_at", internal="file")
class Catalogue(Record):
    """A catalogue, from the day it came into force to the day it went out of it."""

    class Kind(models.TextChoices):
        """The three catalogues."""

        PUBLIC_SERVICES = "public_services", _("社区公共服务目录")
        PURCHASE_SERVICES = "purchase_services", _("社区购买服务目录")
        QUALIFIED_ORGANIZATIONS = "qualified_organizations", _("具备资质的社会组织目录")

    region = home("catalogues", label=_("发布地区"))
    kind = models.CharField(_("目录类型"), max_length=24, choices=Kind)
    title = models.CharField(_("目录名称"), max_length=120)
    document_no = models.CharField(_("文号"), max_length=60, blank=True)
    file = models.FileField(
        _("目录文件"),
        upload_to=evidence_path,
        blank=True,
        max_length=200,
        validators=[FileCheck()],
        help_text=_("PDF、图片、Word 或 Excel，不超过 10 MB。"),
    )
    since = models.DateField(_("施行日期"))
    until = models.DateField(_("停用日期"), null=True, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("目录")
        verbose_name_plural = pgettext_lazy("plural", "目录")
        ordering = ("region__path", "kind", "-since")
        constraints = (
            ends_after_start("catalogue_ends_after_start"),
            no_overlap("catalogue_once", "region", "kind", message=_("这个地区在同一时间已有同类目录在施行。")),
        )
        indexes = (
            models.Index(  # what the engine reads
                fields=("region", "since"), include=("until", "kind"), name="catalogue_covering"
            ),
        )

    def __str__(self) -> str:
        return self.title
