"""Persons: with genuine-looking numbers, and a role at the place where they are asked for."""

from __future__ import annotations

from governance.kit.identity import check_character
from governance.people.models import Person
from governance.regions.models import Region
from tests.factories.making import number
from tests.trial.models import Helper


def identity_number(turn: int | None = None) -> str:
    """Return a number that passes every check and that no other person has."""
    turn = next(number) if turn is None else turn
    turn, day = divmod(turn, 28)
    turn, month = divmod(turn, 12)
    turn, year = divmod(turn, 60)
    body = f"430211{1950 + year}{month + 1:02}{day + 1:02}{turn % 1000:03}"
    return body + check_character(body)


def make_person(region: Region, name: str, *, role: bool = True, **fields: object) -> Person:
    """Record a person; with `role` she is somebody at `region`, and so seen there."""
    given = {"identity_number": identity_number(), "phone": f"138{next(number):08}"} | fields
    person = Person(name=name[:60], region=region, **given)
    person.save(force_insert=True)
    if role:
        Helper.objects.create(person=person, region=region)
    return Person.objects.get(pk=person.pk)


MAKERS = {Person: make_person}
