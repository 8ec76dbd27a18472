"""What needs, projects and cases are about: the fields of social service, and those of civil affairs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    """Fields of social service."""

    SOCIAL_ASSISTANCE = "social_assistance", _("社会救助")
    ELDERLY_CARE = "elderly_care", _("养老服务")
    CHILD_CARE = "child_care", _("儿童关爱")
    COMMUNITY_GOVERNANCE = "community_governance", _("社区治理")
    SOCIAL_AFFAIRS = "social_affairs", _("社会事务")


class CivilAffairsField(models.TextChoices):
    """Fields of civil affairs in which social workers take part."""

    FUNERAL = "funeral", _("殡葬")
    RETIRED_OFFICERS = "retired_officers", _("军休")
    MARRIAGE_REGISTRATION = "marriage_registration", _("婚姻登记")
    DISASTER_RELIEF = "disaster_relief", _("救灾")
    ADOPTION = "adoption", _("收养")
    PREFERENTIAL_TREATMENT = "preferential_treatment", _("优抚")
