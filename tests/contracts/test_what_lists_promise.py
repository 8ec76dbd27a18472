"""What each list says of itself holds: how it is imported, what its endpoint takes, where it shows, what counts it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import FileField, ForeignKey
from django.test import Client
from django.urls import resolve, reverse
from django.utils.html import strip_tags

from governance.kit.homes import is_place
from governance.kit.imports.columns import NoImport
from governance.kit.imports.heads import columns_of, imports_of
from governance.kit.keeping import registers_of
from governance.kit.listing import LISTINGS, Listing
from governance.kit.measures.sources import SOURCES
from governance.kit.privacy import Classification, classification_of
from governance.regions.models import RegisterCoverage
from tests.factories import make, make_record
from tests.factories.making import written
from tests.factories.places import Tree

PAGES = [listing for listing in LISTINGS.values() if "page" in listing.surfaces]
by_name = {"ids": lambda listing: listing.name}


@pytest.mark.parametrize("listing", [each for each in PAGES if each.add and each.form], **by_name)
def test_a_list_that_can_be_added_to_is_imported_or_says_why_not(listing: Listing) -> None:
    if isinstance(listing.imports, NoImport):
        assert str(listing.imports.reason).strip()
    else:
        assert imports_of(listing) is not None
        assert columns_of(listing)


FORMS = [each for each in LISTINGS.values() if each.form and "api" in each.surfaces]


@pytest.mark.parametrize("listing", FORMS, **by_name)
def test_the_endpoint_takes_what_the_form_takes(listing: Listing) -> None:
    assert listing.form is not None
    view: Any = resolve(reverse(f"api:{listing.name}-list")).func
    levels = classification_of(listing.model)
    fields = {field.name: field for field in listing.model._meta.concrete_fields}
    wanted = {
        name
        for name in listing.form.base_fields
        if name != "seen"
        and levels.get(name) is not Classification.SENSITIVE
        and not isinstance(fields.get(name), FileField)
    }
    assert wanted - set(view.cls.serializer_class().fields) == set()


def test_the_records_behind_every_source_have_a_list() -> None:
    models = {
        apps.get_model(rows.model)
        for source in SOURCES.values()
        for rows in (source.intervals, source.events)
        if rows is not None and not rows.model.startswith("trial.")  # tables of tests, which nobody keeps
    }
    assert models - set(LISTINGS) == set()


@pytest.mark.parametrize("listing", PAGES, **by_name)
def test_a_register_says_whether_it_is_kept_and_no_other_list_does(
    listing: Listing, almighty: Client, tree: Tree
) -> None:
    def page() -> str:
        return "".join(strip_tags(almighty.get(listing.url("list")).content.decode()).split())

    registers, place = registers_of(listing), tree.street.name
    if not registers:
        assert "本台账" not in page()
        return
    assert page().count(f"本台账在{place}还没有启用") == len(registers)
    for number, register in enumerate(registers, start=1):
        RegisterCoverage.objects.create(region=tree.street, register=register, since=f"202{number}-01-01")
        assert page().count("还没有启用") == len(registers) - number
    for number, register in enumerate(registers, start=1):
        label = f"{SOURCES[register].label}：" if len(registers) > 1 else ""
        assert f"{label}本台账自202{number}-01-01起在{place}启用" in page()


# Keys that the fields of a generic record do not go with, and what they go with.
WITH: dict[tuple[str, str], dict[str, Any]] = {
    ("organization_ending", "into"): {"way": "merged"},
    ("social_work_post", "organization"): {"employer": ""},
    ("project_session", "social_worker"): {"with_social_worker": True},
    ("purchase_contract", "organization"): {"supplier_kind": "social_organization", "supplier": ""},
    ("points_partner", "person"): {"kind": "talent"},
    ("fund_budget", "fund"): {"purpose": "other"},
}
KEYS = [
    pytest.param(listing, field, id=f"{listing.name}-{field.name}")
    for listing in PAGES
    for field in listing.model._meta.concrete_fields
    if isinstance(field, ForeignKey) and not is_place(field.related_model)
    if field.related_model in LISTINGS and "page" in LISTINGS[field.related_model].surfaces
    if listing.related is None or field.name in listing.related
]


@pytest.mark.parametrize(("listing", "field"), KEYS)
def test_what_points_to_a_record_shows_on_its_page(listing: Listing, field: Any, almighty: Client, tree: Tree) -> None:
    other = make_record(field.related_model, tree.community, "所指记录")
    if listing.model in written("MAKERS"):
        record = make_record(listing.model, tree.community, "本街记录")
        other = getattr(record, field.name)
        if other is None:
            pytest.skip("it follows from a record that leads elsewhere")
    else:
        given = WITH.get((listing.name, field.name), {}) | {field.name: other}
        record = make(listing.model, tree.community, "本街记录", **given)
    body = almighty.get(LISTINGS[field.related_model].url("detail", other)).content.decode()
    assert f'href="{record.get_absolute_url()}"' in body
