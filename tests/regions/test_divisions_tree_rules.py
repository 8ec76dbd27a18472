"""The database keeps the shape of the tree, whoever writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from governance.regions.models import Region
from tests.regions.divisions import CITY, COMMUNITY, COUNTY, NEXT_COUNTY, NEXT_STREET, ROWS, STREET, load, tree, written


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, db: None) -> None:
    load(written(tmp_path, *ROWS))


def place(code: str) -> Region:
    return Region.objects.get(code=code)


def refused_by_the_tree() -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match="region 5")


@pytest.mark.parametrize(
    ("parent", "level", "path"),
    [
        (COUNTY, "township", f"{CITY}/500103009000/"),  # not below the parent
        (COUNTY, "township", f"{CITY}/{COUNTY}/500103008000/"),  # another code
        (COUNTY, "township", f"{CITY}/{COUNTY}/500103009000"),  # no slash
        (COUNTY, "county", f"{CITY}/{COUNTY}/500103009000/"),  # no higher level
        (STREET, "county", f"{CITY}/{COUNTY}/{STREET}/500103009000/"),  # a lower one
        (None, "province", f"{CITY}/500103009000/"),  # a root elsewhere
    ],
)
def test_a_new_place_off_the_tree_is_refused(parent: str | None, level: str, path: str) -> None:
    above = place(parent) if parent else None
    with refused_by_the_tree() as caught, transaction.atomic():
        Region.objects.create(code="500103009000", name="x", level=level, parent=above, path=path)
    assert caught.value.__cause__.diag.constraint_name == "region_path_follows_parent"  # type: ignore[union-attr]


def test_bulk_and_copy_are_caught() -> None:
    wrong = Region(code="500103009000", name="x", level="township", parent=place(COUNTY), path="500103009000/")
    with refused_by_the_tree(), transaction.atomic():
        Region.objects.bulk_create([wrong])
    with refused_by_the_tree(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO regions_region"
            " (code, name, level, parent_id, path, partial, urban_rural_code, initials, changed_at)"
            " SELECT '500103009000', name, level, parent_id, '5/', partial, '', '', changed_at"
            " FROM regions_region WHERE code = %s",
            [STREET],
        )


@pytest.mark.parametrize("code", [STREET, COMMUNITY])
def test_a_path_is_not_changed_by_itself(code: str) -> None:
    with refused_by_the_tree(), transaction.atomic():
        Region.objects.filter(code=code).update(path=Concat(Value("5"), F("path")))


def test_a_place_does_not_move_without_what_is_below() -> None:
    path = f"{CITY}/{NEXT_COUNTY}/{STREET}/"
    with refused_by_the_tree(), transaction.atomic():
        Region.objects.filter(code=STREET).update(parent=place(NEXT_COUNTY), path=path)
    moved = f"{CITY}/{NEXT_COUNTY}/{NEXT_STREET}/"  # nothing lies below this one
    Region.objects.filter(code=NEXT_STREET).update(parent=place(NEXT_COUNTY), path=moved)
    assert place(NEXT_STREET).path == moved


def test_a_new_parent_brings_a_new_path() -> None:
    with refused_by_the_tree(), transaction.atomic():
        Region.objects.filter(code=NEXT_STREET).update(parent=place(NEXT_COUNTY))


@pytest.mark.parametrize(("code", "level"), [(STREET, "community"), (STREET, "county"), (COMMUNITY, "township")])
def test_a_level_stays_between_those_above_and_below(code: str, level: str) -> None:
    with refused_by_the_tree(), transaction.atomic():
        Region.objects.filter(code=code).update(level=level)


def test_what_leaves_the_shape_alone_goes_through() -> None:
    before = tree()
    Region.objects.update(name=F("name"), partial=True)
    assert tree() == before
