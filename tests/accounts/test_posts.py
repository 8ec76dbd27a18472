"""Roles as data, and what the database keeps of posts: levels, units, administrators apart, stand-ins within their span."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from governance.accounts import posts
from governance.accounts.models import Post, RoleInForce, User
from governance.accounts.roles import APART, LEVELS, ROLES
from governance.accounts.rolesync import follow_code
from governance.audit.models import RowChange
from governance.kit.errors import DomainError
from organizations.models import Organization
from tests.factories import make_record, make_tree, make_user
from tests.factories.places import Tree

SINCE = date(2024, 1, 1)


def refused_by(constraint: str, **fields: Any) -> bool:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Post.objects.create(**{"since": SINCE} | fields)
    return constraint == refusal.value.__cause__.diag.constraint_name  # type: ignore[union-attr]


def test_every_role_says_what_it_is_and_what_it_may_do() -> None:
    assert APART == ("auditor", "security_admin", "system_admin")
    assert all(ROLES[slug].levels == LEVELS for slug in ("clerk", "approver"))
    for role in ROLES.values():
        assert str(role.label)
        assert str(role.description)
        assert role.permissions, role.slug


def test_no_administrator_sees_business_data_and_nobody_else_gives_posts() -> None:
    for slug, role in ROLES.items():
        apps = {perm.split(".")[0] for perm in role.permissions}
        assert (
            apps == {"auditor": {"audit"}}.get(slug, {"accounts"})
            if slug in APART
            else not apps & {"accounts", "audit"}
        )
    assert [slug for slug, role in ROLES.items() if role.grants("accounts.add_post")] == ["security_admin"]
    assert [slug for slug, role in ROLES.items() if role.grants("accounts.add_user")] == ["system_admin"]


def test_the_roles_in_the_database_are_those_of_the_code(db: None) -> None:
    kept = {row.slug: set(row.permissions) for row in RoleInForce.objects.all()}
    assert kept == {slug: set(role.permissions) for slug, role in ROLES.items()}
    RoleInForce.objects.filter(slug="viewer").update(permissions=["regions.view_region"])
    RoleInForce.objects.create(
        slug="former", name="旧角色", description="", permissions=[], levels=[], works_in_admin=False, apart=False
    )
    follow_code()
    assert set(RoleInForce.objects.get(slug="viewer").permissions) == set(ROLES["viewer"].permissions)
    assert not RoleInForce.objects.filter(slug="former").exists()
    told = RowChange.objects.filter(table_name="accounts_roleinforce", record_id="viewer").latest("pk")
    assert told.before["permissions"] == ["regions.view_region"]


@pytest.mark.parametrize(("first", "second"), list(permutations(APART, 2)))
def test_no_person_is_two_administrators_at_once(first: str, second: str, tree: Tree) -> None:
    user = make_user("both", tree.county)
    Post.objects.create(user=user, role=first, region=tree.county, since=SINCE, until=date(2025, 1, 1))
    more = {"user": user, "role": second}
    assert refused_by("post_administrators_apart", region=tree.county, **more)
    assert refused_by("post_administrators_apart", region=tree.prefecture, until=date(2024, 2, 1), **more)
    Post.objects.create(region=tree.county, since=date(2025, 1, 1), **more)  # one after the other


def test_the_second_administrator_is_refused_in_words(security_admin: User, tree: Tree) -> None:
    user = make_user("both", tree.county, "auditor", name="罗琴")
    with pytest.raises(DomainError, match="罗琴已是天元区 审计管理员") as refusal:
        posts.add_post(by=security_admin, user=user, role="system_admin", region=tree.county)
    assert refusal.value.code == "post_administrators_apart"


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_given_at_the_same_moment_one_is_kept() -> None:
    tree = make_tree()
    user, start, refused = make_user("both", tree.county), threading.Barrier(2), []

    def give(role: str) -> None:
        start.wait()
        try:
            Post.objects.create(user=user, role=role, region=tree.county, since=SINCE)
        except IntegrityError as error:
            refused.append(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
        connection.close()

    threads = [threading.Thread(target=give, args=(role,)) for role in ("system_admin", "auditor")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["post_administrators_apart"]
    assert Post.objects.filter(user=user).count() == 1


def test_posts_are_where_the_role_is_and_name_their_unit(tree: Tree, street_clerk: User, security_admin: User) -> None:
    user = make_user("new", tree.street)
    for role in APART:
        assert refused_by("post_level_of_role", user=user, role=role, region=tree.street)
    assert refused_by("post_level_of_role", user=user, role="bureau_admin", region=tree.community)
    assert refused_by("post_unit_as_role", user=user, role="clerk", region=tree.street, unit="1")
    assert refused_by("post_unit_as_role", user=user, role="department_operator", region=tree.county)
    assert refused_by("post_names_organization", user=user, role="organization_manager", region=tree.street, unit="0")
    assert refused_by("post_role_known", user=user, role="king", region=tree.county)
    with pytest.raises(DomainError, match="只设在"):
        posts.add_post(by=security_admin, user=user, role="auditor", region=tree.street)
    with pytest.raises(DomainError, match="没有唯一的"):
        posts.add_post(
            by=security_admin, user=user, role="organization_manager", region=tree.county, unit_name="没有这家"
        )


def test_a_manager_sees_her_own_organisation_alone(tree: Tree, security_admin: User) -> None:
    own = make_record(Organization, tree.community, "自家社工中心")
    other = make_record(Organization, tree.community, "别家社工中心")
    user = make_user("manager", tree.street)
    posts.add_post(by=security_admin, user=user, role="organization_manager", region=tree.county, unit_name=own.name)
    user = User.objects.get(pk=user.pk)
    assert set(Organization.objects.visible_to(user)) == {own}
    assert other not in Organization.objects.allowed_to(user, "change")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=own.pk).delete()


def test_a_stand_in_has_the_post_of_another_within_its_span(tree: Tree, street_clerk: User) -> None:
    held, today = street_clerk.posts.get(), timezone.localdate()
    other = make_user("other", tree.street)
    fits = {
        "user": other, "role": "clerk", "region": tree.street, "since": today, "until": today + timedelta(days=90),
        "stands_in_for": held,
    }  # fmt: skip
    rule = "post_stand_in_fits"
    assert refused_by(rule, **fits | {"until": today + timedelta(days=91)})
    assert refused_by(rule, **fits | {"role": "approver"})
    assert refused_by(rule, **fits | {"region": tree.county})
    assert refused_by(rule, **fits | {"user": street_clerk, "role": "clerk"})
    assert refused_by("post_stand_in_ends", **fits | {"until": None})
    assert refused_by(rule, **fits | {"since": held.since - timedelta(days=1), "until": held.since})
    made = Post.objects.create(**fits)
    assert refused_by(rule, **fits | {"user": make_user("third", tree.street), "stands_in_for": made})
    for change in ({"role": "viewer"}, {"until": today + timedelta(days=1)}):
        with pytest.raises(IntegrityError, match="not changed under them"), transaction.atomic():
            Post.objects.filter(pk=held.pk).update(**change)
