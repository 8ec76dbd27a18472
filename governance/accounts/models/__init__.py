"""Users, posts and partner clients; sessions, failed logins and what proves who somebody is."""

from governance.accounts.models.credentials import Authenticator, FormerPassword, RecoveryCode
from governance.accounts.models.failed_login import FailedLogin
from governance.accounts.models.partner import PartnerClient
from governance.accounts.models.post import Post
from governance.accounts.models.role import RoleInForce
from governance.accounts.models.session import UserSession
from governance.accounts.models.user import User

__all__ = [
    "Authenticator",
    "FailedLogin",
    "FormerPassword",
    "PartnerClient",
    "Post",
    "RecoveryCode",
    "RoleInForce",
    "User",
    "UserSession",
]
