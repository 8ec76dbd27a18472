"""What a pack leaves out because it follows from the rest; the loader fills it in, the exporter leaves it away."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from governance.policies import fitting

POLICY: dict[str, Any] = {
    "document_no": "", "valid_to": None, "public": True, "responsible": "", "responsible_en": "", "note": "",
    "note_en": "",
}  # fmt: skip
CLAUSE: dict[str, Any] = {"display": ""}
INDICATOR: dict[str, Any] = {
    "denominator": "1", "test": "pooled", "unit_levels": [], "verdict_levels": [], "show_levels": [], "region": None,
    "subset_of": None, "baseline_on": None, "baseline_value": None, "baseline_note": "", "baseline_note_en": "",
    "counts": "", "counts_en": "", "per": "", "per_en": "", "responsible": "", "responsible_en": "", "note": "",
    "note_en": "", "reading": "", "reading_en": "", "checklist": [], "checklist_en": [],
}  # fmt: skip
REFERENCE: dict[str, Any] = {"on": None, "value": None, "bound": "exact"}
TARGET: dict[str, Any] = {"due": None, "high": None}


def of_indicator(given: Mapping[str, Any], *, targets: bool, references: bool) -> dict[str, Any]:
    """Return what follows for an indicator from what is given, and from whether it has targets or stated facts."""
    fields = dict(INDICATOR)
    fields["role"] = "target" if targets else "reference" if references else "shown"
    ratio = Decimal(1) if given.get("denominator", "1") == "1" else Decimal(100)
    fields["factor"] = fitting.FACTORS.get(given.get("kind", ""), ratio)
    fields["unit"] = fitting.PERCENT if given.get("factor", fields["factor"]) == 100 else ""
    fields["direction"] = "" if given.get("role", fields["role"]) == "reference" else "at_least"
    return fields
