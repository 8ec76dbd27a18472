"""Columns of the list of persons: masked, for a list is no purpose."""

from __future__ import annotations

from typing import Any

import django_tables2

from governance.kit.columns import ListTable, own_page
from governance.people.models import Person


class MaskedName(django_tables2.Column):
    """The masked name, in files too."""

    def render(self, value: Any, record: Any) -> str:
        """Return 张*三."""
        return str(record)

    def value(self, value: Any, record: Any) -> str:
        """Return the same for exports."""
        return str(record)


class PersonTable(ListTable):
    """Columns of the list of persons."""

    name = MaskedName(order_by=("pinyin", "pk"), linkify=own_page, attrs={"td": {"class": "w"}})

    class Meta(ListTable.Meta):
        model = Person
        fields = ("name", "gender", "birth_year", "changed_at")
        personal = True  # the name is masked; what remains says of nobody who she is
