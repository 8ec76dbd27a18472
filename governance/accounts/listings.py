"""The lists of this app; they are worked on in the admin only."""

from governance.accounts import actions, filtersets, forms, lockout, posts, tables
from governance.accounts.models import FailedLogin, PartnerClient, Post, User
from governance.kit.access import APART
from governance.kit.listing import Listing

ADMIN = frozenset({"admin"})

USERS = Listing(
    "user", User, filtersets.UserFilterSet, tables.UserTable,
    form=forms.UserForm, add=actions.add_user, change=actions.change_user, surfaces=ADMIN, access=APART,
)  # fmt: skip
POSTS = Listing(
    "post", Post, filtersets.PostFilterSet, tables.PostTable,
    form=forms.PostForm, add=posts.add_post, change=posts.change_post, remove=posts.remove_post, surfaces=ADMIN, access=APART,
)  # fmt: skip
PARTNERS = Listing(
    "partner_client", PartnerClient, filtersets.PartnerClientFilterSet, tables.PartnerClientTable,
    form=forms.PartnerClientForm, add=actions.add_partner, change=actions.change_partner, surfaces=ADMIN, access=APART,
)  # fmt: skip
FAILED_LOGINS = Listing(
    "failed_login", FailedLogin, filtersets.FailedLoginFilterSet, tables.FailedLoginTable,
    remove=lockout.unlock, surfaces=ADMIN, access=APART,
)  # fmt: skip
