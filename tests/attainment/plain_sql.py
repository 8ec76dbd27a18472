"""Frames of plain SQL for numbers of a place at a month's end, written by hand from docs/attainment.md, part 1 to 4.

A frame is given `records`: a query for the rows of one number on the day, each with the path of its `home`. It says
which of them count, whether anything is known, and what reported figures stand in for. Nothing here asks the product.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import connection

FUNCTIONS = """
CREATE FUNCTION pg_temp.valid(place text, day date) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
    SELECT bool_and((above.since IS NULL OR above.since <= day) AND (above.until IS NULL OR above.until > day))
    FROM regions_region above WHERE starts_with(place, above.path)
); END $$;
-- the nearest statement going upwards; of two at one place the register that is named first
CREATE FUNCTION pg_temp.kept(place text, registers text[], day date) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
    SELECT coalesce((
        SELECT said.since <= day FROM regions_registercoverage said JOIN regions_region spot ON spot.id = said.region_id
        WHERE starts_with(place, spot.path) AND said.register = ANY (registers)
        ORDER BY length(spot.path) DESC, array_position(registers, said.register::text) LIMIT 1
    ), false)
); END $$;
CREATE FUNCTION pg_temp.units(place text, rank text, kind text, day date) RETURNS SETOF text
LANGUAGE plpgsql STABLE AS $$ BEGIN
    RETURN QUERY
    SELECT unit.path::text FROM regions_region unit
    WHERE starts_with(unit.path, place) AND unit.level = rank AND pg_temp.valid(unit.path, day)
    AND CASE
        WHEN kind = 'urban' THEN substr(unit.code, 10, 3) BETWEEN '001' AND '199'
        WHEN kind = 'rural' THEN substr(unit.code, 10, 3) BETWEEN '200' AND '399'
        WHEN rank = 'county' THEN substr(unit.code, 5, 1) <> '7'
        WHEN rank = 'township' THEN substr(unit.code, 7, 3) < '400'
        ELSE true
    END;
END $$;
CREATE FUNCTION pg_temp.figure(place text, asked text, day date) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
    SELECT CASE WHEN said.until IS NULL OR said.until > day THEN said.value END
    FROM attainment_reportedfigure said JOIN regions_region spot ON spot.id = said.region_id
    WHERE spot.path = place AND said.measure = asked AND said.state = 'approved' AND said."on" <= day
    ORDER BY said."on" DESC LIMIT 1
); END $$;
-- the figure that stands in for the sum at a place: not while the register is kept in all its communities
CREATE FUNCTION pg_temp.stands(place text, asked text, registers text[], day date) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (
    SELECT CASE
        WHEN pg_temp.figure(place, asked, day) IS NULL THEN NULL
        WHEN coalesce(
            (SELECT bool_and(pg_temp.kept(one, registers, day)) FROM pg_temp.units(place, 'community', '', day) one),
            pg_temp.kept(place, registers, day)
        ) THEN NULL
        ELSE pg_temp.figure(place, asked, day)
    END
); END $$;
"""

# the places whose figure stands in for their sum
_STANDING = """
standing AS MATERIALIZED (
    SELECT told.path, told.value FROM (
        SELECT spot.path, pg_temp.stands(spot.path, %(name)s, %(registers)s, %(day)s) AS value
        FROM regions_region spot WHERE starts_with(spot.path, %(place)s)
    ) told WHERE told.value IS NOT NULL
)
"""
_STOOD_FOR = "EXISTS (SELECT FROM standing WHERE starts_with({home}, path) AND starts_with(path, {place}))"
_KNOWN = f"""
pg_temp.valid({{place}}, %(day)s) AND coalesce(
    (
        SELECT bool_or(pg_temp.kept(one, %(registers)s, %(day)s) OR {_STOOD_FOR.replace("{home}", "one")})
        FROM pg_temp.units({{place}}, 'community', '', %(day)s) one
    ),
    pg_temp.kept({{place}}, %(registers)s, %(day)s) OR {_STOOD_FOR.replace("{home}", "{place}")}
)
"""
# rows homed where the register is kept, for which no figure stands; what figures say instead; nothing if nothing is known
_SUM = f"""
CASE WHEN {_KNOWN} THEN (
    SELECT coalesce(sum(record.amount), 0)
    FROM (SELECT home, sum(amount) AS amount FROM record WHERE starts_with(home, {{place}}) GROUP BY home) record
    WHERE pg_temp.valid(record.home, %(day)s) AND pg_temp.kept(record.home, %(registers)s, %(day)s)
    AND NOT {_STOOD_FOR.replace("{home}", "record.home")}
) + (
    SELECT coalesce(sum(own.value), 0) FROM standing own
    WHERE starts_with(own.path, {{place}}) AND pg_temp.valid(own.path, %(day)s) AND NOT EXISTS (
        SELECT FROM standing above WHERE above.path <> own.path
        AND starts_with(own.path, above.path) AND starts_with(above.path, {{place}})
    )
) END
"""
_TOTAL = f"WITH record AS ({{records}}), {_STANDING} SELECT {_SUM.replace('{place}', '%(place)s')}"
# without any unit the place itself must keep the register
_OVER_UNITS = """
WITH record AS ({records}), {standing}unit AS (
    SELECT {own} AS own FROM pg_temp.units(%(place)s, %(rank)s, %(kind)s, %(day)s) whose
)
SELECT CASE
    WHEN NOT pg_temp.valid(%(place)s, %(day)s) THEN NULL
    WHEN count(*) = 0 THEN CASE WHEN pg_temp.kept(%(place)s, %(registers)s, %(day)s) THEN 0 END
    WHEN count(own) > 0 THEN {gathered}
