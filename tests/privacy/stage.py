"""Requests on their way, and a person with a record in every table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, models
from django.utils import timezone

from governance.accounts.models import User
from governance.kit import erasing, records
from governance.kit.sealed import SealedField
from governance.people.models import Person
from governance.privacy import actions
from governance.privacy.models import DataSubjectRequest
from tests.factories import make_record
from tests.factories.places import Tree
from volunteers.models import PointsPartner

S = DataSubjectRequest.State
NUMBER, PHONE, MAIL = "11010519491231002X", "13912348765", "trace@mark.example.org"
MARK = "踪迹标"


def received(by: User, person: Person | None, kind: str = "see", **values: Any) -> Any:
    given = {
        "region": by.region, "kind": kind, "received_on": timezone.localdate(), "channel": "counter",
        "applicant": f"{MARK}申请人", "relation": "self", "contact": f"{MARK}{PHONE}", "detail": f"{MARK}想查一查",
    }  # fmt: skip
    return actions.receive(by=by, person=person, **given | values)


def in_work(by: User, person: Person, kind: str) -> Any:
    wanted = records.move(received(by, person, kind), "verify", by=by)
    return records.move(wanted, "accept", by=by, verified_how="card")


def hers(person: Person, tree: Tree) -> list[Any]:
    """Make a record in every table that leads to a person, and lead it to this one."""
    made: list[Any] = []
    for holding in erasing.holdings(Person):
        if holding.derived or holding.model is Person:
            continue
        row = make_record(holding.model, tree.community, f"{MARK}记录")
        for way in holding.ways:
            key, _lookup, further = way.partition("__")
            if not further:
                fields = {key: person} | ({"kind": "talent"} if key == "person" and type(row) is PointsPartner else {})
            else:
                target = row._meta.get_field(key).related_model
                mine = next(each for each in made if isinstance(each, target))
                fields = {key: mine}
            with without_triggers():
                type(row).objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        made.append(row)
    return made


def plant(rows: list[Any]) -> None:
    """Put a text into every field that is about a person."""
    for row in rows:
        for field in erasing.private_fields(type(row)):
            if isinstance(field, SealedField):
                value: Any = MARK
            elif isinstance(field, models.FileField):
                if getattr(row, field.attname):
                    continue
                value = ContentFile(f"%PDF-1.4 {MARK}".encode(), name=f"{row.pk}.pdf")
            elif isinstance(field, models.CharField | models.TextField) and not field.choices:
                value = f"{MARK}{row.pk}"[: field.max_length]
            else:
                continue
            setattr(row, field.attname, value)
        if isinstance(row, DataSubjectRequest):
            row.sha256, row.expires_at = "0" * 64, timezone.now()
        row.save()


@contextmanager
def without_triggers() -> Iterator[None]:
    """What a factory made is led to another person, which the database refuses in earnest."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def everything() -> str:
    """Return all that stands in the tables of the portal, sealed texts opened."""
    found: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if value is not None:
                    found.append(value.open() if isinstance(field, SealedField) else str(value))
    return "\n".join(found)
