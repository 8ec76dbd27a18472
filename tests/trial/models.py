"""Tables of every shape: spans with open beginnings, days, persons, a home that is reached over another table."""

from __future__ import annotations

from django.db import models

from governance.kit.records import Record
from governance.kit.scoping import ScopedQuerySet
from governance.people.models import Person
from governance.regions.models import Region

NEVER_DELETED = models.DO_NOTHING


class HomedQuerySet(ScopedQuerySet):
    region_path = "home__path"


class CertifiedQuerySet(ScopedQuerySet):
    region_path = "holder__home__path"


class Homed(models.Model):
    """A row homed at a place of any level; no index of the foreign key, the covering one serves."""

    home = models.ForeignKey(Region, models.PROTECT, db_index=False, related_name="+")

    objects = HomedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Group(Homed):
    """An organisation: two marks, a weight with cents, a category."""

    since = models.DateField(null=True)
    until = models.DateField(null=True)
    whole = models.BooleanField(default=True)
    party = models.BooleanField(default=False)
    party_since = models.DateField(null=True)
    area = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    category = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "since"),
                include=("until", "whole", "party", "party_since", "area", "category"),
                name="trial_group_covering",
            ),
        )


class Post(Homed):
    """A person in a post from a day to a day."""

    person = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    main = models.BooleanField(default=True)

    class Meta:
        indexes = (
            models.Index(fields=("home", "since"), include=("until", "main", "person"), name="trial_post_covering"),
        )


class Certificate(models.Model):
    """Homed where its holder's post is."""

    holder = models.ForeignKey(Post, models.CASCADE, related_name="certificates")
    level = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = CertifiedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Session(Homed):
    """Something held on a day, by a person or by nobody in particular."""

    on = models.DateField(null=True)
    person = models.BigIntegerField(null=True)
    held = models.BooleanField(default=True)
    joint = models.BooleanField(default=False)
    hours = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    field = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "person", "on"),
                include=("held", "joint", "hours", "field"),
                name="trial_session_covering",
            ),
        )


class Award(Homed):
    on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("home", "on"), name="trial_award_covering"),)


# ---- roles of persons ----


class PlacedQuerySet(ScopedQuerySet):
    region_path = "place__path"


class Helper(Record):
    """What a person is at a place, for everybody to see who works there."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="帮手")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="所在地区")
    duty = models.CharField("做什么", max_length=20, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "试验帮手"

    def __str__(self) -> str:
        return f"{self.person} {self.duty}"


class Confidant(Record):
    """What a person is in confidence."""

    who = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.ForeignKey(Region, models.PROTECT, related_name="+")

    objects = PlacedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


# ---- the same shapes as a large city has them, for the benchmarks ----


class Volunteer(Homed):
    class Kind(models.IntegerChoices):
        OTHER, STUDENT, ELDER, PROFESSIONAL = 0, 1, 2, 3

    gender = models.SmallIntegerField()
    kind = models.SmallIntegerField(choices=Kind)
    party = models.BooleanField()
    star = models.SmallIntegerField()
    verified_on = models.DateField()
    left_on = models.DateField(null=True)
    name = models.CharField(max_length=60)
    identity_index = models.CharField(max_length=64)
    phone = models.CharField(max_length=20)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "verified_on"),
                include=("left_on", "party", "gender", "kind", "star"),
                name="trial_volunteer_covering",
            ),
        )


class Society(Homed):
    kind = models.SmallIntegerField()
    charity = models.BooleanField()
    rating = models.SmallIntegerField()
    established_on = models.DateField()
    dissolved_on = models.DateField(null=True)
    name = models.CharField(max_length=120)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "established_on"),
                include=("dissolved_on", "kind", "charity", "rating"),
                name="trial_society_covering",
            ),
        )


class Worker(Homed):
    certificate = models.SmallIntegerField()
    certified_on = models.DateField()
    left_on = models.DateField(null=True)
    name = models.CharField(max_length=60)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "certified_on"), include=("left_on", "certificate"), name="trial_worker_covering"
            ),
        )


class Venue(Homed):
    kind = models.SmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("home", "opened_on"), include=("closed_on", "kind"), name="trial_venue_covering"),
        )


class Undertaking(Homed):
    """A project; its amount in cents counts in the month in which it starts."""

    amount = models.BigIntegerField()
    started_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "started_on"), include=("ended_on", "amount"), name="trial_undertaking_covering"
            ),
        )


class Service(Homed):
    volunteer = models.ForeignKey(Volunteer, NEVER_DELETED, db_index=False, db_constraint=False, related_name="+")
    undertaking = models.IntegerField()
    served_on = models.DateField()
    minutes = models.PositiveIntegerField()
    beneficiaries = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (
            models.Index(
                fields=("home", "volunteer", "served_on"),
                include=("minutes", "beneficiaries"),
                name="trial_service_covering",
            ),
        )
