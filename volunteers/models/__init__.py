"""Volunteers, what they do, and what they are given for it."""

from volunteers.models.activity import Activity
from volunteers.models.check import SpotCheck
from volunteers.models.partner import PointsPartner
from volunteers.models.party import PartyReport
from volunteers.models.points import PointsIssue
from volunteers.models.record import ServiceRecord
from volunteers.models.start import RecordStart
from volunteers.models.volunteer import Volunteer

__all__ = [
    "Activity",
    "PartyReport",
    "PointsIssue",
    "PointsPartner",
    "RecordStart",
    "ServiceRecord",
    "SpotCheck",
    "Volunteer",
]
