"""Every address of the portal, found in the URL configuration itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """A named address and the names of what it needs."""

    name: str
    parameters: tuple[str, ...]
    callback: Any

    def url(self, values: dict[str, Any]) -> str:
        """Return the address with `values` filled in."""
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def routes() -> list[Route]:
    """Return all routes; nameless ones are not allowed, apart from the framework's own catch-alls."""
    found = {route.name: route for route in _walk(get_resolver(), "") if "format" not in route.parameters}
    return [found[name] for name in sorted(found)]


def nameless() -> list[str]:
    """Return the patterns without a name."""
    return [str(pattern.pattern) for pattern in _patterns(get_resolver()) if not pattern.name]


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner)
        elif pattern.name:
            yield Route(f"{namespace}{pattern.name}", tuple(pattern.pattern.regex.groupindex), pattern.callback)
