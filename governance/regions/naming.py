"""Places as people write them in a sheet: a code, a name, or the names from above, parted by slashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.kit.imports.parsing import plain_text
from governance.regions.models import Region

_PARTED = re.compile(r"[/\\>＞、]+")


class PlaceNames:
    """The places that many texts may mean, read at once; which of them somebody may name is for the action to ask."""

    def __init__(self, found: dict[str, list[Region]], above: dict[str, str]) -> None:
        self._found, self._above = found, above

    @classmethod
    def of(cls, texts: Iterable[str]) -> PlaceNames:
        """Read them, and the names of the places above them: two queries."""
        keys = {parts[-1] for parts in map(_parts, texts) if parts}
        found: dict[str, list[Region]] = {}
        for region in Region.objects.filter(code__in=keys) | Region.objects.filter(name__in=keys):
            for key in {region.code, region.name} & keys:
                found.setdefault(key, []).append(region)
        paths = {path for regions in found.values() for region in regions for path in _paths(region.path)}
        return cls(found, dict(Region.objects.filter(path__in=paths).values_list("path", "name")))

    def find(self, text: str, by: Any) -> Region | None:
        """Return the one place that is meant, or raise `ValidationError`; of several, that where `by` has a post."""
        parts = _parts(plain_text(text))
        if not parts:
            return None
        meant = [region for region in self._found.get(parts[-1], []) if self._fits(region, parts[:-1])]
        if len(meant) > 1:
            roots = by.region.path
            meant = [region for region in meant if region.path.startswith(roots)] or meant
        if len(meant) > 1:
            raise ValidationError(_("叫“%(given)s”的地方不止一个，请填区划代码。") % {"given": text[:50]})
        if not meant:
            raise ValidationError(_("没有“%(given)s”这个地区。") % {"given": text[:50]})
        return meant[0]

    def _fits(self, region: Region, names: list[str]) -> bool:
        """Return whether the names stand in this order on the way down to the place."""
        way = iter([self._above.get(path, "") for path in _paths(region.path)[:-1]])
        return all(any(name == other for other in way) for name in names)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTED.split(unicodedata.normalize("NFKC", text)) if part.strip()]


def _paths(path: str) -> list[str]:
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[: at + 1]) + "/" for at in range(len(codes))]
