"""What a clerk sees without looking for it: numbers as they are written, filters in one row, the next step at hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from funds.models import FundBudget
from governance.accounts.models import User
from governance.deliberation.models import ConsultationParticipant
from governance.kit.figures import figure, is_money, is_year
from governance.kit.filtering import DaysField
from governance.kit.filters import FIRST_ROW
from governance.kit.imports.heads import imports_of
from governance.kit.listing import LISTINGS, Listing
from governance.people.models import Person
from organizations.models import Organization
from tests.factories import make_record, make_user
from tests.factories.places import Tree

LISTS = [listing for listing in LISTINGS.values() if "page" in listing.surfaces]
BY_NAME = pytest.mark.parametrize("listing", LISTS, ids=[listing.name for listing in LISTS])


def test_a_year_is_not_counted_in_thousands_and_money_has_its_decimals(
    tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    budget = make_record(FundBudget, tree.community, "民发〔2025〕3号")
    FundBudget.objects.filter(pk=budget.pk).update(year=2025, amount=Decimal("27881"))
    client = as_user(bureau_admin)
    for address in (reverse("funds:fund_budget_list"), budget.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "27,881.00" in page
        assert "2,025" not in page


def test_what_is_neither_is_grouped_and_bare() -> None:
    fields = {each.name: each for each in FundBudget._meta.concrete_fields}
    assert [name for name, each in fields.items() if is_money(each)] == ["amount"]
    assert [name for name, each in fields.items() if is_year(each)] == ["year"]
    score: Any = LISTINGS[Person].model._meta.get_field("id")
    assert figure(score, 15600) == "15,600"


@BY_NAME
def test_the_filters_fit_one_row(listing: Listing, bureau_admin: User) -> None:
    filterset = listing.filterset({}, listing.model._default_manager.none(), user=bureau_admin)
    asked = {name: field for name, field in filterset.form.fields.items() if name != "q"}
    first = [name for name, field in asked.items() if not field.rest]  # type: ignore[attr-defined]
    assert len(first) <= FIRST_ROW
    assert filterset.has_more == (len(first) < len(asked))
    if filterset.has_more:
        assert not any(isinstance(asked[name], DaysField) for name in first), "a stretch of days takes half the row"


def test_lists_without_rows_share_a_panel(tree: Tree, street_clerk: User, as_user: Any) -> None:
    organization = make_record(Organization, tree.community, "铁西舞蹈队")
    page = as_user(street_clerk).get(organization.get_absolute_url()).content.decode()
    assert page.count("还没有登记的") == 1
    assert 'aria-label="新增组织状态"' in page


def test_the_workbench_leads_to_the_forms_that_a_person_may_fill(tree: Tree, street_clerk: User, as_user: Any) -> None:
    page = as_user(street_clerk).get(reverse("desk:workbench")).content.decode()
    assert f'href="{reverse("volunteers:volunteer_add")}"' in page, "a volunteer is at home in a community, not here"
    assert f'href="{reverse("organizations:organization_add")}?region={tree.street.code}"' in page
    assert reverse("deliberation:designation_add") not in page, "hers to see, not to register"
    viewer = as_user(make_user("viewer", tree.street, "viewer"))
    assert "快速登记" not in viewer.get(reverse("desk:workbench")).content.decode()


def test_persons_are_found_by_their_number_from_the_list(tree: Tree, street_clerk: User, as_user: Any) -> None:
    assert (
        f'href="{reverse("people:person_find")}"'
        in as_user(street_clerk).get(reverse("people:person_list")).content.decode()
    )


def test_a_participant_is_called_by_name(tree: Tree, street_clerk: User, as_user: Any) -> None:
    participant = make_record(ConsultationParticipant, tree.community, "李工")
    client = as_user(street_clerk)
    address = reverse("deliberation:consultation_participant_list")
    assert f'<a href="{participant.get_absolute_url()}">李工</a>' in client.get(address).content.decode()
    file = client.get(reverse("deliberation:consultation_participant_export", kwargs={"kind": "csv"}))
    assert "李工" not in b"".join(file.streaming_content).decode("utf-8-sig").split("单位")[0]


@BY_NAME
def test_the_admin_leads_to_the_import_of_what_may_be_imported(
    listing: Listing, tree: Tree, bureau_admin: User, as_user: Any
) -> None:
    if "admin" not in listing.surfaces:
        pytest.skip("not in the admin")
    model = listing.model._meta
    answer = as_user(bureau_admin).get(reverse(f"admin:{model.app_label}_{model.model_name}_changelist"))
    if answer.status_code == 403:
        pytest.skip("not hers to see")
    wanted = imports_of(listing) is not None and listing.allows(bureau_admin, "add")
    assert (f'href="{listing.url("list")}import/"' in answer.content.decode()) == wanted
