"""How statuses look: word, icon and colour, in this order of trust; and which is the most urgent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from governance.attainment.wording import STATUSES


@dataclass(frozen=True, slots=True)
class Look:
    """The class of a tag, its icon, the class of a bar, and of a coloured word."""

    tag: str
    icon: str
    fill: str
    ink: str


LOOKS = {
    "overdue": Look("st-overdue", "alert-octagon", "f-overdue", "i-overdue"),
    "behind": Look("st-behind", "alert-triangle", "f-behind", "i-behind"),
    "pending": Look("st-pending", "hourglass", "f-pending", "i-pending"),
    "on_track": Look("st-track", "trending-up", "f-track", "i-track"),
    "no_data": Look("st-none", "circle-dashed", "", "i-none"),
    "no_denominator": Look("st-none", "math-x-divide-y", "", "i-none"),
    "met": Look("st-met", "circle-check", "f-met", "i-met"),
    "no_target": Look("st-none", "minus", "", "i-none"),
    "not_applicable": Look("st-none", "ban", "", "i-none"),
}
# The worst first: what is late, what will be, what nobody knows, what is done.
URGENCY = {status: place for place, status in enumerate(LOOKS)}


def tag(status: str) -> dict[str, Any]:
    """Return what the template of a tag is given."""
    look = LOOKS[status]
    return {"look": look.tag, "icon": look.icon, "word": STATUSES[status], "ink": look.ink, "status": status}
