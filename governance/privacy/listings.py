"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import Access
from governance.kit.imports.columns import NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.rules import RULES
from governance.kit.written import written
from governance.privacy import actions, filtersets, forms, tables
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice, RetentionItem, RetentionRun
from governance.privacy.states import CONSENT_STATES, NOTICE_STATES, REQUEST_STATES, RUN_STATES

RULES[Consent] = actions.of_age

NOTICES = Listing(
    "privacy_notice", PrivacyNotice, filtersets.PrivacyNoticeFilterSet, tables.PrivacyNoticeTable,
    at="notices", form=forms.PrivacyNoticeForm, **written(PrivacyNotice), states=NOTICE_STATES,
    access=Access(keep="view", rule="view add change delete publish", partner="view"),
    natural=("region", "version"), nav=Line("privacy", 1),
    facts=("region", "version", "title", "changes", "text", "published_at", "published_by"),
    imports=NoImport(_("告知逐版起草、发布。")), related=(),
    hint=_("起草第一版告知，发布以后居民不用登录就能看到。"),
    about=_("一个地区同一时间只有一个现行版本；已发布的不能改，改动要另拟新版本。下级没有自己的，用上级的。"),
)  # fmt: skip
CONSENTS = Listing(
    "consent", Consent, filtersets.ConsentFilterSet, tables.ConsentTable,
    at="consents", form=forms.ConsentForm, add=actions.give, states=CONSENT_STATES, files=("file",),
    facts=(
        "person", "purpose", "basis", "duty", "notice", "how", "given_on", "withdrawn_on", "guardian_name",
        "guardian_relation", "file",
    ),
    access=Access(
        look="view", keep="view add withdraw reveal", rule="view add withdraw reveal", partner="view",
    ),
    reveals=("guardian_name",), nav=Line("privacy", 2), imports=NoImport(_("同意须逐人核对后登记。")),
    hint=_("登记志愿者、服务对象等以后，在这里登记本人的同意；依法履职的登记依据的条文。"),
    about=_("只增不改：撤回另有“撤回同意”。敏感信息、公开姓名、向其他组织提供，各要单独同意。"),
)  # fmt: skip
REQUESTS = Listing(
    "data_subject_request", DataSubjectRequest, filtersets.DataSubjectRequestFilterSet, tables.DataSubjectRequestTable,
    at="requests", form=forms.DataSubjectRequestForm, add=actions.receive, change=actions.amend, states=REQUEST_STATES,
    facts=(
        "kind", "person", "applicant", "relation", "contact", "detail", "region", "received_on", "channel", "due_on",
        "verified_how", "verified_by", "verified_at", "handler", "handler_at", "approver", "approver_at", "ground",
        "outcome", "answered_at", "expires_at",
    ),
    access=Access(
        look="", keep="view add change reveal", rule="view add change reveal approve", partner="",
    ),
    related=("person",), reveals=("applicant", "contact", "detail"), nav=Line("privacy", 3), imports=NoImport(_("申请须逐件受理。")),
    hint=_("居民来查阅、复制、更正、删除自己的信息或撤回同意时，在这里登记。"),
    about=_("收到后十五个工作日内答复。删除由办理人以外的人复核；申请人姓名、联系方式和内容加密保存。"),
)  # fmt: skip
RUNS = Listing(
    "retention_run", RetentionRun, filtersets.RetentionRunFilterSet, tables.RetentionRunTable,
    at="runs", states=RUN_STATES, nav=Line("privacy", 5),
    facts=("region", "announced_at", "due_on", "total", "done", "skipped", "finished_at", "stopped_by", "reason"),
    access=Access(keep="view", rule="view stop", partner="view"), related=(),
    hint=_("每天夜里查找保存期限已满的记录，先公布清单，过几天再清除。"),
    about=_("只清除清单上仍然到期的记录里的个人信息；记录本身、条数、工时、金额不变。"),
)  # fmt: skip
ITEMS = Listing(
    "retention_item", RetentionItem, filtersets.RetentionItemFilterSet, tables.RetentionItemTable,
    at="items", facts=("run", "kind", "record", "region", "ended_on", "state"),
    access=Access(keep="view", rule="view", partner="view"),
    hint=_("公布清单后，到期的记录列在这里。"),
)  # fmt: skip
