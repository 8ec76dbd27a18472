"""A pack as rows: for each record its fields by name, places as codes, with what follows filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from governance.policies.packing import defaults
from governance.policies.packing.document import Document
from governance.policies.packing.reading import BAD, Block, block
from governance.policies.packing.schema import BASELINE, PACK

Fields = dict[str, Any]
_LISTS = {"targets", "references", "indicators", "clauses"}


@dataclass(slots=True)
class Row:
    """The fields of a record as they should be; `block` is where they are written."""

    fields: Fields
    block: Block


@dataclass(slots=True)
class IndicatorRow(Row):
    """An indicator with its targets of the text and its stated facts; `baseline` is where that is written."""

    targets: list[Row] = field(default_factory=list)
    references: list[Row] = field(default_factory=list)
    baseline: Block | None = None
    yearly: str = ""

    @property
    def slug(self) -> str:
        """Its identifier; empty where it could not be read."""
        return str(self.fields.get("slug", ""))


@dataclass(slots=True)
class ClauseRow(Row):
    """A clause with its indicators."""

    indicators: list[IndicatorRow] = field(default_factory=list)


@dataclass(slots=True)
class PackRow(Row):
    """A policy with its clauses."""

    clauses: list[ClauseRow] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Its identifier; empty where it could not be read."""
        return str(self.fields.get("slug", ""))

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.block.document.name

    def indicators(self) -> Iterator[IndicatorRow]:
        """Yield the indicators in reading order."""
        for clause in self.clauses:
            yield from clause.indicators


def read(document: Document) -> PackRow | None:
    """Return the pack that a file holds; None when it is not even a mapping."""
    node = document.root()
    found: Any = BAD if node is None else block(PACK)(document, node)
    if found is BAD:
        return None
    pack = PackRow(defaults.POLICY | _plain(found), found)
    last = 0
    for number, part in enumerate(found.values.get("clauses", ()), start=1):
        fields = defaults.CLAUSE | _plain(part)
        previous = pack.clauses[-1].fields["position"] if number > 1 else 0
        fields.setdefault("position", previous + 1)
        clause = ClauseRow(fields, part)
        for inner in part.values.get("indicators", ()):
            clause.indicators.append(_indicator(inner, pack, clause, last + 1))
            last = clause.indicators[-1].fields["position"]
        pack.clauses.append(clause)
    return pack


def _indicator(part: Block, pack: PackRow, clause: ClauseRow, position: int) -> IndicatorRow:
    targets, references = part.values.get("targets", []), part.values.get("references", [])
    given = _plain(part)
    baseline = given.pop("baseline", None)
    yearly = given.pop("yearly", "")
    if baseline is not None:
        given |= {BASELINE[name]: value for name, value in baseline.values.items() if name in BASELINE}
    follows = defaults.of_indicator(given, targets=bool(targets), references=bool(references))
    fields = {"position": position, "clause": clause.fields.get("quote", "")} | follows | given
    region = fields["region"] or pack.fields.get("region")
    common = {"region": region}
    return IndicatorRow(
        fields,
        part,
        [Row({**common, **defaults.TARGET, **_plain(each), "yearly": yearly}, each) for each in targets],
        [Row({**common, **defaults.REFERENCE, **_plain(each)}, each) for each in references],
        baseline,
        yearly,
    )


def _plain(part: Block) -> Fields:
    """Return the values of a block without its lists of other blocks."""
    return {name: value for name, value in part.values.items() if name not in _LISTS and name != "version"}
