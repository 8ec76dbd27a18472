"""Every list that takes files: what it writes out it reads again, inside the scope and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.accounts.models import User
from governance.audit.models import AuditEvent
from governance.desk.models import ImportBatch
from governance.kit.imports.heads import Column, columns_of, imports_of, natural_of
from governance.kit.imports.naming import names_of
from governance.kit.listing import LISTINGS, Listing
from governance.kit.sealed import Sealed
from governance.people.entry import Entry
from governance.people.models import Person
from governance.people.naming import Entering
from tests.factories import make, make_record
from tests.factories.making import home_field, number
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.kit.imports.files import counts, errors, step, upload, workbook

IMPORTED = [each for each in LISTINGS.values() if imports_of(each) is not None and "page" in each.surfaces]
by_name = {"ids": lambda listing: listing.name}


def send(client: Client, listing: Listing, data: bytes, name: str = "登记表.xlsx") -> ImportBatch:
    """Upload a file to the list."""
    batch = upload(client, data, name, f"{listing.app}:{listing.name}_import")
    assert isinstance(batch, ImportBatch), batch.content.decode()
    return batch


def columns(listing: Listing) -> list[Column]:
    """Return the columns of a file; persons have three."""
    return columns_of(listing)


def typed(column: Column, record: Any) -> Any:
    """Return what somebody would type who has the papers before her."""
    value = getattr(record, column.name)
    if isinstance(value, Person):
        parts = (value.name, value.identity_number, value.phone)
        value = parts[column.part]
    elif not isinstance(value, Sealed):
        return column.told(record)
    return value.open() if isinstance(value, Sealed) else value


def row_of(listing: Listing, record: Any) -> list[Any]:
    """Return a record as somebody would type it into the columns."""
    return [typed(column, record) for column in columns(listing)]


def head_of(listing: Listing) -> list[str]:
    return [column.heading for column in columns(listing)]


def values_of(listing: Listing, record: Any) -> dict[str, Any]:
    return {column.name: getattr(record, column.name) for column in columns(listing)}


def makes_persons(listing: Listing) -> bool:
    """Return whether a file may name anybody, not only persons whom the user sees."""
    names = names_of(listing)
    return names is not None and isinstance(names.naming, Entering)


def test_most_lists_take_files() -> None:
    assert len(IMPORTED) > 20


@pytest.mark.parametrize("listing", IMPORTED, **by_name)
def test_what_is_written_out_is_read_as_the_same(listing: Listing, almighty: Client, tree: Tree) -> None:
    for name in ("本街记录", "=另一记录"):
        make_record(listing.model, tree.community, name)
    rows = listing.model._default_manager.order_by("pk")
    before = list(rows.values())
    response = almighty.get(listing.url("export", kind="csv"))
    batch = send(almighty, listing, b"".join(response.streaming_content), "登记表.csv")
    assert (batch.state, batch.reason, errors(batch)) == ("checked", "", {})
    assert counts(batch) == (0, 0, len(before), 0)
    step(almighty, batch, "confirm")
    assert list(rows.values()) == before


@pytest.mark.parametrize("listing", IMPORTED, **by_name)
def test_a_row_inside_the_scope_is_added_with_one_event(listing: Listing, almighty: Client, tree: Tree) -> None:
    made = make_record(listing.model, tree.community, "本街记录")
    data, wanted = workbook(head_of(listing), row_of(listing, made)), values_of(listing, made)
    listing.model._base_manager.filter(pk=made.pk).delete()
    rows = listing.model._default_manager
    before = set(rows.values_list("pk", flat=True))
    batch = send(almighty, listing, data)
    assert (batch.reason, errors(batch), counts(batch)) == ("", {}, (1, 0, 0, 0))
    assert set(rows.values_list("pk", flat=True)) == before
    assert step(almighty, batch, "confirm").state == "done"
    record = rows.exclude(pk__in=before).get()
    assert values_of(listing, record) == wanted
    event = AuditEvent.objects.get(action=f"{listing.model._meta.label_lower}.import")
    assert (event.record_id, event.after["added"], event.after["changed"]) == (str(batch.pk), 1, 0)
    assert not AuditEvent.objects.filter(action=f"{listing.model._meta.label_lower}.add").exists()


@pytest.mark.parametrize("listing", IMPORTED, **by_name)
def test_a_row_outside_the_scope_is_refused_in_its_cell(listing: Listing, almighty: Client, tree: Tree) -> None:
    made = make_record(listing.model, tree.next_community, "邻街记录")
    user = User.objects.get(username="almighty")
    cells, foreign = row_of(listing, made), set()
    for column in columns(listing):
        related = getattr(made, column.name)
        if not column.is_relation or related is None or not hasattr(rows_of(related), "nameable_by"):
            continue
        if isinstance(related, Person) and (column.part or makes_persons(listing)):
            continue  # who knows a number and the name may name its person from anywhere
        if not rows_of(related).nameable_by(user).filter(pk=related.pk).exists():
            foreign.add(column.heading)
    listing.model._base_manager.filter(pk=made.pk).delete()
    assert foreign, "nothing in it leads to the next street"
    home = home_field(listing.model)  # no column where it follows from another record
    homes = {each.heading for each in columns(listing) if home is not None and each.name == home.name and not each.part}
    assert homes <= foreign
    before = listing.model._default_manager.count()
    batch = send(almighty, listing, workbook(head_of(listing), cells))
    assert counts(batch) == (0, 0, 0, 1)
    assert set(errors(batch)[2]) == foreign
    page = almighty.get(batch.get_absolute_url()).content.decode()
    for trace in (tree.next_community.name, tree.next_street.name):
        assert trace not in page
        assert trace not in " ".join(errors(batch)[2].values())
    step(almighty, batch, "confirm", without_refused="1")
    assert listing.model._default_manager.count() == before


def rows_of(record: Any) -> Any:
    return record._meta.model._default_manager


@pytest.mark.parametrize("name", ["facility", "project_session"])
def test_more_rows_are_checked_with_no_more_queries(name: str, almighty: Client, tree: Tree) -> None:
    listing = next(each for each in IMPORTED if each.name == name)
    made = make_record(listing.model, tree.community, "本街记录")
    cells, named = row_of(listing, made), next(
        place for place, each in enumerate(columns(listing)) if each.name in {"name", "title"}
    )  # fmt: skip
    listing.model._base_manager.filter(pk=made.pk).delete()

    def queries(rows: int) -> int:
        lines = [[*cells[:named], f"第{number}号", *cells[named + 1 :]] for number in range(rows)]
        data = workbook(head_of(listing), *lines)
        with CaptureQueriesContext(connection) as captured:
            batch = send(almighty, listing, data)
        assert (errors(batch), counts(batch)) == ({}, (rows, 0, 0, 0))
        return len(captured)

    queries(1)  # the first request fills caches of the framework
    assert queries(100) == queries(10)


PERSONS = [each for each in IMPORTED if names_of(each) and any(column.is_part for column in columns_of(each))]


def test_lists_of_persons_take_files() -> None:
    assert {each.name for each in PERSONS} >= {
        "volunteer", "points_partner", "party_report", "social_work_post", "social_work_certificate",
        "community_worker_post", "committee_member", "training_record", "expert", "award", "consultation_participant",
    }  # fmt: skip
    assert {"need", "service_case", "dispute"}.isdisjoint(each.name for each in PERSONS)


@pytest.mark.parametrize("listing", PERSONS, **by_name)
def test_more_persons_are_checked_and_written_with_no_more_queries(
    listing: Listing, almighty: Client, tree: Tree
) -> None:
    field = names_of(listing).field  # type: ignore[union-attr]
    given: dict[str, Any] = {"person": make_record(Person, tree.community, "张三")}
    if listing.name == "points_partner":
        given["kind"] = "talent"
    made = make(listing.model, tree.community, "本街记录", **given)
    cells, heads = row_of(listing, made), columns(listing)
    text = next((place for place, each in enumerate(heads) if each.name in {"number", "recipient", "name"}
                 and not each.is_part), None)  # fmt: skip
    listing.model._base_manager.filter(pk=made.pk).delete()

    def queries(rows: int) -> tuple[int, int, int]:
        lines = []
        for turn in range(rows):
            line = list(cells)
            if text is not None:
                line[text] = f"第{next(number)}号"
            somebody = Entry.of(f"人{turn}", identity_number(), "13812348000")
            if not makes_persons(listing):
                make_person(tree.community, somebody.name, identity_number=somebody.identity_number)
            for place, each in enumerate(heads):
                if each.name == field:
                    line[place] = (somebody.name, somebody.identity_number, somebody.phone)[each.part]
            lines.append(line)
        data = workbook(head_of(listing), *lines)
        with CaptureQueriesContext(connection) as checked:
            batch = send(almighty, listing, data)
        assert (batch.reason, errors(batch), counts(batch)) == ("", {}, (rows, 0, 0, 0))
        with CaptureQueriesContext(connection) as written:
            assert step(almighty, batch, "confirm").state == "done"
        with CaptureQueriesContext(connection) as again:
            batch = send(almighty, listing, data)
        same = bool(natural_of(listing))  # without, a row is another record, and a person may be there once
        assert counts(batch) == (0, 0, rows * same, rows * (not same))
        return len(checked), len(written), len(again)

    queries(1)  # the first request fills caches of the framework
    assert queries(100) == queries(10)
