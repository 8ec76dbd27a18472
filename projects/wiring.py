"""What this app tells the kit: whom it serves. Both are known only to those who may see the records themselves."""

from django.utils.translation import gettext_lazy as _

from governance.kit.personroles import PersonRole, register
from projects.models import Need, ServiceCase

register(
    PersonRole("need", _("需求提出人"), Need, region="community", sensitive=True),
    PersonRole("client", _("服务对象"), ServiceCase, person="client", region="community", sensitive=True),
)
