"""Who has a permission and who gives it, for whoever is refused for want of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from governance.accounts.holders import Holders
from governance.accounts.roles import ROLES
from governance.kit.wording import listed
from governance.regions.models import Region

_NAMED = 3
GIVES = "accounts.add_post"


def advice(user: Any, perm: str, path: str) -> str:
    """Return the roles with the permission, and the people nearest to the place who give posts there."""
    roles = [str(role.label) for role in ROLES.values() if role.slug != "partner" and role.grants(perm)]
    if not roles:
        return _("这件事不由任何岗位办理。")
    told = _("有这项权限的岗位：%(roles)s。") % {"roles": listed(roles)}
    return f"{told} {_who(path or user.region.path)}"


def _who(path: str) -> str:
    holders = Holders(GIVES)
    near = holders.nearest(path)
    if not near:
        return _("需要时请联系运行维护人员：这里还没有安全管理员。")
    at = next(place for place in sorted(holders.places, key=len, reverse=True) if path.startswith(place))
    name = Region.objects.filter(path=at).values_list("name", flat=True).first()
    people = listed(str(person) for person in near[:_NAMED])
    return _("需要时请联系%(place)s的安全管理员设置岗位：%(people)s。") % {"place": name, "people": people}