END FROM unit
"""
_OWN_SUM = _SUM.replace("{place}", "whose")
_OWN_ITEM = """
CASE WHEN pg_temp.kept(whose, %(registers)s, %(day)s) THEN
    CASE WHEN whose IN (SELECT home FROM record) THEN 1 ELSE 0 END
END
"""
_KINDS = f"""
WITH record AS ({{records}}), {_STANDING}
SELECT CASE WHEN {_KNOWN.replace("{place}", "%(place)s")} THEN (
    SELECT count(DISTINCT record.value) FROM record
    WHERE starts_with(record.home, %(place)s)
    AND pg_temp.valid(record.home, %(day)s) AND pg_temp.kept(record.home, %(registers)s, %(day)s)
) END
"""
_COMPONENTS = """
WITH record AS ({records})
SELECT CASE WHEN pg_temp.valid(spot.path, %(day)s) AND pg_temp.kept(spot.path, %(registers)s, %(day)s) THEN (
    SELECT count(DISTINCT record.component) FROM record WHERE record.home = spot.path
) END FROM regions_region spot WHERE spot.path = %(place)s AND spot.level = %(rank)s
"""
_UNITS = """
SELECT CASE WHEN pg_temp.valid(%(place)s, %(day)s) THEN
    (SELECT count(*) FROM pg_temp.units(%(place)s, %(rank)s, %(kind)s, %(day)s))
END
"""
_NOTHING = "SELECT '' AS home, 0 AS amount WHERE %(day)s IS NULL"


@dataclass(frozen=True)
class Side:
    """A numerator or a denominator: its query and what it is asked with."""

    query: str
    given: dict[str, Any] = field(default_factory=dict)
    day: date | None = None  # instead of the month's end

    def at(self, place: str, day: date) -> Fraction | None:
        """Ask for the number of the place with this path."""
        with connection.cursor() as cursor:
            cursor.execute(self.query, self.given | {"place": place, "day": self.day or day})
            row = cursor.fetchone()
        return None if row is None or row[0] is None else Fraction(row[0])

    def on(self, day: date) -> Side:
        """Return the same for a fixed day."""
        return replace(self, day=day)


def total(source: str, records: str, mark: str = "") -> Side:
    """Sum rows; a figure may be reported under `source.mark`."""
    name = f"{source}.{mark}" if mark else ""
    return Side(_TOTAL.format(records=records), {"registers": [source], "name": name})


def figure(name: str) -> Side:
    return Side(_TOTAL.format(records=_NOTHING), {"registers": [], "name": name})


def over_units(own: Side, records: str, rank: str, kind: str = "", *, least: int | None = None) -> Side:
    """Sum the own values of units, or count the units that have `least`."""
    gathered = "sum(own)" if least is None else f"count(*) FILTER (WHERE own >= {least})"
    query = _OVER_UNITS.format(records=records, standing=f"{_STANDING}, ", own=_OWN_SUM, gathered=gathered)
    return replace(own, query=query, given=own.given | {"rank": rank, "kind": kind})


def item(slug: str, records: str, kind: str = "") -> Side:
    """Count communities that have an item."""
    query = _OVER_UNITS.format(records=records, standing="", own=_OWN_ITEM, gathered="sum(own)")
    return Side(query, {"registers": [slug, "capabilities"], "rank": "community", "kind": kind})


def kinds(source: str, records: str) -> Side:
    return Side(_KINDS.format(records=records), {"registers": [source], "name": ""})


def components(slug: str, records: str, rank: str) -> Side:
    return Side(_COMPONENTS.format(records=records), {"registers": [slug, "capabilities"], "rank": rank})


def units(rank: str, kind: str = "") -> Side:
    return Side(_UNITS, {"rank": rank, "kind": kind})


ONE = Side("SELECT 1")


@dataclass(frozen=True)
class Written:
    """An indicator by hand: its sides, its factor (of a ratio 100), its units; `above` is what is asked above the units."""

    numerator: Side
    denominator: Side = ONE
    factor: Fraction | None = None
    unit: tuple[str, str] | None = None
    above: Written | None = None

    def value(self, numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
        """Return the value of two numbers."""
        factor = self.factor or Fraction(1 if self.denominator is ONE else 100)
        return None if numerator is None or not denominator else factor * numerator / denominator
