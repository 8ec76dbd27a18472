"""Forms of posts, certificates, trainings and committees."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.kit.forms import RecordForm
from governance.people.fields import PersonField
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)

_KNOWN = _("填本地区已登记岗位的人；同名的再填证件号码。")


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

    person = PersonField(label=_("人员"), help_text=_KNOWN)

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

    person = PersonField(label=_("人员"), help_text=_KNOWN)

    class Meta(RecordForm.Meta):
        model = TrainingRecord
        fields = ("person", "title", "organizer", "finished_on", "hours")
