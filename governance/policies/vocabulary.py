"""The names that the expressions of indicators may use: declared sources, and the items and sets of the tables."""

from __future__ import annotations

from governance.kit.measures.vocabulary import Item, Vocabulary
from governance.regions.models import CapabilityComponent, CapabilityItem, RegionSet


def vocabulary() -> Vocabulary:
    """Return the vocabulary of this moment; three queries."""
    components: dict[str, list[str]] = {}
    for item_slug, slug in CapabilityComponent.objects.values_list("item_id", "slug"):
        components.setdefault(item_slug, []).append(slug)
    items = {
        item.slug: Item(str(item), tuple(item.levels), item.rule, tuple(components.get(item.slug, ())), item.eligible)
        for item in CapabilityItem.objects.all()
    }
    return Vocabulary(items, {known.slug: str(known) for known in RegionSet.objects.all()})
