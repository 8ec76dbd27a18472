"""The rules of the database asked of many rows at once, before they are written, with the reason a form would give.

The rows are laid out in a temporary table (`laying`). Asked are the model's own conditions and whatever must be unique
or must not overlap, among the rows and beside what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models
from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint
from django.db.models.sql.query import Query
from django.utils.translation import gettext as _

from governance.kit.imports.laying import LAID, quoted


@dataclass(frozen=True, slots=True)
class Violation:
    """A row that breaks a rule: its number in the file, the rule's fields in order, and the reason."""

    row: int
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Only:
    """What only one record may have: expressions, each with how two of them are compared, under a condition."""

    parts: tuple[tuple[Any, str], ...]
    fields: tuple[str, ...]
    reason: str
    condition: Q | None = None


def violations(
    cursor: Any, model: type[models.Model], *, by: Any, more: Iterable[BaseConstraint] = ()
) -> list[Violation]:
    """Return the laid-out rows that break a rule of the model, or one of `more`; they are laid aside."""
    found = _broken_conditions(cursor, model)
    _lay_aside(cursor, found)
    while True:
        # a record that was to change, and is refused now, stands in the way as it is stored: then ask again
        doubles = [each for only in onlys(model, more) for each in _doubles(cursor, model, only, by)]
        found += doubles
        if not _lay_aside(cursor, doubles):
            return found


def _broken_conditions(cursor: Any, model: type[models.Model]) -> list[Violation]:
    found = []
    for rule in model._meta.constraints:
        if isinstance(rule, CheckConstraint):
            sql, parameters = _condition(model, rule.condition)
            cursor.execute(f"SELECT row_number FROM {LAID} WHERE ({sql}) IS FALSE", parameters)  # noqa: S608
            reason, fields = str(rule.get_violation_error_message()), tuple(_names(rule.condition))
            found += [Violation(row, fields, reason) for (row,) in cursor.fetchall()]
    return found


def _doubles(cursor: Any, model: type[models.Model], only: Only, by: Any) -> list[Violation]:
    """Return the rows that stand beside another row, or beside a stored record, where only one may be."""
    quote, meta = quoted, model._meta
    assert meta.pk is not None  # noqa: S101  every model has one
    laid, laid_parameters = _keys(model, only, LAID, "row_number, row_target")
    stored, stored_parameters = _keys(model, only, quote(meta.db_table), f"{quote(meta.pk.column)} AS key")
    same = " AND ".join(f"a.k{place} {sign} b.k{place}" for place, (_part, sign) in enumerate(only.parts))
    cursor.execute(
        f"SELECT a.row_number, min(b.row_number) FROM ({laid}) AS a JOIN ({laid}) AS b "  # noqa: S608
        f"ON {same} AND b.row_number < a.row_number GROUP BY 1",
        [*laid_parameters, *laid_parameters],
    )
    found = {
        row: Violation(row, only.fields, _("与第 %(row)s 行重复。") % {"row": other} + only.reason)
        for row, other in cursor.fetchall()
    }
    cursor.execute(
        f"SELECT a.row_number, min(b.key) FROM ({laid}) AS a JOIN ({stored}) AS b "  # noqa: S608
        f"ON {same} AND b.key IS DISTINCT FROM a.row_target "
        f"WHERE NOT EXISTS (SELECT FROM {LAID} AS own WHERE own.row_target = b.key) GROUP BY 1",
        [*laid_parameters, *stored_parameters],
    )
    beside = dict(cursor.fetchall())
    rows: Any = model._default_manager
    seen = set(rows.visible_to(by).filter(pk__in=set(beside.values())).values_list("pk", flat=True)) if beside else ()
    for row, key in beside.items():
        reason = only.reason if key in seen else _("已被登记，不在您的地区。")
        found.setdefault(row, Violation(row, only.fields, reason))
    return list(found.values())


def onlys(model: type[models.Model], more: Iterable[BaseConstraint]) -> Iterator[Only]:
    """Yield what only one record of the model may have."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            reason = _("已有记录用了同样的“%(label)s”。") % {"label": field.verbose_name}
            yield Only(((F(field.name), "="),), (field.name,), reason)
    for names in model._meta.unique_together:
        yield Only(tuple((F(name), "=") for name in names), tuple(names), _("已有同样的记录。"))
    for rule in (*model._meta.constraints, *more):
        reason = str(rule.get_violation_error_message())
        if isinstance(rule, UniqueConstraint):
            parts = tuple[Any, ...](rule.expressions) or tuple(F(name) for name in rule.fields)
            blanks_are_same = rule.nulls_distinct is False
            if rule.violation_error_message == rule.default_violation_error_message:
                reason = str(_("已有同样的记录。"))
            yield Only(
                tuple((part, _sign(model, part) if blanks_are_same else "=") for part in parts),
                tuple(name for part in parts for name in _names(part)),
                reason,
                rule.condition,
            )
        elif isinstance(rule, ExclusionConstraint):
            pairs = [(F(part) if isinstance(part, str) else part, str(sign)) for part, sign in rule.expressions]
            fields = tuple(name for part, _sign in pairs for name in _names(part))
            yield Only(tuple(pairs), fields, reason, rule.condition)


def _sign(model: type[models.Model], part: Any) -> str:
    """Return how two are compared when blank is the same as blank; only `=` lets the database join by a hash."""
    named: Any = model._meta.get_field(getattr(part, "name", "")) if isinstance(part, F) else None
    return "=" if named is not None and not named.null else "IS NOT DISTINCT FROM"


def _keys(model: type[models.Model], only: Only, table: str, own: str) -> tuple[str, list[Any]]:
    """Return the query of a table's keys under the condition; a name of a column needs no table in front here."""
    query = Query(model, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    columns, parameters = [own], list[Any]()
    for place, (part, _sign) in enumerate(only.parts):
        sql, more = compiler.compile(part.resolve_expression(query, allow_joins=False))
        columns.append(f"({sql}) AS k{place}")
        parameters += more
    where = ""
    if only.condition is not None:
        sql, more = _condition(model, only.condition)
        where, parameters = f" WHERE {sql}", parameters + more
    return f"SELECT {', '.join(columns)} FROM {table}{where}", parameters  # noqa: S608


def _condition(model: type[models.Model], condition: Any) -> tuple[str, list[Any]]:
    """Return a condition as SQL over bare columns."""
    query = Query(model, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    sql, parameters = query.build_where(condition).as_sql(compiler, connection)
    return sql, list(parameters)


def _names(expression: Any) -> list[str]:
    """Return the fields that an expression speaks of, in order."""
    if isinstance(expression, Q):
        found = []
        for child in expression.children:
            if isinstance(child, tuple):
                found += [child[0].split("__")[0], *_names(child[1])]
            else:
                found += _names(child)
    elif isinstance(expression, F):
        named: Any = expression
        found = [named.name.split("__")[0]]
    else:
        sources: list[Any] = getattr(expression, "get_source_expressions", list)()
        found = [name for source in sources for name in _names(source)]
    return list(dict.fromkeys(found))


def _lay_aside(cursor: Any, found: list[Violation]) -> bool:
    """Take rows away; return whether one of them was to change a record."""
    if not found:
        return False
    numbers = [each.row for each in found]
    cursor.execute(f"DELETE FROM {LAID} WHERE row_number = ANY(%s) RETURNING row_target", [numbers])  # noqa: S608
    return any(target is not None for (target,) in cursor.fetchall())
