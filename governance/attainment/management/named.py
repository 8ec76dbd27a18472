"""What commands are given by name; whatever is not found is answered with the nearest names (exit code 2)."""

from __future__ import annotations

from difflib import get_close_matches

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from governance.accounts.models import User
from governance.kit.wording import bracketed, listed
from governance.policies.models import Policy
from governance.regions.models import Region
from governance.regions.nearest import nearest

WRONG_USE = 2
_FEW = 5


def policy_named(slug: str) -> Policy:
    """Return a policy with its root; `CommandError` with the nearest slugs."""
    found: Policy | None = Policy.objects.select_related("region").filter(slug=slug).first()
    if found is None:
        known = list(Policy.objects.order_by("slug").values_list("slug", flat=True))
        near = get_close_matches(slug, known, _FEW, 0.3) or known[:_FEW]
        told = _("最接近的：%(near)s") % {"near": listed(near)} if near else _("还没有载入政策，先运行 load_policies。")
        raise CommandError(
            _("没有标识为 %(slug)s 的政策。%(near)s") % {"slug": slug, "near": told}, returncode=WRONG_USE
        )
    return found


def region_named(code: str) -> Region:
    """Return a place; `CommandError` with the nearest ones."""
    found: Region | None = Region.objects.filter(code=code).first()
    if found is None:
        near = listed(bracketed(place.name, place.code) for place in nearest(code))
        told = _("最接近的：%(near)s") % {"near": near} if near else ""
        raise CommandError(
            _("没有代码为 %(code)s 的地区。%(near)s") % {"code": code, "near": told}, returncode=WRONG_USE
        )
    return found


def user_named(username: str) -> User:
    """Return an account; `CommandError` with the nearest usernames."""
    found: User | None = User.objects.filter(username=username).first()
    if found is None:
        near = get_close_matches(username, User.objects.values_list("username", flat=True), _FEW, 0.3)
        told = _("最接近的：%(near)s") % {"near": listed(near)} if near else ""
        raise CommandError(
            _("没有用户名为 %(username)s 的账号。%(near)s") % {"username": username, "near": told}, returncode=WRONG_USE
        )
    return found
