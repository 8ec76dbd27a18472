"""Needs, resources and projects, and what is purchased, evaluated and done in them."""

from projects.models.catalogue import Catalogue
from projects.models.evaluation import ProjectEvaluation
from projects.models.fields import CivilAffairsField, Field
from projects.models.need import Need
from projects.models.project import Project
from projects.models.purchase import PurchaseContract, PurchaseProject
from projects.models.resource import Resource
from projects.models.service_case import ServiceCase
from projects.models.session import ProjectSession
from projects.models.survey import NeedsSurvey
from projects.models.upkeep import ListUpkeep

__all__ = [
    "Catalogue",
    "CivilAffairsField",
    "Field",
    "ListUpkeep",
    "Need",
    "NeedsSurvey",
    "Project",
    "ProjectEvaluation",
    "ProjectSession",
    "PurchaseContract",
    "PurchaseProject",
    "Resource",
    "ServiceCase",
]
