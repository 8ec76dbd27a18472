"""The stored numbers as arrays, read with plain SQL as `engine.cells` says that they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
from django.db import connection
from numpy.typing import NDArray

from governance.attainment.engine.areas import areas
from governance.attainment.models import ComputedArea
from governance.kit.measures.parser import parse
from governance.policies.vocabulary import vocabulary

MISSING = np.iinfo(np.int64).min


def stored(expressions: Mapping[str, str], places: NDArray[np.int64], first: int) -> dict[str, NDArray[np.int64]]:
    """Return the current amounts in hundredths by name: a row for each place (ids in order), a column for each month.

    A number that is missing, or that nobody has written, is `MISSING`; there is one area.
    """
    kept, layout, words = ComputedArea.objects.get(current=True), areas()[0].layout, vocabulary()
    at = {name: layout.place[parse(text, words).expression] + 1 for name, text in expressions.items()}
    amounts = ", ".join(
        f"CASE WHEN known[{k}] < 0 THEN {MISSING} ELSE coalesce(amounts[{k}], {MISSING}) END" for k in at.values()
    )
    found = _numbers(
        f"SELECT region_id, month, {amounts} FROM attainment_measurevalue"
        f" WHERE side = {kept.side} AND month BETWEEN {first} AND {kept.last}",
        ["region", "month", *at],
    )
    cell = np.searchsorted(places, found["region"]), found["month"] - first
    arrays = {}
    for name in at:
        arrays[name] = np.full((len(places), kept.last - first + 1), MISSING)
        arrays[name][cell] = found[name]
    return arrays


def _numbers(query: str, names: list[str]) -> dict[str, NDArray[np.int64]]:
    """Return the columns of a query of whole numbers."""
    columns = ", ".join(f"'{name}': 'BIGINT'" for name in names)
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        path = Path(folder) / "numbers.csv"
        with path.open("wb") as file:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", file)
        found: dict[str, NDArray[np.int64]] = (
            duckdb.connect().execute(f"FROM read_csv('{path}', header = false, columns = {{{columns}}})").fetchnumpy()
        )
    return found
