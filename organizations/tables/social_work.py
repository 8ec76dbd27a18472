"""What lists of posts, certificates, trainings and committees show."""

from __future__ import annotations

from typing import Any, ClassVar

import django_tables2

from governance.kit.columns import ListTable, own_page
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)


class HolderColumn(django_tables2.Column):
    """The person, masked, with the page of the record behind her; in the order of her initials."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "w"}}

    def __init__(self) -> None:
        super().__init__(linkify=own_page, order_by=("person__pinyin", "person__pk"))

    def value(self, value: Any) -> str:
        """Return the masked name for exports."""
        return str(value)


class SocialWorkPostTable(ListTable):
    """Columns of the list of social work posts."""

    person = HolderColumn()
    title = django_tables2.Column()

    class Meta(ListTable.Meta):
        model = SocialWorkPost
        fields = (
            "person", "title", "region", "organization", "employer", "professional", "full_time", "main", "since",
            "until",
        )  # fmt: skip
        shown = ("person", "title", "region", "organization", "employer", "professional", "since", "until")
        related = ("person",)


class SocialWorkCertificateTable(ListTable):
    """Columns of the list of certificates."""

    person = HolderColumn()

    class Meta(ListTable.Meta):
        model = SocialWorkCertificate
        fields = ("person", "level", "number", "since", "until")
        related = ("person",)
        personal = True  # a number of a certificate whose holder is masked


class CommunityWorkerPostTable(ListTable):
    """Columns of the list of community workers."""

    person = HolderColumn()

    class Meta(ListTable.Meta):
        model = CommunityWorkerPost
        fields = ("person", "position", "community", "since", "until")
        related = ("person",)


class CommitteeMemberTable(ListTable):
    """Columns of the list of committee members."""

    person = HolderColumn()
    education = django_tables2.Column(attrs={"td": {"class": "sec nw"}})

    class Meta(ListTable.Meta):
        model = CommitteeMember
        fields = ("person", "position", "body", "community", "education", "since", "until")
        related = ("person",)


class TrainingRecordTable(ListTable):
    """Columns of the list of trainings."""

    person = HolderColumn()
    title = django_tables2.Column()

    class Meta(ListTable.Meta):
        model = TrainingRecord
        fields = ("person", "title", "organizer", "finished_on", "hours")
        related = ("person",)


class QualifiedSpanTable(ListTable):
    """Columns of the list of qualified spans."""

    person = HolderColumn()

    class Meta(ListTable.Meta):
        model = QualifiedSpan
        fields = ("person", "kind", "level", "region", "since", "until")
        related = ("person", "social_work_post", "community_post")
