"""What this app tells the kit: who speaks for an organisation, who is a social worker, a community worker, a member of a committee."""

from django.utils.translation import gettext_lazy as _

from governance.kit import belonging, erasing, retention
from governance.kit.personroles import PersonRole, register
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    Organization,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)
from organizations.unit import find

belonging.register(belonging.Unit("organization", _("社会组织"), find))
register(
    PersonRole("organization_contact", _("社会组织联系人"), Organization, person="contact"),
    PersonRole("social_work_post", _("社工"), SocialWorkPost),
    PersonRole("community_worker_post", _("社区工作者"), CommunityWorkerPost, region="community"),
    PersonRole("committee_member", _("“两委”成员"), CommitteeMember, region="community"),
)

_POST = _("离任后三年：劳动关系证明文本至少保存二年（《劳动合同法》第五十条）。")
for post in (SocialWorkPost, CommunityWorkerPost):
    retention.keep(post, ended="until", months=36, why=_POST)
retention.keep(CommitteeMember, ended="until", months=60, why=_("离任后五年，一届任期。"))
retention.keep(SocialWorkCertificate, ended="until", months=36, why=_("证书失效后三年；长期有效的随本人的岗位。"))
retention.keep(TrainingRecord, ended="finished_on", months=60, why=_("培训结束后五年。"))
retention.apart(Organization, _("只指向联系人；联系人换人或本人删除后，这里不再有个人信息。"))
retention.apart(QualifiedSpan, _("由证书和培训记录算出，没有自己的个人信息。"))
erasing.stays(Organization, _("组织的登记资料，不是联系人个人的。"))
