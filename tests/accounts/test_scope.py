"""What posts grant, where, and since when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from governance.accounts import actions, posts
from governance.accounts.models import Post, User
from governance.kit.scoping import Scope
from governance.regions.models import Region
from tests.factories import make_user
from tests.factories.places import Tree
from tests.factories.users import PASSWORD


def again(user: User) -> User:
    """Return the user as the next request reads her."""
    return User.objects.get(pk=user.pk)


def test_a_scope_drops_what_lies_inside_another_one() -> None:
    assert Scope.over(["1/2/", "1/", "3/", "1/2/4/"]).paths == ("1/", "3/")


def test_no_post_sees_nothing(no_post: User) -> None:
    assert not Region.objects.visible_to(no_post).exists()


def test_a_clerk_sees_her_street_and_what_lies_below(street_clerk: User, tree: Tree) -> None:
    assert set(Region.objects.visible_to(street_clerk)) == {tree.street, tree.community, tree.village}


def test_a_permission_holds_only_where_its_role_is_held(tree: Tree) -> None:
    user = make_user("both", tree.street, "clerk")
    Post.objects.create(user=user, role="viewer", region=tree.next_street, since=date(2020, 1, 1))
    both = again(user)
    assert both.scope_for("regions.view_facility").covers(tree.next_community.path)
    assert not both.scope_for("regions.add_facility").covers(tree.next_community.path)
    assert both.scope_for("regions.add_facility").covers(tree.community.path)


@pytest.mark.parametrize(
    ("since", "until", "holds"), [(0, None, True), (1, None, False), (-5, 0, False), (-5, 1, True)]
)
def test_a_post_holds_from_its_first_day_to_the_day_before_its_last(
    since: int, until: int | None, holds: bool, tree: Tree
) -> None:
    today = timezone.localdate()
    user = make_user("dated", tree.street)
    end = None if until is None else today + timedelta(days=until)
    Post.objects.create(user=user, role="viewer", region=tree.street, since=today + timedelta(days=since), until=end)
    assert again(user).has_perm("regions.view_region") is holds


def test_who_moves_loses_the_old_street_in_open_sessions(street_clerk: User, tree: Tree, as_user: Any) -> None:
    client = as_user(street_clerk)
    page = reverse("api:region-detail", args=[tree.community.code])
    assert client.get(page).status_code == 200
    street_clerk.posts.update(region=tree.next_street)
    assert client.get(page).status_code == 404
    assert client.get(reverse("api:region-detail", args=[tree.next_community.code])).status_code == 200


def test_a_disabled_account_is_out_at_once(street_clerk: User, tree: Tree, as_user: Any) -> None:
    client = as_user(street_clerk)
    User.objects.filter(pk=street_clerk.pk).update(is_active=False)
    assert client.get(reverse("api:region-list")).status_code == 401


def test_administrators_stay_in_their_county(system_admin: User, security_admin: User, tree: Tree) -> None:
    user = actions.add_user(by=system_admin, username="new", name="新人", region=tree.street, password=PASSWORD)
    posts.add_post(by=security_admin, user=user, role="clerk", region=tree.street)
    with pytest.raises(Exception, match="不能在这个地区"):
        actions.add_user(by=system_admin, username="far", name="远人", region=tree.other_county, password=PASSWORD)
    with pytest.raises(Exception, match="不能在这个地区"):
        posts.add_post(by=security_admin, user=user, role="clerk", region=tree.other_county)


def test_a_weak_password_is_refused_at_its_field(system_admin: User, tree: Tree) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.add_user(by=system_admin, username="new", name="新人", region=tree.street, password="12345678")
    assert set(refusal.value.message_dict) == {"password"}
    assert not User.objects.filter(username="new").exists()
