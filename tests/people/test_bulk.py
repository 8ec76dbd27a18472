"""Many persons at once: the rows of COPY are those that a form writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from governance.people import bulk
from governance.people.entry import Entry
from governance.people.models import Person
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.people.conftest import NUMBER, OTHER_NUMBER


def test_a_copied_person_is_the_one_that_would_have_been_saved(tree: Tree) -> None:
    entry = Entry.of("阿卜杜拉·买买提", NUMBER, "13812348000")
    saved = make_person(tree.county, entry.name, identity_number=NUMBER, phone=entry.phone, role=False)
    saved = Person.objects.get(pk=saved.pk)
    saved.delete()
    assert bulk.copy([(entry, tree.county.pk), (Entry.of("李\\四"), tree.county.pk)]) == 2
    copied, bare = Person.objects.order_by("pk")
    for name in ("name", "pinyin", "gender", "birth_year", "region_id"):
        assert getattr(copied, name) == getattr(saved, name), name
    assert bytes(copied.identity_index) == bytes(saved.identity_index)
    assert bytes(copied.phone_index) == bytes(saved.phone_index)
    assert (copied.identity_number.open(), copied.phone.open()) == (NUMBER, "13812348000")
    assert (bare.name, bare.identity_number, bare.phone, bare.gender) == ("李\\四", None, None, "")


def test_a_number_that_is_there_refuses_a_copy(tree: Tree) -> None:
    make_person(tree.county, "张三", identity_number=NUMBER)
    with pytest.raises(IntegrityError, match="person_identity_once"), transaction.atomic():
        bulk.copy([(Entry.of("张三", NUMBER), tree.county.pk)])


def test_entries_of_a_file_are_found_or_recorded(tree: Tree) -> None:
    there = make_person(tree.next_community, "张三", identity_number=NUMBER)
    right, wrong = Entry.of("张三", NUMBER), Entry.of("李四", NUMBER)
    new, again, bare = (
        Entry.of("王五", OTHER_NUMBER),
        Entry.of("王 五", OTHER_NUMBER),
        Entry.of("赵六", "", "13812348000"),
    )
    done = bulk.record(dict.fromkeys((right, wrong, new, again, bare), tree.county.pk))
    assert done.persons[right] == there.pk
    assert list(done.refused) == [wrong]
    assert done.persons[new] == done.persons[again]
    assert done.added == 2
    assert Person.objects.get(pk=done.persons[bare]).phone.open() == "13812348000"
    assert Person.objects.count() == 3
    again_done = bulk.record({new: tree.county.pk})
    assert (again_done.added, again_done.persons[new]) == (0, done.persons[new])


def test_any_number_of_entries_costs_the_same_queries(tree: Tree) -> None:
    counts = []
    for size in (3, 300):
        entries = {Entry.of(f"人{turn}", identity_number()): tree.county.pk for turn in range(size)}
        with _Counted() as counted:
            assert bulk.record(entries).added == size
        counts.append(counted.count)
    assert counts[0] == counts[1]


class _Counted:
    """Counts queries."""

    def __enter__(self) -> _Counted:
        self.count = 0
        self._wrapped = connection.execute_wrapper(self._one)
        self._wrapped.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._wrapped.__exit__(*error)  # type: ignore[arg-type]

    def _one(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.count += 1
        return execute(sql, params, many, context)


def test_the_database_keeps_what_it_can(tree: Tree) -> None:
    person = make_person(tree.county, "张三", identity_number=NUMBER, phone="13812348000")
    broken = {
        "person_index_with_number": {"identity_index": None},
        "person_index_with_phone": {"phone_index": None},
        "person_number_says_birth": {"birth_year": None},
        "person_birth_year_plausible": {"birth_year": 1800},
        "person_is_named": {"name": ""},
    }
    for name, values in broken.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**values)
