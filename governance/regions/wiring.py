"""What this app offers the kit: how places are named everywhere, and since when registers are kept there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.kit.keeping import keep_with
from governance.kit.limits import limit_of
from governance.kit.references import Named, Reference, Refusal, register
from governance.kit.scoping import Scope
from governance.regions.fields import RegionCodeField, RegionField, RegionFilter
from governance.regions.keeper import CoverageKeeper
from governance.regions.models import Region


def _form_field(field: Any) -> RegionField:
    return RegionField(
        label=capfirst(field.verbose_name),
        required=not field.blank,
        help_text=field.help_text,
        limit=limit_of(field),
    )


def _resolve(names: Collection[Named], within: Any) -> Mapping[Named, Any]:
    """Return the place behind each code or name, in one query; one outside is told like one that does not exist."""
    rows = Region.objects.inside(within) if isinstance(within, Scope) else Region.objects.nameable_by(within)
    texts = {text: text.split(" ", 1)[0] for (text,) in names}
    codes = {text for text in texts.values() if text.isascii() and text.isdigit()}
    found: dict[str, list[Any]] = {}
    for lookup in ("code", "name"):
        wanted = codes if lookup == "code" else set(texts.values()) - codes
        for text, pk in rows.filter(**{f"{lookup}__in": wanted}).values_list(lookup, "pk") if wanted else ():
            found.setdefault(text, []).append(pk)
    return {(text,): _one(key, found.get(key, [])) for text, key in texts.items()}


def _one(text: str, found: list[Any]) -> Any:
    if len(found) == 1:
        return found[0]
    if found:
        return Refusal(_("叫“%(given)s”的地方不止一个，请填区划代码。") % {"given": text[:50]})
    return Refusal(_("没有“%(given)s”这个地区，或者它不在您的地区内。") % {"given": text[:50]})


register(
    Reference(
        model=Region,
        form=_form_field,
        filter=RegionFilter,
        serializer=RegionCodeField,
        key=lambda region: str(region.code),
        resolve=_resolve,
    )
)
keep_with(CoverageKeeper())
