"""A reading as Django compiles it: the tables that it joins, the columns that it reads of each, the way to the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import DateTimeField, F, Q
from django.db.models.expressions import Col
from django.db.models.functions import TruncDate
from django.db.models.sql import Query
from django.db.models.sql.datastructures import Join

from governance.attainment.sources.reading import Reading

PLACES = "regions_region"


class Unreached(ValueError):
    """A condition looks into a table that no look-up leads to, so a change there would not be noticed."""


class Joins:
    """The joins of one reading; an alias is a table in its part of the query.

    `columns`: by alias, what is read of the table, its key included. `path`: the aliases from the model's own table
    (`base`) to the one that names the place. `home`, `first` and `until` are SQL, empty where the reading has none.
    """

    def __init__(self, reading: Reading, using: str) -> None:
        model: Any = apps.get_model(reading.model)
        rows = model._default_manager.using(using).filter(reading.only).order_by().annotate(**_named(reading))
        if reading.first and isinstance(rows.query.annotations["mark_first"].output_field, DateTimeField):
            rows = rows.annotate(mark_first=TruncDate(reading.first))
        self.query: Query = rows.query
        self.base = str(self.query.get_initial_alias())
        self._models: dict[str, Any] = {self.base: model}
        self._compiler = self.query.get_compiler(using)
        self._connection = connections[using]
        self.columns: dict[str, set[str]] = {self.base: set()}
        self._cols = [col for expression in self.query.annotations.values() for col in self._walk(expression)]
        for col in (*self._cols, *self._walk(self.query.where)):
            self._read(col.alias, str(col.target.column))
        inner = self._read_inside()
        for lookup in reading.depends:
            self._depend(lookup, inner)
        for alias in [*self.columns]:
            self._follow(alias)
        self._reach(inner, reading)
        home: Any = self.query.annotations.get("mark_home")
        self.path = self._chain(home.alias) if home is not None else [self.base]
        self.home = self._sql(home)
        self.first = self._sql(self.query.annotations.get("mark_first"))
        self.until = self._own_end()
        self.where = self._sql(self.query.where) if self.query.where else ""

    @property
    def needs(self) -> frozenset[tuple[str, str]]:
        """The columns that must be there, each with its table."""
        return frozenset((self.table(alias), name) for alias, names in self.columns.items() for name in names)

    def table(self, alias: str) -> str:
        """Return the table of an alias."""
        return str(self.query.alias_map[alias].table_name)

    def key(self, alias: str) -> list[str]:
        """Return the columns of the primary key of an alias' table."""
        return [field.column for field in self.model(alias)._meta.pk_fields]

    def model(self, alias: str) -> Any:
        """Return the model of an alias' table."""
        if alias not in self._models:
            field: Any = self._join(alias).join_field
            self._models[alias] = field.related_model
        return self._models[alias]

    def quoted(self, alias: str) -> str:
        """Return an alias as it stands in SQL."""
        return str(self._compiler.quote_name_unless_alias(alias))

    def name(self, name: str) -> str:
        """Return the name of a table or a column as it stands in SQL."""
        return str(self._connection.ops.quote_name(name))

    def of_the_place(self, alias: str) -> bool:
        """Return whether the alias is the row of the home itself: what changes there the tree of places tells."""
        join = self.query.alias_map[alias]
        home: Any = self.query.annotations.get("mark_home")
        return (
            isinstance(join, Join)
            and join.table_name == PLACES
            and home is not None
            and (join.parent_alias, join.join_cols[0][0]) == (home.alias, home.target.column)
        )

    def from_clause(self, root: str, aliases: Iterable[str], changed: str, rows: str) -> str:
        """Return what to select from: `root` and what `aliases` lead to, with `rows` in place of the table `changed`."""
        wanted = {step for alias in aliases for step in self._chain(alias)}
        above = set(self._chain(root)) - {root}
        parts = []
        for alias in self.query.alias_map:
            if alias not in wanted - above:
                continue
            name = f"{rows if alias == changed else self.name(self.table(alias))} AS {self.quoted(alias)}"
            parts.append(name if alias == root else f"{self._join(alias).join_type} {name} ON {self._on(alias)}")
        return " ".join(parts)

    def day_aliases(self) -> set[str]:
        """Return the aliases that the day and the rows' own condition are read from."""
        first = self.query.annotations.get("mark_first")
        return {col.alias for node in (first, self.query.where) if node is not None for col in self._walk(node)}

    def _join(self, alias: str) -> Join:
        join = self.query.alias_map[alias]
        assert isinstance(join, Join)  # noqa: S101  only the base is none
        return join

    def _chain(self, alias: str) -> list[str]:
        chain = [alias]
        while (parent := self.query.alias_map[chain[0]].parent_alias) is not None:
            chain.insert(0, parent)
        return chain

    def _on(self, alias: str) -> str:
        join = self._join(alias)
        parent = self.quoted(str(join.parent_alias))
        pairs = [
            f"{parent}.{self.name(here)} = {self.quoted(alias)}.{self.name(there)}" for here, there in join.join_cols
        ]
        field: Any = join.join_field
        extra = field.get_extra_restriction(join.table_alias, join.parent_alias)
        return " AND ".join([*pairs, *([f"({self._sql(extra)})"] if extra else [])])

    def _read(self, alias: str, *names: str) -> None:
        self.columns.setdefault(alias, set()).update(names)

    def _follow(self, alias: str) -> None:
        """Read the key of an alias, and what joins it to the one before."""
        while isinstance(join := self.query.alias_map[alias], Join):
            for here, there in join.join_cols:
                self._read(str(join.parent_alias), here)
                self._read(alias, there)
            self._read(alias, *self.key(alias))
            alias = str(join.parent_alias)
        self._read(alias, *self.key(alias))

    def _depend(self, lookup: str, inner: dict[str, set[str]]) -> None:
        """Read a further look-up; a relation of whose table nothing is named stands for all of it."""
        opts = self.query.get_meta()
        assert opts is not None  # noqa: S101  the query of a model
        found = self.query.setup_joins(lookup.split("__"), opts, self.base)
        alias = found.joins[-1]
        if not found.final_field.is_relation:
            self._read(alias, str(found.final_field.column))
        elif not self.columns.get(alias) and not inner.get(self.table(alias)):
            related: Any = found.opts
            fields = [field for field in related.local_concrete_fields if not getattr(field, "auto_now", False)]
            self._read(alias, *(field.column for field in fields))
        else:
            self._read(alias)

    def _walk(self, node: Any) -> Iterator[Col]:
        if isinstance(node, Col):
            yield node
        elif isinstance(node, Query):
            yield from node.get_external_cols()
        elif hasattr(node, "get_source_expressions"):
            for part in node.get_source_expressions():
                yield from self._walk(part)

    def _read_inside(self) -> dict[str, set[str]]:
        """Return by table what the conditions read in queries of their own."""
        read: dict[str, set[str]] = {}
        for node in (*self.query.annotations.values(), self.query.where):
            for query in _inner_queries(node):
                for join in query.alias_map.values():
                    read.setdefault(join.table_name, set())
                for part in (*query.annotations.values(), *query.select, query.where):
                    for col in self._walk(part):
                        if col.alias in query.alias_map:
                            read[query.alias_map[col.alias].table_name].add(str(col.target.column))
        return read

    def _reach(self, inner: dict[str, set[str]], reading: Reading) -> None:
        """Read the same where a look-up leads to the table, and refuse a table to which none does."""
        reached = {self.table(alias) for alias in self.columns}
        for table, names in inner.items():
            if table not in reached:
                raise Unreached(f"{reading.model}: a condition reads {table}, which no look-up names: see `depends`")
            for alias in self.columns:
                if self.table(alias) == table:
                    self._read(alias, *names)

    def _own_end(self) -> str:
        """Return the end as SQL if it is a column of the model's own table that nothing else reads."""
        until: Any = self.query.annotations.get("mark_until")
        if not isinstance(until, Col) or until.alias != self.base:
            return ""
        readers = [col for col in self._cols if (col.alias, col.target.column) == (self.base, until.target.column)]
        return str(until.target.column) if len(readers) == 1 else ""

    def _sql(self, node: Any) -> str:
        if node is None:
            return ""
        sql, params = self._compiler.compile(node)
        if not params:
            return str(sql % ())
        with self._connection.cursor() as cursor:
            return str(cursor.mogrify(sql, params).decode())


def _named(reading: Reading) -> dict[str, Any]:
    named: dict[str, Any] = {f"mark_read{number}": read for number, read in enumerate(_said(reading.reads))}
    if reading.home:
        named["mark_home"] = F(reading.home)
    if reading.first:
        named["mark_first"] = F(reading.first)
    if reading.until:
        named["mark_until"] = F(reading.until)
    return named


def _said(reads: Iterable[str | Q]) -> Iterator[Any]:
    for read in reads:
        if isinstance(read, str):
            yield F(read)
        elif read:
            yield read


def _inner_queries(node: Any) -> Iterator[Query]:
    if isinstance(node, Query):
        yield node
        nodes = [*node.annotations.values(), node.where]
    elif hasattr(node, "get_source_expressions"):
        nodes = node.get_source_expressions()
    else:
        return
    for part in nodes:
        yield from _inner_queries(part)
