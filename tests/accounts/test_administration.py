"""Accounts, posts and partner systems through the admin's own forms, and what an administrator must not reach."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from governance.accounts import actions, posts
from governance.accounts.models import PartnerClient, Post, User
from governance.audit.models import AuditEvent
from governance.kit.errors import DomainError
from tests.factories import make_partner, make_user
from tests.factories.places import Tree
from tests.factories.users import PASSWORD


@pytest.fixture
def admin(system_admin: User, as_user: Any) -> Client:
    return as_user(system_admin)  # type: ignore[no-any-return]


@pytest.fixture
def giver(security_admin: User, as_user: Any) -> Client:
    return as_user(security_admin)  # type: ignore[no-any-return]


def account(tree: Tree, **more: str) -> dict[str, str]:
    return {
        "username": "newcomer",
        "name": "新人",
        "region": tree.street.code,
        "language": "zh-hans",
        "is_active": "on",
        "password": PASSWORD,
    } | more


def test_an_account_is_opened_and_given_a_post_by_another(admin: Client, giver: Client, tree: Tree) -> None:
    response = admin.post(reverse("admin:accounts_user_add"), account(tree))
    assert response.status_code == 302, response.content.decode()
    user = User.objects.get(username="newcomer")
    assert user.check_password(PASSWORD)
    data = {"user": user.pk, "role": "clerk", "region": tree.street.code, "since": "2024-01-01"}
    assert admin.post(reverse("admin:accounts_post_add"), data).status_code == 403
    response = giver.post(reverse("admin:accounts_post_add"), data)
    assert response.status_code == 302, response.content.decode()
    assert User.objects.get(pk=user.pk).scope_for("regions.add_facility").covers(tree.community.path)
    assert Client().login(username="newcomer", password=PASSWORD)


def test_an_account_is_changed_without_touching_its_password(admin: Client, street_clerk: User, tree: Tree) -> None:
    url = reverse("admin:accounts_user_change", args=[street_clerk.pk])
    response = admin.post(url, account(tree, username="street_clerk", name="改名", password=""))
    assert response.status_code == 302, response.content.decode()
    changed = User.objects.get(pk=street_clerk.pk)
    assert (changed.name, changed.check_password(PASSWORD)) == ("改名", True)


def test_a_weak_password_is_shown_at_its_field_and_nothing_is_lost(admin: Client, tree: Tree) -> None:
    response = admin.post(reverse("admin:accounts_user_add"), account(tree, password="12345678"))
    body = response.content.decode()
    assert response.status_code == 200
    assert "errorlist" in body
    assert "新人" in body
    assert not User.objects.filter(username="newcomer").exists()


def test_an_account_elsewhere_is_refused(admin: Client, tree: Tree) -> None:
    response = admin.post(reverse("admin:accounts_user_add"), account(tree, region=tree.other_county.code))
    assert response.status_code == 200
    assert not User.objects.filter(username="newcomer").exists()


def test_a_partner_system_is_registered_and_its_secret_shown_once(admin: Client, tree: Tree) -> None:
    data = {"name": "街道平台", "region": tree.street.code, "verbs": ["view", "add"]}
    response = admin.post(reverse("admin:accounts_partnerclient_add"), data)
    assert response.status_code == 302, response.content.decode()
    shown = " ".join(str(message) for message in get_messages(response.wsgi_request))
    client = PartnerClient.objects.get()
    assert client.client_id in shown
    secret = shown.split("密钥 ")[1].split("。")[0]
    data = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": secret}
    assert Client().post(reverse("api:token"), data).status_code == 200
    assert AuditEvent.objects.filter(action="accounts.partnerclient.token").exists()
    Client().post(reverse("api:token"), data | {"client_secret": "guessed"})
    assert AuditEvent.objects.filter(action="accounts.partnerclient.refused").exists()


def test_nobody_gives_herself_a_post(giver: Client, security_admin: User, tree: Tree) -> None:
    data = {"user": security_admin.pk, "role": "bureau_admin", "region": tree.county.code, "since": "2024-01-01"}
    response = giver.post(reverse("admin:accounts_post_add"), data)
    assert response.status_code == 200
    assert "不能给自己设岗位" in response.content.decode()
    own = security_admin.posts.get()
    with pytest.raises(DomainError):
        posts.change_post(own, by=security_admin, role="bureau_admin")
    with pytest.raises(DomainError):
        posts.remove_post(own, by=security_admin)


def test_an_account_with_powers_beyond_ones_own_is_out_of_reach(admin: Client, tree: Tree) -> None:
    superior = make_user("superior", tree.county)
    Post.objects.create(user=superior, role="bureau_admin", region=tree.prefecture, since="2020-01-01")
    url = reverse("admin:accounts_user_change", args=[superior.pk])
    response = admin.post(url, account(tree, username="superior", region=tree.county.code, password="taken over 2026"))
    assert response.status_code == 200
    assert "管理范围以外还有岗位" in response.content.decode()
    assert User.objects.get(pk=superior.pk).check_password(PASSWORD)


def test_the_account_of_a_partner_system_stays_what_it_is(
    system_admin: User, security_admin: User, street_clerk: User, tree: Tree
) -> None:
    partner, _token = make_partner(tree.street, ["view"])
    for role, region in (("bureau_admin", tree.street), ("partner", tree.county)):
        with pytest.raises(DomainError):
            posts.add_post(by=security_admin, user=partner.user, role=role, region=region)
    with pytest.raises(DomainError):
        posts.add_post(by=security_admin, user=street_clerk, role="partner", region=tree.street)
    with pytest.raises(DomainError):
        actions.change_user(partner.user, by=system_admin, region=tree.county)


@pytest.mark.parametrize(
    "query", ["password__startswith=pbkdf2", "name__regex=(", "region__path__startswith=4", "posts__role=clerk"]
)
def test_a_query_string_of_the_admin_reads_nothing_but_its_menu(query: str, admin: Client) -> None:
    assert admin.get(f"{reverse('admin:accounts_user_changelist')}?{query}").status_code in {302, 400}


def test_a_menu_of_the_admin_filters(admin: Client, tree: Tree) -> None:
    make_partner(tree.street, ["view"])
    body = admin.get(f"{reverse('admin:accounts_user_changelist')}?kind__exact=partner").content.decode()
    assert "partner-account" in body
    assert "system_admin</a>" not in body


def test_every_event_has_somebody_who_may_read_it(
    auditor: User, street_clerk: User, client: Client, as_user: Any, tree: Tree
) -> None:
    as_user(street_clerk).get(reverse("regions:facility_export", kwargs={"kind": "csv"}))
    client.post(reverse("accounts:login"), {"username": "street_clerk", "password": "wrong"})
    seen = set(AuditEvent.objects.visible_to(auditor).values_list("action", flat=True))
    assert {"regions.facility.export", "accounts.user.login_refused"} <= seen


def test_the_form_cannot_move_the_account_of_a_partner_system(admin: Client, tree: Tree) -> None:
    partner, _token = make_partner(tree.street, ["view"])
    url = reverse("admin:accounts_user_change", args=[partner.user.pk])
    data = account(tree, username=partner.user.username, region=tree.next_street.code, password="")
    response = admin.post(url, data)
    assert response.status_code == 200
    assert "用户名和地区也不能改" in response.content.decode()
    assert User.objects.get(pk=partner.user.pk).region == tree.street


def test_the_form_cannot_hand_ones_own_post_to_somebody_else(
    giver: Client, security_admin: User, street_clerk: User, tree: Tree
) -> None:
    own = security_admin.posts.get()
    data = {"user": street_clerk.pk, "role": own.role, "region": tree.county.code, "since": "2020-01-01"}
    response = giver.post(reverse("admin:accounts_post_change", args=[own.pk]), data)
    assert response.status_code == 200
    assert Post.objects.get(pk=own.pk).user == security_admin
