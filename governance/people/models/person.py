"""A person: recorded once, whatever she is in how many places."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit import identity, keyring, masks
from governance.kit.initialsfield import InitialsField
from governance.kit.privacy import classified
from governance.kit.records import Record
from governance.kit.scoping import Scope, ScopedQuerySet, permission
from governance.kit.sealed import BlindIndexField, SealedField
from governance.people import names, numbers, phones
from governance.people.models.place import PersonPlace
from governance.regions.models import Region


class PersonQuerySet(ScopedQuerySet):
    """Persons are visible where one of their roles is homed, whoever recorded them first."""

    def allowed_to(self, user: Any, verb: str) -> Self:
        """Return the persons with a role inside the scope in which `user` may do `verb`."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        places = PersonPlace.objects.seen_by(user, permission(self.model, verb))
        return self.filter(Exists(places.filter(person=OuterRef("pk"))))

    def inside(self, scope: Scope) -> Self:
        """Return the persons with a role inside `scope`."""
        return self.filter(Exists(PersonPlace.objects.inside(scope).filter(person=OuterRef("pk"))))

    @classmethod
    def allows(cls, user: Any, verb: str, record: Any) -> bool:
        """Return the same for one person."""
        return PersonPlace.objects.seen_by(user, permission(record._meta.model, verb)).filter(person=record.pk).exists()


@classified(
    public="id changed_at",
    internal="region",
    personal="name pinyin gender birth_year",
    sensitive="identity_number identity_index phone phone_index email",
)
class Person(Record):
    """A person. Numbers and contacts are sealed; the year of birth and the gender follow from the identity number.

    She has no page of entry of her own: entering a role finds or makes her.
    """

    class Gender(models.TextChoices):
        """As the identity number says."""

        MALE = identity.MALE, _("男")
        FEMALE = identity.FEMALE, _("女")

    name = models.CharField(_("姓名"), max_length=60)
    pinyin = InitialsField(_("拼音首字母"), of="name", max_length=60)
    gender = models.CharField(_("性别"), max_length=6, choices=Gender, blank=True)
    birth_year = models.SmallIntegerField(_("出生年份"), null=True, blank=True)
    identity_number = SealedField(
        _("居民身份证号"),
        mask=masks.mask_identity,
        normalised=identity.normalised,
        validators=[identity.refuse],
        longest=40,
    )
    identity_index = BlindIndexField(_("证件索引"), of="identity_number", purpose="identity")
    phone = SealedField(
        _("电话"),
        mask=masks.mask_phone,
        normalised=phones.normalised,
        validators=[RegexValidator(phones.SHAPE, _("电话号码应为 11 位手机号，或区号和固定电话号码。"))],
        longest=40,
    )
    phone_index = BlindIndexField(_("电话索引"), of="phone", purpose="phone")
    email = SealedField(_("电子邮箱"), mask=masks.mask_email, validators=[EmailValidator()])
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, editable=False, verbose_name=_("建档地区")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = pgettext_lazy("plural", "人员")
        ordering = ("pinyin", "pk")
        permissions = (("reveal_person", "Can reveal the sealed fields of a person"),)
        constraints = (
            models.UniqueConstraint(
                fields=("identity_index",),
                name="person_identity_once",
                violation_error_message=_("该证件号码已建档。"),
            ),
            models.CheckConstraint(
                name="person_index_with_number",
                condition=Q(identity_number__isnull=True, identity_index__isnull=True)
                | Q(identity_number__isnull=False, identity_index__isnull=False),
                violation_error_message=_("证件号码和证件索引必须同时有。"),
            ),
            models.CheckConstraint(
                name="person_index_with_phone",
                condition=Q(phone__isnull=True, phone_index__isnull=True)
                | Q(phone__isnull=False, phone_index__isnull=False),
                violation_error_message=_("电话和电话索引必须同时有。"),
            ),
            models.CheckConstraint(
                name="person_number_says_birth",
                condition=Q(identity_number__isnull=True) | (Q(birth_year__isnull=False) & ~Q(gender="")),
                violation_error_message=_("有证件号码的人员必须有出生年份和性别。"),
            ),
            models.CheckConstraint(
                name="person_birth_year_plausible",
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1850, 2200)),
                violation_error_message=_("出生年份不合理。"),
            ),
            models.CheckConstraint(
                name="person_is_named", condition=~Q(name=""), violation_error_message=_("请填写姓名。")
            ),
        )
        indexes = (
            models.Index(fields=("pinyin", "id"), name="person_pinyin"),  # the list in order, search by initials
            models.Index(fields=("name",), name="person_name", opclasses=("varchar_pattern_ops",)),  # search by name
            models.Index(fields=("phone_index",), name="person_phone", condition=Q(phone_index__isnull=False)),
        )

    def __str__(self) -> str:
        return masks.mask_name(self.name)

    def get_name_display(self) -> str:
        """Return the name as pages show it: masked; whole it is shown for a purpose."""
        return str(self)

    def get_birth_year_display(self) -> str:
        """Return the year as a year, not as a number of thousands."""
        return "" if self.birth_year is None else str(self.birth_year)

    def save(self, *args: Any, **options: Any) -> None:
        """Read year of birth and gender from the identity number, where there is one."""
        self.follow_number()
        with transaction.atomic():
            self._refuse_taken()
            super().save(*args, **options)

    def clean(self) -> None:
        """Refuse a name with a number in it; one that was recorded so must be corrected with the next change."""
        super().clean()
        try:
            names.refuse(self.name)
        except ValidationError as error:
            raise ValidationError({"name": error}) from error

    def clean_fields(self, exclude: Any = None) -> None:
        """Read them before the constraints are checked, too, and the indexes with them."""
        super().clean_fields(exclude)
        self.follow_number()
        for index in self._meta.concrete_fields:
            if isinstance(index, BlindIndexField):
                index.pre_save(self, add=False)

    def follow_number(self) -> None:
        """Take over what the identity number says; without one both stay as they are."""
        if self.identity_number is not None:
            said = identity.read(self.identity_number.open())
            self.birth_year, self.gender = said.born.year, said.gender

    def _refuse_taken(self) -> None:
        """Refuse a number that somebody has under another key; under one key the unique index does."""
        if self.identity_number is None or not numbers.several_keys():
            return
        indexes = keyring.indexes_of(self.identity_number.open(), "identity")
        numbers.hold(indexes)
        if Person.objects.filter(identity_index__in=indexes).exclude(pk=self.pk).exists():
            raise ValidationError({"identity_number": _("该证件号码已建档。")})
