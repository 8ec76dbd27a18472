"""What this app tells the kit: who speaks for an organisation, who is a social worker, a community worker, a member of a committee."""

from django.utils.translation import gettext_lazy as _

from governance.kit import belonging
from governance.kit.personroles import PersonRole, register
from organizations.models import CommitteeMember, CommunityWorkerPost, Organization, SocialWorkPost
from organizations.unit import find

belonging.register(belonging.Unit("organization", _("社会组织"), find))
register(
    PersonRole("organization_contact", _("社会组织联系人"), Organization, person="contact"),
    PersonRole("social_work_post", _("社工"), SocialWorkPost),
    PersonRole("community_worker_post", _("社区工作者"), CommunityWorkerPost, region="community"),
    PersonRole("committee_member", _("“两委”成员"), CommitteeMember, region="community"),
)
