"""What this app tells the kit: in which of its tables a person can be, and where."""

from django.utils.translation import gettext_lazy as _

from governance.kit.personroles import PersonRole, register
from volunteers.models import PartyReport, PointsPartner, Volunteer

register(
    PersonRole("volunteer", _("志愿者"), Volunteer, region="community"),
    PersonRole("points_partner", _("积分兑换伙伴"), PointsPartner),
    # who has reported is a party member: only those know who may see the reports
    PersonRole("party_report", _("报到党员"), PartyReport, region="community", sensitive=True),
)
