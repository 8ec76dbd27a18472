"""What is sensitive stands on no surface, in no file, no import and no event: a text that is nowhere else is looked for.

Passwords and secrets of accounts are not texts that anybody enters; persons have tests of their own (`tests/people`).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from governance.audit.models import AuditEvent
from governance.kit.imports.again import Again
from governance.kit.imports.heads import columns_of, imports_of
from governance.kit.listing import LISTINGS, Listing
from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import Sealed
from governance.people.models import Person
from tests.contracts import test_imports
from tests.contracts.payloads import payload
from tests.contracts.surfaces import record_urls, surfaces, text_of
from tests.contracts.test_scope_of_records import refusals, send
from tests.factories import make, make_record, make_user
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, workbook

MARK = "敏感标记"
OWN = {"accounts", "people"}
# Texts that stand on the record's own page: nobody opens it but those who keep such records.
OPEN = {"party_report": {"unit_name"}}


def sensitive(listing: Listing) -> dict[str, Any]:
    """Return the sensitive fields by name."""
    levels = classification_of(listing.model)
    fields = {field.name: field for field in listing.model._meta.concrete_fields}
    return {name: fields[name] for name, level in levels.items() if level is Classification.SENSITIVE}


SENSITIVE = [each for each in LISTINGS.values() if sensitive(each) and each.app not in OWN]
by_name = {"ids": lambda listing: listing.name}


def marked(listing: Listing, tree: Tree, without: Collection[str] = ()) -> Any:
    """Make a record whose sensitive fields hold the mark, and whose sensitive persons bear it as their name."""
    given: dict[str, Any] = {}
    for name, field in sensitive(listing).items():
        if name in without:
            continue
        if isinstance(field, models.ForeignKey):
            assert field.related_model is Person, f"{field}: what is sensitive about it?"
            given[name] = make_record(Person, tree.community, MARK)
        else:
            given[name] = MARK
    return make(listing.model, tree.community, "本街记录", **given)


def test_there_is_something_to_look_for() -> None:
    assert {"dispute", "need", "service_case", "party_report"} <= {listing.name for listing in SENSITIVE}


@pytest.mark.parametrize("listing", SENSITIVE, **by_name)
def test_no_surface_of_a_list_shows_it(listing: Listing, almighty: Client, tree: Tree) -> None:
    marked(listing, tree)
    for surface in surfaces():
        if surface.listing is listing:
            assert MARK not in surface.body(almighty), surface


@pytest.mark.parametrize("listing", SENSITIVE, **by_name)
def test_no_page_of_the_record_shows_it(listing: Listing, almighty: Client, tree: Tree) -> None:
    assert listing.name not in OPEN or not listing.access.verbs("look")
    record = marked(listing, tree, OPEN.get(listing.name, ()))
    for name, url in record_urls(listing, record):
        answer = almighty.get(url)
        if answer.status_code == 200:
            assert MARK not in text_of(answer), name


WRITES = [
    pytest.param(listing, surface, texts, id=f"{listing.name}-{surface}")
    for listing in SENSITIVE
    if listing.add and listing.form
    if (texts := {name for name, field in sensitive(listing).items() if not isinstance(field, models.ForeignKey)})
    for surface in ("page", "api", "admin")
    if surface in listing.surfaces
]


@pytest.mark.parametrize(("listing", "surface", "texts"), WRITES)
def test_no_event_keeps_it(listing: Listing, surface: str, texts: set[str], almighty: Client, tree: Tree) -> None:
    writer = make_user("writer", tree.county, "clerk", name="全县经办")
    sent = payload(listing, tree.community, surface, "本街记录", writer)
    if surface == "api":
        texts &= set(resolve(reverse(f"api:{listing.name}-list")).func.cls.serializer_class().fields)  # type: ignore[attr-defined]
    response = send(listing, surface, almighty, sent.data | dict.fromkeys(texts, MARK))
    assert response.status_code == (201 if surface == "api" else 302), refusals(response)
    assert MARK not in response.content.decode()
    record = listing.model._default_manager.get()
    kept = [getattr(record, name) for name in texts]
    assert all((text.open() if isinstance(text, Sealed) else text) == MARK for text in kept)
    event = AuditEvent.objects.get(action=f"{listing.model._meta.label_lower}.add")
    assert MARK not in json.dumps([event.before, event.after], ensure_ascii=False, default=str)


@pytest.mark.parametrize("listing", SENSITIVE, **by_name)
def test_no_import_takes_it_in_the_open(listing: Listing) -> None:
    """What a file may fill of it is sealed, and so kept apart from the cells."""
    names = sensitive(listing)
    assert all(column.sealed for column in columns_of(listing) if column.name in names)


@pytest.mark.parametrize("listing", [each for each in SENSITIVE if imports_of(each) is not None], **by_name)
def test_no_page_and_no_event_of_an_import_shows_it(listing: Listing, almighty: Client, tree: Tree) -> None:
    record = marked(listing, tree)
    data = workbook(test_imports.head_of(listing), test_imports.row_of(listing, record))
    listing.model._base_manager.filter(pk=record.pk).delete()
    batch = test_imports.send(almighty, listing, data)
    assert (errors(batch), counts(batch)) == ({}, (1, 0, 0, 0))
    assert MARK not in almighty.get(batch.get_absolute_url()).content.decode()
    assert MARK not in str(list(batch.lines.values_list("cells", "errors", "before")))
    assert step(almighty, batch, "confirm").state == "done"
    assert MARK not in almighty.get(batch.get_absolute_url()).content.decode()
    assert MARK not in str(list(batch.lines.values()))
    assert MARK not in str(list(AuditEvent.objects.values_list("record_name", "before", "after")))


NAMING = [each for each in LISTINGS.values() if any(column.is_part and column.reference for column in columns_of(each))]


@pytest.mark.parametrize("listing", NAMING, **by_name)
def test_numbers_and_phones_of_persons_are_sealed_wherever_a_file_names_one(listing: Listing) -> None:
    parts = [column for column in columns_of(listing) if column.is_part]
    assert [column.heading for column in parts if not column.sealed] in ([], ["姓名"], ["人员（姓名）"])
    known = {column.heading for column in parts if column.sealed}
    assert any("居民身份证号" in heading for heading in known)
    assert any("电话" in heading for heading in known)
    written_out = {column.heading for column in Again(listing, listing.table)._columns()}
    assert not {column.heading for column in parts} & written_out
