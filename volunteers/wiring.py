"""What this app tells the kit: how volunteers are named, and in which of its tables a person can be, and where."""

from django.utils.translation import gettext_lazy as _

from governance.kit import personroles, references
from governance.kit.personroles import PersonRole
from volunteers.models import PartyReport, PointsPartner, Volunteer
from volunteers.naming import VOLUNTEER

references.register(VOLUNTEER)
personroles.register(
    PersonRole("volunteer", _("志愿者"), Volunteer, region="community"),
    PersonRole("points_partner", _("积分兑换伙伴"), PointsPartner),
    # who has reported is a party member: only those know who may see the reports
    PersonRole("party_report", _("报到党员"), PartyReport, region="community", sensitive=True),
)
