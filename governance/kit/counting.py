"""How many rows a list has, without counting millions of them for every page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

#: A list counts no further: nobody turns that many pages, and a count of millions costs a second for each of them.
MOST = 100_000


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of the first `MOST` rows; `more` says that there are others, which a filter brings forward."""

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        while not isinstance(rows, QuerySet) and hasattr(rows, "data"):  # the rows of a table hold their queryset
            rows = rows.data
        return rows.order_by()[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def count(self) -> int:
        """The number of rows, or `MOST` where there are more."""
        return min(self._found, MOST)

    @property
    def more(self) -> bool:
        """Whether there are more rows than were counted."""
        return self._found > MOST


class OpenPaginator(CountedPaginator):
    """The same, but pages go on behind the last one counted: a program reads a register to its end."""

    def validate_number(self, number: Any) -> int:
        """Return the number of a page that may have rows."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            if not self.more or int(number) < 1:
                raise
            return int(number)

    def page(self, number: Any) -> Page[Any]:
        """Return a page; what lies behind the last row counted is found by looking."""
        if not self.more:
            return super().page(number)
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return OpenPage(self.object_list[first : first + self.per_page], number, self)


class OpenPage(Page[Any]):
    """A page of more rows than were counted."""

    def has_next(self) -> bool:
        """Return whether another page may follow: this one is full."""
        return len(self) == self.paginator.per_page

    def end_index(self) -> int:
        """Return the position of the last row on the page."""
        return (self.number - 1) * self.paginator.per_page + len(self)
