"""Notices, consents, requests of persons, and the runs that empty what has been kept long enough."""

from governance.privacy.models.consent import Consent
from governance.privacy.models.notice import PrivacyNotice
from governance.privacy.models.request import DataSubjectRequest
from governance.privacy.models.retention import RetentionItem, RetentionRun

__all__ = ["Consent", "DataSubjectRequest", "PrivacyNotice", "RetentionItem", "RetentionRun"]
