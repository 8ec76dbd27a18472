"""Pages of the REST API."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from governance.kit.counting import MOST, OpenPaginator


class Pages(PageNumberPagination):
    """50 records a page, up to 500 on request (`page_size`); `count` is null where there are too many to count."""

    django_paginator_class = OpenPaginator
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

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page; a number that was not counted is not told."""
        response = super().get_paginated_response(data)
        page: Any = self.page
        if page.paginator.more:
            response.data["count"] = None
        return response

    def get_paginated_response_schema(self, schema: Any) -> Any:
        """Describe `count`."""
        described = super().get_paginated_response_schema(schema)
        described["properties"]["count"] |= {
            "nullable": True,
            "description": f"null where there are more than {MOST:,}; `next` leads through all of them.",
        }
        return described
