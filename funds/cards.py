"""What funds have given to a project, on the project's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funds.listings import GRANTS
from funds.models import FundGrant
from governance.kit.cards import Card, register
from projects.models import Project
from projects.views import CHARITY


def given(user: Any, project: Project) -> dict[str, Any] | None:
    """Return how much the funds that `user` may see have given; nothing where none did."""
    rows = FundGrant.objects.visible_to(user).filter(project=project)
    found = rows.order_by().aggregate(amount=Sum("amount"), funds=Count("fund", distinct=True), grants=Count("pk"))
    if not found["grants"]:
        return None
    funds = ngettext("%(count)s 只基金", "%(count)s 只基金", found["funds"]) % {"count": found["funds"]}
    grants = ngettext("资助 %(count)s 笔", "资助 %(count)s 笔", found["grants"]) % {"count": found["grants"]}
    return {
        "value": f"{found['amount']:,.2f}",
        "unit": _("元"),
        "detail": f"{funds}{_('，')}{grants}",
        "url": f"{GRANTS.url('list')}?project={project.number}",
    }


register(Card("funds_given", CHARITY, 10, "projects/given.html", given, "funds.view_fundgrant"))
