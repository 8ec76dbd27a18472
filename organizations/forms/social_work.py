"""Forms of posts, certificates, trainings and committees."""

from __future__ import annotations

from governance.kit.forms import RecordForm
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)


class SocialWorkPostForm(RecordForm):
    """A social work post."""

    class Meta(RecordForm.Meta):
        model = SocialWorkPost
        fields = (
            "person", "region", "organization", "employer", "title", "professional", "full_time", "main", "since",
            "until",
        )  # fmt: skip


class SocialWorkCertificateForm(RecordForm):
    """A certificate."""

    class Meta(RecordForm.Meta):
        model = SocialWorkCertificate
        fields = ("person", "level", "number", "since", "until")


class CommunityWorkerPostForm(RecordForm):
    """A community worker."""

    class Meta(RecordForm.Meta):
        model = CommunityWorkerPost
        fields = ("person", "community", "position", "since", "until")


class CommitteeMemberForm(RecordForm):
    """A member of a committee."""

    class Meta(RecordForm.Meta):
        model = CommitteeMember
        fields = ("person", "community", "body", "position", "education", "since", "until")


class TrainingRecordForm(RecordForm):
    """A training."""

    class Meta(RecordForm.Meta):
        model = TrainingRecord
        fields = ("person", "title", "organizer", "finished_on", "hours")
