"""The door, and the language behind it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from tests.factories import make_partner
from tests.factories.places import Tree
from tests.factories.users import PASSWORD

LOGIN = "/accounts/login/"


def test_a_right_password_opens_the_workbench(client: Client, street_clerk: User) -> None:
    response = client.post(LOGIN, {"username": "street_clerk", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == reverse("desk:workbench")


@pytest.mark.parametrize("name", ["street_clerk", "nobody"])
def test_a_refusal_does_not_say_which_of_the_two_was_wrong(name: str, client: Client, street_clerk: User) -> None:
    response = client.post(LOGIN, {"username": name, "password": "wrong"})
    assert response.status_code == 200
    assert "用户名或密码不对。" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_account_of_a_partner_system_cannot_sign_in(client: Client, tree: Tree) -> None:
    partner, _token = make_partner(tree.street, ["view"])
    partner.user.set_password(PASSWORD)
    partner.user.save()
    client.post(LOGIN, {"username": partner.user.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_login_leads_back_to_the_page_asked_for_but_never_off_the_site(client: Client, street_clerk: User) -> None:
    data = {"username": "street_clerk", "password": PASSWORD}
    assert client.post(f"{LOGIN}?next=/regions/", data)["Location"] == "/regions/"
    client.logout()
    away = client.post(LOGIN, data | {"next": "https://elsewhere.example/"})["Location"]
    assert away == reverse("desk:workbench")


def test_the_browsers_header_does_not_choose_the_language(client: Client) -> None:
    page = client.get(LOGIN, headers={"accept-language": "en"}).content.decode()
    assert "用户名" in page
    assert 'lang="zh-Hans"' in page


def test_a_user_chooses_the_language(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    response = client.post(reverse("accounts:settings"), {"language": "en"})
    assert response.status_code == 302
    page = client.get(reverse("desk:workbench")).content.decode()
    assert 'lang="en"' in page
    assert client.get(reverse("desk:workbench"), headers={"accept-language": "zh"}).headers["Content-Language"] == "en"


def test_an_unknown_language_is_refused(as_user: Any, street_clerk: User) -> None:
    assert as_user(street_clerk).post(reverse("accounts:settings"), {"language": "fr"}).status_code == 200
    assert User.objects.get(pk=street_clerk.pk).language == "zh-hans"


def test_logging_out_takes_a_post(as_user: Any, street_clerk: User) -> None:
    client = as_user(street_clerk)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert "_auth_user_id" not in client.session


def test_a_user_changes_her_own_password_and_her_other_sessions_end(as_user: Any, street_clerk: User) -> None:
    here, elsewhere = as_user(street_clerk), as_user(street_clerk)
    url, new = reverse("accounts:password"), "A phrase that is quite new"
    wrong = here.post(url, {"old_password": "guessed", "new_password1": new, "new_password2": new})
    assert wrong.status_code == 200
    assert here.post(url, {"old_password": PASSWORD, "new_password1": new, "new_password2": new}).status_code == 302
    assert here.get(reverse("desk:workbench")).status_code == 200
    assert elsewhere.get(reverse("desk:workbench")).status_code == 302
    assert Client().login(username="street_clerk", password=new)
    assert AuditEvent.objects.filter(action="accounts.user.password", actor=street_clerk).exists()
