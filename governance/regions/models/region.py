"""A place of the division tree, from province to community."""

from __future__ import annotations

from datetime import date
from typing import Any, Self, cast

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.kit.spans import AliveQuerySet, ends_after_start, holds


class Level(models.TextChoices):
    """Levels of the tree; a municipality is a province whose counties hang directly below it."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇（街道）")
    COMMUNITY = "community", _("村（社区）")


class CommitteeType(models.TextChoices):
    """Committee of a community by the last three digits of its code."""

    RESIDENTS = "residents", _("居委会")
    VILLAGERS = "villagers", _("村委会")
    NONE = "none", _("其他")


class TownshipKind(models.TextChoices):
    """Kind of a township by digits 7 to 9 of its code."""

    STREET_OFFICE = "street_office", _("街道")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")
    OTHER = "other", _("类似乡级单位")


class RegionQuerySet(AliveQuerySet, ScopedQuerySet):
    """Places are scoped by their own path."""

    region_path = "path"

    def under(self, region: Region) -> RegionQuerySet:
        """Return the region and everything below it."""
        return self.filter(path__startswith=region.path)


def _by_digits(level: Level, first: int, bands: list[tuple[str, str, str]], rest: str) -> Case:
    """Return the value of the band that three digits of the code lie in, for places of one level; else empty."""
    digits = Substr("code", first, 3)
    whens = [
        When(
            Q(level=level) & Q(GreaterThanOrEqual(digits, Value(low))) & Q(LessThanOrEqual(digits, Value(high))),
            then=Value(value),
        )
        for low, high, value in bands
    ]
    return Case(*whens, When(level=level, then=Value(rest)), default=Value(""), output_field=models.CharField())


def _ends(*endings: str) -> Q:
    condition = Q()
    for ending in endings:
        condition |= Q(name__endswith=ending)
    return condition


# Rules of the statistical division codes (12 digits: province 2, prefecture 2, county 2, township 3, community 3).
_COMMITTEE_BY_CODE = _by_digits(Level.COMMUNITY, 10, [("001", "199", "residents"), ("200", "399", "villagers")], "none")
_TOWNSHIP_KIND = _by_digits(
    Level.TOWNSHIP, 7, [("001", "099", "street_office"), ("100", "199", "town"), ("200", "399", "township")], "other"
)
_COMMITTEE_BY_NAME = Case(
    When(~Q(level=Level.COMMUNITY), then=Value("")),
    When(_ends("村委会", "村民委员会", "村"), then=Value("villagers")),
    When(_ends("居委会", "居民委员会", "社区"), then=Value("residents")),
    default=Value(""),
    output_field=models.CharField(),
)


@classified(
    public="id code name level parent path since until partial urban_rural_code initials committee_type "
    "committee_type_by_name township_kind development_zone changed_at"
)
class Region(Record):
    """A place; `path` lists the codes from the root to the place itself, each ended by a slash.

    What the code alone decides (committee type, township kind, zone) the database derives from it.
    `partial`: only part of the places below it are loaded, so no sum over it is the whole.
    """

    code = models.CharField(
        _("区划代码"),
        max_length=12,
        db_collation="C",
        validators=[RegexValidator(r"^[0-9]{12}$", _("区划代码是 12 位数字。"))],
    )
    name = models.CharField(_("名称"), max_length=100)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=80, editable=False, db_collation="C")
    since = models.DateField(_("设立日期"), null=True, blank=True)
    until = models.DateField(_("停用日期"), null=True, blank=True)
    partial = models.BooleanField(_("只载入了部分下级"), default=False)
    urban_rural_code = models.CharField(
        _("城乡分类代码"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[12][0-9]{2}$", _("城乡分类代码是三位数字，如 111、220。"))],
    )
    initials = models.CharField(_("拼音首字母"), max_length=100, blank=True, editable=False, db_collation="C")
    committee_type = models.GeneratedField(
        verbose_name=_("委员会类型"),
        expression=_COMMITTEE_BY_CODE,
        output_field=models.CharField(max_length=10, choices=CommitteeType),
        db_persist=True,
    )
    committee_type_by_name = models.GeneratedField(
        verbose_name=_("名称所示类型"),
        expression=_COMMITTEE_BY_NAME,
        output_field=models.CharField(max_length=10, choices=CommitteeType),
        db_persist=True,
    )
    township_kind = models.GeneratedField(
        verbose_name=_("乡级类型"),
        expression=_TOWNSHIP_KIND,
        output_field=models.CharField(max_length=14, choices=TownshipKind),
        db_persist=True,
    )
    development_zone = models.GeneratedField(
        verbose_name=_("开发区"),
        expression=Case(
            When(Q(level=Level.COUNTY) & Q(code__regex="^[0-9]{4}7"), then=Value(True)),
            default=Value(False),
            output_field=models.BooleanField(),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = pgettext_lazy("plural", "地区")
        ordering = ("path",)
        constraints = (
            # not `unique=True`, which adds an index for prefixes: under this collation one index serves both
            models.UniqueConstraint(fields=("code",), name="region_code_once"),
            models.UniqueConstraint(fields=("path",), name="region_path_once"),
            models.CheckConstraint(name="region_code_digits", condition=Q(code__regex="^[0-9]{12}$")),
            models.CheckConstraint(name="region_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="region_top_is_province", condition=Q(parent__isnull=False) | Q(level=Level.PROVINCE)
            ),
            ends_after_start("region_ends_after_start"),
        )
        indexes = (
            # lists of one level inside a sub-tree, in the order of the tree
            models.Index(fields=("level", "path"), name="region_level_path"),
            # search by pinyin initials
            models.Index(fields=("initials",), name="region_initials"),
            # the few places loaded in part, asked for on every page with a sum
            models.Index(fields=("path",), condition=Q(partial=True), name="region_partial"),
            # whether anything changed since a page was made (attainment.dashboard.stamp)
            models.Index(fields=("changed_at",), name="region_changed"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of this place."""
        return reverse("regions:region_detail", args=[self.code])

    # Django gives a generated field no display method of its own.
    def get_committee_type_display(self) -> str:
        """Return the committee in words, or nothing for what has none."""
        return str(CommitteeType(self.committee_type).label) if self.committee_type else ""

    def get_committee_type_by_name_display(self) -> str:
        """Return in words the committee that the name speaks of."""
        return str(CommitteeType(self.committee_type_by_name).label) if self.committee_type_by_name else ""

    def get_township_kind_display(self) -> str:
        """Return the kind of township in words, or nothing at other levels."""
        return str(TownshipKind(self.township_kind).label) if self.township_kind else ""

    @property
    def ancestor_codes(self) -> list[str]:
        """Return the codes from the root to the parent."""
        return self.path.split("/")[:-2]

    def alive_on(self, day: date) -> bool:
        """Return whether the place itself is valid on `day`."""
        return holds(self, day)


