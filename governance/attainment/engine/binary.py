"""Rows with arrays in the binary format of COPY, made and read with numpy: no Python for each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.attainment.engine.cells import Cells
from governance.attainment.engine.statuses import Stands
from governance.attainment.rollup.tree import Flags, Ints

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_INT4, _INT8 = 23, 20  # object identifiers of the element types
_NULL_8, _NULL_4 = -(2**63), -(2**31)  # what stands for null while rows are read

_SCALARS: list[tuple[str, Any]] = [
    ("fields", ">i2"), ("l_side", ">i4"), ("side", ">i2"), ("l_region", ">i4"), ("region", ">i8"),
    ("l_month", ">i4"), ("month", ">i4"),
]  # fmt: skip


def _array(name: str, element: str, width: int) -> list[tuple[str, Any]]:
    item = np.dtype([("length", ">i4"), ("value", element)])
    head = [(f"{name}_{part}", ">i4") for part in ("size", "dimensions", "nulls", "type", "count", "from")]
    body: list[tuple[str, Any]] = [(name, (item, (width,)))]
    return [*head, *body]


def _fill_array(rows: NDArray[Any], name: str, oid: int, values: NDArray[Any], null: NDArray[np.bool_]) -> None:
    size, width = values.dtype.itemsize, values.shape[1]
    rows[f"{name}_dimensions"], rows[f"{name}_type"] = 1, oid
    rows[f"{name}_count"], rows[f"{name}_from"] = width, 1
    rows[name]["value"] = values
    if not null.any():
        rows[f"{name}_size"], rows[f"{name}_nulls"], rows[name]["length"] = 20 + width * (4 + size), 0, size
        return
    nulls = null.sum(axis=1)
    rows[f"{name}_size"] = 20 + width * (4 + size) - nulls * size
    rows[f"{name}_nulls"] = nulls > 0
    rows[name]["length"] = np.where(null, -1, size)


def rows_of(side: int, regions: Ints, months: Ints, cells: Cells) -> Iterator[bytes]:
    """Return the rows (side, region, month, amounts, known) as a file for COPY."""
    complete: Flags = np.logical_and.reduce(cells.whole, axis=1)
    if complete.all():
        return file_of([_rows(side, regions, months, cells, known=False)])
    return file_of(
        _rows(side, regions[chosen], months[chosen], cells.of(chosen), known=known)
        for chosen, known in ((complete, False), (~complete, True))
    )


def _rows(side: int, regions: Ints, months: Ints, cells: Cells, *, known: bool) -> bytes:
    width = cells.amounts.shape[1]
    columns = [*_SCALARS, *_array("amounts", ">i8", width)]
    columns += _array("known", ">i4", width) if known else [("l_known", ">i4")]
    rows = np.empty(len(regions), dtype=np.dtype(columns))
    rows["fields"], rows["l_side"], rows["side"] = 5, 2, side
    rows["l_region"], rows["region"], rows["l_month"], rows["month"] = 8, regions, 4, months
    _fill_array(rows, "amounts", _INT8, cells.amounts, cells.empty)
    if known:
        _fill_array(rows, "known", _INT4, cells.known, cells.whole)
        return _without(rows, {"amounts": cells.empty, "known": cells.whole})
    rows["l_known"] = -1
    return _without(rows, {"amounts": cells.empty}) if cells.empty.any() else rows.tobytes()


def _without(rows: NDArray[Any], nulls: dict[str, NDArray[np.bool_]]) -> bytes:
    """Return the rows without the bytes of the values that are null."""
    whole = rows.view(np.uint8).reshape(len(rows), rows.dtype.itemsize)
    keep = np.ones(whole.shape, dtype=np.bool_)
    for name, null in nulls.items():
        fields: Any = rows.dtype.fields
        item, start = fields[name][0].base, fields[name][1]
        here = keep[:, start : start + null.shape[1] * item.itemsize].reshape(*null.shape, item.itemsize)
        here[:, :, 4:] = ~null[:, :, None]
    return whole[keep].tobytes()


def stands_of(side: int, regions: Ints, found: Stands) -> bytes:
    """Return rows (side, region, indicator, month, provisional, status, numerator, denominator) for COPY, without its ends."""
    columns = [*_SCALARS, ("l_indicator", ">i4"), ("indicator", ">i8"), ("l_provisional", ">i4"), ("provisional", "?")]
    status = (found.status or "").encode()
    values = {"status": status or None, "numerator": found.numerator, "denominator": found.denominator}
    for name, value in values.items():
        columns.append((f"l_{name}", ">i4"))
        if value is not None:
            columns.append((name, f"S{len(status)}" if name == "status" else ">i8"))
    rows = np.empty(len(regions), dtype=np.dtype(columns))
    rows["fields"], rows["l_side"], rows["side"], rows["l_region"], rows["region"] = 8, 2, side, 8, regions
    rows["l_month"], rows["month"], rows["l_indicator"], rows["indicator"] = 4, found.month, 8, found.indicator
    rows["l_provisional"], rows["provisional"] = 1, found.provisional
    for name, value in values.items():
        rows[f"l_{name}"] = -1 if value is None else rows.dtype[name].itemsize
        if value is not None:
            rows[name] = value
    return rows.tobytes()


def file_of(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Yield rows with the ends of a file for COPY."""
    yield _HEADER
    yield from rows
    yield _TRAILER


class Pieces:
    """A file to be read, made of pieces that are never put together."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._piece, self._at = iter(pieces), b"", 0

    def read(self, size: int) -> bytes:
        """Return some bytes, fewer than `size` where a piece ends; none at the end."""
        while self._at >= len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece, self._at = piece, 0
        part = self._piece[self._at : self._at + size]
        self._at += size
        return part


# ---- reading ----

SELECTED = f"""v.region_id, v.month, array_replace(v.amounts, NULL, {_NULL_8}),
    coalesce(array_replace(v.known, NULL, {_NULL_4}), array_fill({_NULL_4}, ARRAY[cardinality(v.amounts)]))"""


class OtherLayout(LookupError):
    """Rows of places that came from another area, and are not computed anew yet."""


def read_rows(file: BytesIO, width: int) -> tuple[Ints, Ints, Cells]:
    """Return regions, months and cells of rows that were selected as `SELECTED`, arrays of `width` numbers.

    Raises `OtherLayout` where they have another width.
    """
    columns: list[tuple[str, Any]] = [
        ("fields", ">i2"), ("l_region", ">i4"), ("region", ">i8"), ("l_month", ">i4"), ("month", ">i4"),
        *_array("amounts", ">i8", width), *_array("known", ">i4", width),
    ]  # fmt: skip
    row = np.dtype(columns)
    data = file.getbuffer()
    body = len(data) - len(_HEADER) - len(_TRAILER)
    if body % row.itemsize:
        raise OtherLayout
    rows = np.frombuffer(data, row, offset=len(_HEADER), count=body // row.itemsize)
    if (rows["amounts_count"] != width).any() or (rows["known_count"] != width).any():
        raise OtherLayout  # together as long as rows of this layout
    amounts, known = rows["amounts"]["value"].astype(np.int64), rows["known"]["value"].astype(np.int32)
    cells = Cells(amounts, amounts == _NULL_8, known, known == _NULL_4)
    return rows["region"].astype(np.int64), rows["month"].astype(np.int64), cells
