"""What the deliberation app tells the rooms below it."""

from django.utils.translation import gettext_lazy as _

from governance.deliberation.models import Expert
from governance.kit.personroles import PersonRole, register

register(PersonRole("expert", _("专家"), Expert))
