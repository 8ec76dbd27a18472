"""The English catalogue: collected from code and templates, completed by people, compiled for Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
}
CODE = ("governance", "organizations", "projects", "volunteers", "funds")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        domain="django",
        project="Five-society linkage governance portal",
        version="1",
        header_comment="# English texts of the portal. Completed by hand; collected and checked by `manage.py catalogue`.",
        charset="utf-8",
        fuzzy=False,
    )


def _sources(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each source file with its text as Python; templates are turned into it first."""
    for folder in CODE:
        for file in sorted((root / folder).rglob("*.py")):
            yield file, file.read_bytes()
    for file in sorted((root / "templates").rglob("*.html")):
        yield file, templatize(file.read_text(encoding="utf-8"), origin=str(file)).encode()


def collect(root: Path) -> Catalog:
    """Return the texts that code and templates show, without translations."""
    found = _empty()
    for file, source in _sources(root):
        place = str(file.relative_to(root))
        options = {"encoding": "utf-8"}
        for _line, message, _comments, context in extract("python", BytesIO(source), KEYWORDS, (), options):
            if message and message != ("", ""):
                found.add(message, locations=[(place, 0)], context=context)
    return found


def stored(file: Path) -> Catalog:
    """Return the catalogue as people left it; an empty one where there is none."""
    if not file.exists():
        return _empty()
    with file.open("rb") as source:
        return read_po(source, locale="en", domain="django")


def update(root: Path, file: Path) -> Catalog:
    """Bring the stored catalogue into line with the sources; texts no longer shown are dropped."""
    kept, fresh = stored(file), collect(root)
    fresh.creation_date = kept.creation_date
    for message in fresh:
        known = kept.get(message.id, message.context) if message.id else None
        if known is not None:
            message.string = known.string
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, fresh, width=0, sort_by_file=True, include_lineno=False, omit_header=False)
    return fresh


def gaps(root: Path, file: Path) -> list[str]:
    """Return what is wrong with the stored catalogue: texts missing, or other placeholders than in the source."""
    kept, wrong = stored(file), []
    for message in collect(root):
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        text = message.id if isinstance(message.id, str) else message.id[0]
        string = known.string if known is not None else None
        given = string if isinstance(string, str) else (string or ("",))[0]
        if not given or (known is not None and known.fuzzy):
            wrong.append(f"missing: {text}")
        elif sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(given)):
            wrong.append(f"other placeholders: {text} / {given}")
    return wrong


def compile_mo(file: Path) -> Path:
    """Write the compiled catalogue beside the source and return its path."""
    target, draft = file.with_suffix(".mo"), file.with_suffix(".mo.new")
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("wb") as output:
        write_mo(output, stored(file))
    draft.replace(target)  # at once: a process that starts now reads the old one or the new one
    return target
