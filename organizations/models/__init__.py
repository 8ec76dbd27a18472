"""Social organisations, what they are on which day, and the posts and certificates of social work."""

from organizations.models.assessment import RegistrationAssessment
from organizations.models.certificate import SocialWorkCertificate
from organizations.models.charity import CharityRecognition
from organizations.models.committee import CommitteeMember
from organizations.models.community_worker import CommunityWorkerPost
from organizations.models.ending import OrganizationEnding
from organizations.models.incubation import Incubation
from organizations.models.organization import Category, Nature, Organization, ServiceCategory
from organizations.models.party import OrganizationParty
from organizations.models.post import SocialWorkPost
from organizations.models.qualified import QualifiedSpan
from organizations.models.restriction import OrganizationRestriction
from organizations.models.span import OrganizationSpan
from organizations.models.status import OrganizationStatus
from organizations.models.training import TrainingRecord

__all__ = [
    "Category",
    "CharityRecognition",
    "CommitteeMember",
    "CommunityWorkerPost",
    "Incubation",
    "Nature",
    "Organization",
    "OrganizationEnding",
    "OrganizationParty",
    "OrganizationRestriction",
    "OrganizationSpan",
    "OrganizationStatus",
    "QualifiedSpan",
    "RegistrationAssessment",
    "ServiceCategory",
    "SocialWorkCertificate",
    "SocialWorkPost",
    "TrainingRecord",
]
