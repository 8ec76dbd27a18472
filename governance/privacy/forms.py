"""Forms of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.kit.forms import RecordForm
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice


class PrivacyNoticeForm(RecordForm):
    """A version that is not published yet."""

    class Meta(RecordForm.Meta):
        model = PrivacyNotice
        fields = ("region", "version", "title", "changes", "text")


class ConsentForm(RecordForm):
    """On what the use of a person's data rests."""

    class Meta(RecordForm.Meta):
        model = Consent
        fields = (
            "person", "purpose", "basis", "duty", "notice", "how", "given_on", "file", "guardian_name",
            "guardian_relation",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012
            "purpose": _(
                "身份证号、健康状况、未成年人属于敏感个人信息，要单独同意，各登记一条（第二十九条、第三十一条）。"
            ),
            "how": _("不满十四周岁的须由监护人同意。"),
        }


class DataSubjectRequestForm(RecordForm):
    """What a person asks for."""

    class Meta(RecordForm.Meta):
        model = DataSubjectRequest
        fields = ("region", "kind", "received_on", "channel", "applicant", "relation", "contact", "detail", "person")
