"""The figures of earlier runs, in a file of the state folder; each stays until it is measured again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.benchmarks.figures import Figure

Kept = dict[str, dict[str, Any]]


def last() -> Kept:
    """Return the figures of the runs before, nothing where there was none."""
    try:
        found: Kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def keep(figures: dict[str, Figure], before: Kept) -> None:
    """Write the figures beside those of earlier runs."""
    kept = before | {
        name: {"value": figure.value, "unit": figure.unit, "bar": figure.bar, "ok": figure.ok}
        for name, figure in figures.items()
    }
    _file().parent.mkdir(mode=0o700, exist_ok=True)
    _file().write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def _file() -> Path:
    return Path(settings.BASE_DIR) / ".state" / "bench.json"
