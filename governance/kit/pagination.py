"""Pages of the REST API."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """50 records a page, up to 500 on request (`page_size`)."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_page_size(self, request: Any) -> int | None:
        """Return the size asked for; one that cannot be had is refused instead of becoming another."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 1 <= int(asked) <= self.max_page_size):
            raise ValidationError(
                {self.page_size_query_param: [_("每页条数须在 1 到 %(most)s 之间。") % {"most": self.max_page_size}]}
            )
        return int(asked)
