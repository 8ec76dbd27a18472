"""Rows as text that loses nothing: fractions as `n/d`, days as ISO dates, missing as null or an empty cell."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

from governance.kit.texts import as_cell


def as_json(value: Any) -> Any:
    """Return a value that JSON can hold; exact numbers become strings such as `11056` or `552800/5635`."""
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    if isinstance(value, Fraction):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def as_cells(row: dict[str, Any]) -> list[str]:
    """Return a row as cells of a CSV file; what is a list in JSON stays JSON, and no text is run as a formula."""
    return [_cell(value) for value in row.values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(as_json(value), ensure_ascii=False)
    return as_cell(value) if isinstance(value, str) else str(as_json(value))
