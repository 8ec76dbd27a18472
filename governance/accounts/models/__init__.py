"""Users, posts and partner clients."""

from governance.accounts.models.partner import PartnerClient
from governance.accounts.models.post import Post
from governance.accounts.models.user import User

__all__ = ["PartnerClient", "Post", "User"]
