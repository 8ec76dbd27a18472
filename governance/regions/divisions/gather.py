"""One row a code: faulty rows and contradictions refused, placeholders and own parents taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.regions.divisions.fields import fault, is_code
from governance.regions.divisions.rows import PLACEHOLDERS, Refusal, Row, Source, Why, above


@dataclass(slots=True)
class Gathered:
    """The sound rows of a source by code.

    `own`: rows that name their own code as parent, so they are that place. `skipped`: placeholders and what they hang
    under. `refused`: what cannot be used whatever the database holds.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    own: list[Row] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def real(self, parent: str) -> str:
        """Return the first code from `parent` upwards that is no placeholder."""
        seen: set[str] = set()
        while parent in self.skipped and parent not in seen:
            seen.add(parent)
            parent = self.skipped[parent]
        return parent

    def possible_parents(self) -> set[str]:
        """Return the codes that rows name as parents, or that may be theirs by their own codes."""
        named = {row.parent for row in self.rows.values() if row.parent}
        for row in self.rows.values():
            if row.parent is None:
                named.update(above(row.code))
        return {self.real(code) for code in named}


def gather(source: Source) -> Gathered:
    """Check the rows of a source one by one and against those with the same code."""
    found = Gathered(refused=list(source.refused))
    twice: dict[str, list[Row]] = {}
    for row in source.rows:
        refusal = fault(row)
        if refusal is not None:
            found.refused.append(refusal)
        elif row.code == row.parent:
            found.own.append(row)
        elif (first := found.rows.setdefault(row.code, row)) is not row and first[2:] != row[2:]:
            twice.setdefault(row.code, [first]).append(row)
    found.refused.extend(_contradictions(twice.values()))
    for code in twice:
        del found.rows[code]
    for code in [row.code for row in found.rows.values() if row.level == "prefecture" and row.name in PLACEHOLDERS]:
        row = found.rows.pop(code)
        found.skipped[code] = above(code)[0] if row.parent is None else row.parent
    return found


def _contradictions(groups: Iterable[list[Row]]) -> Iterable[Refusal]:
    """Yield a refusal for each row of each group with the line of one that says otherwise."""
    for rows in groups:
        for row in rows:
            other = next(each for each in rows if each[2:] != row[2:])
            column, given = next(
                (name, getattr(row, attribute))
                for name, attribute in _COLUMNS
                if getattr(row, attribute) != getattr(other, attribute)
            )
            yield Refusal(row, column, given or "", Why.TWICE, place_of(other))


_COLUMNS = (
    ("name", "name"),
    ("parent_code", "parent"),
    ("level", "level"),
    ("since", "since"),
    ("until", "until"),
    ("urban_rural_code", "urban_rural_code"),
)


def place_of(row: Row) -> str:
    """Return where a row stands: the line, with the file's name where there are several."""
    return f"{row.file}:{row.line}" if row.file else str(row.line)


def codes_in(rows: Iterable[Row]) -> set[str]:
    """Return the codes of rows that are codes at all."""
    return {row.code for row in rows if is_code(row.code)}