class SuccessionQuerySet(ScopedQuerySet):
    """A succession belongs to the place that was followed, and is shown to those who may see both places."""

    region_path = "predecessor__path"

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the rows with both ends in scope."""
        rows = super().allowed_to(user, verb)
        if not getattr(user, "is_authenticated", False):
            return rows
        return rows.filter(user.scope_for(f"regions.{verb}_regionsuccession").q("successor__path"))

    @classmethod
    def allows(cls, user: Any, verb: str, record: models.Model) -> bool:
        """Return the same for one row."""
        ends = cast("RegionSuccession", record)
        scope = user.scope_for(f"regions.{verb}_regionsuccession")
        return bool(scope.covers(ends.predecessor.path) and scope.covers(ends.successor.path))


@classified(public="id predecessor successor changed_on")
class RegionSuccession(models.Model):
    """One place follows another from a day on; a merger or a split is several rows."""

    predecessor = models.ForeignKey(Region, models.PROTECT, related_name="successions", verbose_name=_("原地区"))
    successor = models.ForeignKey(Region, models.PROTECT, related_name="precessions", verbose_name=_("现地区"))
    changed_on = models.DateField(_("变更日期"))

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("区划变更")
        verbose_name_plural = pgettext_lazy("plural", "区划变更")
        ordering = ("-changed_on", "predecessor__path", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="region_succession_once",
                violation_error_message=_("这条变更已经登记过。"),
            ),
            models.CheckConstraint(
                name="region_succession_of_another",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("原地区和现地区不能是同一个。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def get_absolute_url(self) -> str:
        """Return the page of this change."""
        return reverse("regions:succession_detail", args=[self.pk])
