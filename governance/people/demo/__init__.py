"""Demonstration data of this app: what persons of other apps are called, and their rows."""

from __future__ import annotations

from django.db import connection

from governance.kit.demo import register_settler
from governance.kit.personroles import roles
from governance.people import places
from governance.people.models import PersonPlace


def find_places() -> None:
    """Write where persons have roles, as triggers would have done."""
    with connection.cursor() as cursor:
        for role in roles():
            places.rebuild(cursor, role)


register_settler(90, find_places, PersonPlace)
