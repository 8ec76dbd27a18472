"""What this app tells the rooms around it: who gives rights, what a session keeps, and a partner's token in the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.django_oauth_toolkit import DjangoOAuthToolkitScheme

from governance.accounts import behalf
from governance.accounts.advice import advice
from governance.accounts.models import (
    Authenticator,
    FailedLogin,
    FormerPassword,
    PartnerClient,
    RecoveryCode,
    User,
    UserSession,
)
from governance.accounts.sessions import note_login
from governance.kit import errors, refusals, retention
from governance.kit.cards import Card, register
from governance.kit.permissions import verbs_asked

refusals.advise(advice)
register(Card("on_behalf", "region_side", 90, "accounts/card_behalf.html", behalf.card))
errors.explain(refusals.of_admin)


class PartnerScheme(DjangoOAuthToolkitScheme):  # type: ignore[no-untyped-call]  # the generator finds it by itself
    """Client credentials; what an endpoint asks for is the verb of its method."""

    target_class = "governance.accounts.authentication.PartnerAuthentication"
    name = "partner"

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        """Name the verb, as `kit.permissions.RecordPermissions` does."""
        verb, _of_a_person = verbs_asked(auto_schema.view, auto_schema.method)
        return {self.name: [verb or ""]}


user_logged_in.connect(note_login, dispatch_uid="accounts.session")

_ACCOUNT = _("工作人员的账号资料：账号停用后留作审计，密码和密钥随账号停用作废。")
_LOGIN = _("登录结束或锁定过期后由夜间任务清除。")
retention.apart(User, _ACCOUNT)
retention.apart(FormerPassword, _ACCOUNT)
retention.apart(Authenticator, _ACCOUNT)
retention.apart(RecoveryCode, _ACCOUNT)
retention.apart(PartnerClient, _ACCOUNT)
retention.apart(UserSession, _LOGIN)
retention.apart(FailedLogin, _LOGIN)
