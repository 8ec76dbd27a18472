"""Runs a packed statement and unpacks its arrays: no Python for a record, only for a home."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from django.db import connection

from governance.attainment.rollup.tree import Flags, Ints
from governance.attainment.sources.compiled import Statement
from governance.attainment.sources.fields import WHOLE

_HEADER = 19  # signature, flags and the length of an extension that nobody uses
_HOME, _ARRAY = struct.Struct(">iq"), struct.Struct(">iiiIii")  # length, key; length, dimensions, nulls, type, n, lower


class Homes:
    """Regions by their keys: where each stands in the tree."""

    def __init__(self, keys: Ints) -> None:
        self.keys = keys
        self._order = np.argsort(keys)
        self._sorted = keys[self._order]

    def index(self, keys: Ints) -> Ints:
        """Return the places in the tree of keys that are all known."""
        found: Ints = self._order[np.searchsorted(self._sorted, keys)].astype(np.int64)
        return found


class Table:
    """Packed rows in the order of their homes' places in the tree; `home` is that place, for each row."""

    def __init__(self, home: Ints, words: list[Any], statement: Statement | None) -> None:
        self.home = home
        self._words, self._places = words, statement.places if statement else {}

    def __len__(self) -> int:
        return len(self.home)

    def __getitem__(self, name: str) -> Ints:
        """Return a number of every row."""
        if not self._words:
            return np.zeros(0, dtype=np.int64)
        place = self._places[name]
        word = self._words[place.word]
        if place.bits == WHOLE:
            whole: Ints = word
            return whole
        found: Ints = ((word >> place.shift) & ((1 << place.bits) - 1)).astype(np.int64)
        if place.low:
            found += place.low
        return found

    def has(self, name: str, number: int = 1) -> Flags:
        """Return which rows have this number in a code."""
        if not self._words:
            return np.zeros(0, dtype=np.bool_)
        place = self._places[name]
        mask = ((1 << place.bits) - 1) << place.shift
        found: Flags = (self._words[place.word] & mask) == (number << place.shift)
        return found


def read(statement: Statement | None, places: Homes, homes: Ints) -> Table:
    """Return the rows that a statement yields for the homes with these keys; one query."""
    if statement is None or not len(homes):
        return Table(np.zeros(0, dtype=np.int64), [], None)
    keys, lines = _parsed(_copied(statement, homes), statement.dtypes)
    if not keys:
        return Table(np.zeros(0, dtype=np.int64), [], None)
    at = places.index(np.array(keys, dtype=np.int64))
    order = np.argsort(at)
    lengths = np.array([len(line[0]) for line in lines], dtype=np.int64)[order]
    words = []
    for word, dtype in enumerate(statement.dtypes):
        values = np.concatenate([lines[line][word] for line in order.tolist()])
        words.append(values.astype(dtype.replace(">", "=")))
    return Table(np.repeat(at[order], lengths), words, statement)


class _Sink:
    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.write = self.pieces.append


def _copied(statement: Statement, homes: Ints) -> bytes:
    sink = _Sink()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        query = cursor.mogrify(statement.sql, statement.of(homes)).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", sink)
    return b"".join(sink.pieces)


def _parsed(data: bytes, dtypes: tuple[str, ...]) -> tuple[list[int], list[list[Any]]]:
    keys: list[int] = []
    lines: list[list[Any]] = []
    elements = [np.dtype([("length", ">i4"), ("value", dtype)]) for dtype in dtypes]
    at = _HEADER
    while data[at : at + 2] != b"\xff\xff":  # the trailer
        at += 2
        keys.append(_HOME.unpack_from(data, at)[1])
        at += _HOME.size
        line = []
        for element in elements:
            _, _, nulls, _, count, _ = _ARRAY.unpack_from(data, at)
            if nulls:
                raise ValueError("a packed row is null")
            line.append(np.frombuffer(data, element, count, at + _ARRAY.size)["value"])
            at += _ARRAY.size + count * element.itemsize
        lines.append(line)
    return keys, lines
