"""The description of the API: the same for everybody, so it is put together once in a process for each language."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator


class KeptSchemaGenerator(SchemaGenerator):
    """Generator that keeps what it has made; addresses and fields do not change while a process lives."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        """Return the OpenAPI 3 document of all that there is."""
        if not public or self.patterns or self.urlconf or self.api_version:
            return super().get_schema(request=request, public=public)  # type: ignore[no-untyped-call]
        return _kept(get_language() or "")


@cache
def _kept(_language: str) -> Any:
    generator: Any = SchemaGenerator
    return generator().get_schema(request=None, public=True)
