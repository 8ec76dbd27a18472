"""What this app tells the kit: how volunteers are named, and in which of its tables a person can be, and where."""

from django.utils.translation import gettext_lazy as _

from governance.kit import erasing, personroles, references, retention
from governance.kit.personroles import PersonRole
from volunteers.models import PartyReport, PointsIssue, PointsPartner, ServiceRecord, Volunteer
from volunteers.naming import VOLUNTEER

references.register(VOLUNTEER)
personroles.register(
    PersonRole("volunteer", _("志愿者"), Volunteer, region="community"),
    PersonRole("points_partner", _("积分兑换伙伴"), PointsPartner),
    # who has reported is a party member: only those know who may see the reports
    PersonRole("party_report", _("报到党员"), PartyReport, region="community", sensitive=True),
)
retention.keep(
    Volunteer,
    ended="until",
    months=36,
    why=_("退出后三年：志愿服务信息、记录证明须能查验（《志愿服务条例》第十九条）。"),
)
retention.keep(PointsPartner, ended="until", months=36, why=_("停止合作后三年。"))
retention.keep(PartyReport, ended="until", months=24, why=_("报到结束后二年。"))
retention.apart(ServiceRecord, _("随志愿者登记：志愿者到期或本人删除后，时长作为不能识别个人的数字保留。"))
retention.apart(PointsIssue, _("随志愿者登记：积分账目依法保存，不含姓名。"))
erasing.stays(ServiceRecord, _("志愿服务时长依法记录（《志愿服务条例》第十九条），已不能识别到个人。"))
erasing.stays(PointsIssue, _("积分账目须平衡，金额和日期不变。"))
