"""From when on a register is kept at a place: before that and without it, no row says nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.wording import bracketed
from governance.regions.keys import home
from governance.regions.models.region import Region
from governance.regions.registers import CAPABILITIES, item_registers, register_name, registers


class RegisterCoverageQuerySet(ScopedQuerySet):
    """Statements are homed at the region they speak of."""

    def deciding_at(self, region: Region) -> list[RegisterCoverage]:
        """Return, for each register, the statement that decides at `region`: the nearest one going upwards.

        Statements of places above are part of what holds here, whoever asks. Of one about an item and one about all
        capabilities the nearer decides; at the same place the one about the item.
        """
        codes = [*region.ancestor_codes, region.code]
        rows = self.filter(region__code__in=codes).select_related("region").order_by("region__path")
        nearest: dict[str, RegisterCoverage] = {row.register: row for row in rows}  # the last one is the nearest
        general, items = nearest.get(CAPABILITIES), item_registers()

        def beaten(row: RegisterCoverage) -> bool:
            return general is not None and row.register in items and len(row.region.path) < len(general.region.path)

        return [row for row in nearest.values() if not beaten(row)]


@classified(public="id region register since note changed_at")
class RegisterCoverage(Record):
    """A register is kept at a place, and below it where nothing nearer says otherwise, from `since` on.

    `register` is a code of `regions.registers`: the name of a source, `capabilities`, or one capability item.
    """

    region = home("register_coverage", label=_("地区"))
    register = models.CharField(_("台账"), max_length=60)
    since = models.DateField(_("启用日期"), help_text=_("从所在的月份起算。"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = RegisterCoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("台账启用")
        verbose_name_plural = pgettext_lazy("plural", "台账启用")
        ordering = ("region__path", "register")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "register"),
                include=("since",),  # the engine reads it from the index
                name="register_coverage_once",
                violation_error_message=_("这个地区已经说明过这个台账从何时启用。"),
            ),
        )

    def __str__(self) -> str:
        return bracketed(self.get_register_display(), self.region)

    def get_register_display(self) -> str:
        """Return the register in words."""
        return register_name(self.register)

    def clean(self) -> None:
        """Refuse a register that does not exist."""
        super().clean()
        if self.register and self.register not in registers():
            text = gettext("没有“%(register)s”这个台账。") % {"register": self.register}
            raise ValidationError({"register": text})
