"""What the lists of this app show."""

from governance.kit.columns import ListTable
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice, RetentionItem, RetentionRun


class PrivacyNoticeTable(ListTable):
    """Columns of the list of notices."""

    class Meta(ListTable.Meta):
        model = PrivacyNotice
        fields = ("title", "version", "region", "state", "changes", "published_at", "published_by")


class ConsentTable(ListTable):
    """Columns of the list of consents."""

    class Meta(ListTable.Meta):
        model = Consent
        fields = ("person", "purpose", "basis", "notice", "how", "given_on", "state", "withdrawn_on")


class DataSubjectRequestTable(ListTable):
    """Columns of the list of requests."""

    class Meta(ListTable.Meta):
        model = DataSubjectRequest
        fields = (
            "kind", "person", "relation", "received_on", "due_on", "state", "region", "channel", "handler", "approver",
            "answered_at",
        )  # fmt: skip


class RetentionRunTable(ListTable):
    """Columns of the list of runs."""

    class Meta(ListTable.Meta):
        model = RetentionRun
        fields = ("region", "announced_at", "due_on", "state", "total", "done", "skipped", "finished_at")


class RetentionItemTable(ListTable):
    """Columns of the list of records that are over."""

    class Meta(ListTable.Meta):
        model = RetentionItem
        fields = ("kind", "record", "region", "ended_on", "state", "run")
