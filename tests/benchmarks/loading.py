"""Loading a city: volunteers with their persons by COPY, organisations as a workbook, beside a bare COPY of the same rows.

`BENCH_SCALE` is the part of 7 million volunteers and of 100,000 organisations: 0.1 unless told otherwise. A bare COPY is
one into tables without index, key, check or trigger. Volunteers are loaded twice: with everything on, as anybody may,
and as an operator does it who loads a city (`kit.bulkload`): triggers off, indexes dropped and built once at the end, then
what the triggers would have written, then VACUUM.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from django.db import connection, transaction
from django.db.models import Model

from governance.accounts.models import Post, User
from governance.kit.bulkload import indexes_off, triggers_off
from governance.kit.personroles import roles
from governance.people import places
from governance.people.models import Person, PersonPlace
from governance.regions.models import Region
from organizations.listings.register import ORGANIZATIONS
from organizations.models import Category, Nature
from tests.benchmarks import city, staged
from tests.benchmarks.city import bodies, volunteering
from tests.benchmarks.city.drawing import Draw
from tests.benchmarks.city.load import Loader, chosen_of, load_places
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database
from tests.benchmarks.staged import Spent, spent
from volunteers.models import Volunteer

HEAD = ("名称", "所在地区", "性质", "社区社会组织", "社区社会组织类别", "备案编号", "住所")
AT_MOST = 100_000  # rows of a file
Figures = dict[str, Figure]


def run() -> Figures:
    """Measure both."""
    scale = float(os.environ.get("BENCH_SCALE", "0.1"))
    made = city.generate(scale, city.REAL)
    with scratch_database():
        figures = _volunteers(made) | _organizations(made)
    return {f"loading ×{scale:g}: {name}": figure for name, figure in figures.items()}


def _volunteers(made: city.City) -> Figures:
    draw = Draw(made)
    tables = {Person: volunteering.persons(draw), Volunteer: volunteering.volunteers(draw)}
    tables[Person] = {name: column[: len(draw.made["homes"])] for name, column in tables[Person].items()}
    rows = len(draw.made["homes"])
    with TemporaryDirectory() as folder:
        files = {model: Loader(Path(folder) / model.__name__) for model in tables}
        loader = Loader(Path(folder) / "places")
        with triggers_off():
            load_places(loader, made)
        chosen = {}
        for model, columns in tables.items():
            chosen[model] = chosen_of(model, columns, made.tables.texts[model])
            files[model].write(chosen[model], columns)
        _run("ANALYZE")
        bare = _sum(_bare(model, files[model], chosen[model]) for model in tables)
        everything = _sum(_whole(model, files[model], chosen[model]) for model in tables)
        written = PersonPlace.objects.count()
        _empty(*tables)
        loaded = spent(lambda: _bulk(files, chosen))
        differ = abs(written - rows) + abs(PersonPlace.objects.count() - rows) + abs(Volunteer.objects.count() - rows)
        _empty(*tables)
    return {
        "volunteers with their persons": Figure(rows, "rows"),
        **_told("volunteers, bare COPY", bare, rows),
        **_told("volunteers, COPY with every index, rule and trigger", everything, rows),
        **_told("volunteers, COPY as a city is loaded, until all is in place", loaded, rows),
        "volunteers, with everything over bare COPY": Figure(everything.seconds / bare.seconds, "×"),
        "volunteers, as a city is loaded over bare COPY": Figure(loaded.seconds / bare.seconds, "×"),
        "volunteers, rows or places of persons that are amiss": Figure(differ, "", bar=0),
    }


def _bare(model: type[Model], file: Loader, chosen: dict[str, str]) -> Spent:
    """COPY into a table that has the columns and nothing else."""
    names = ", ".join(connection.ops.quote_name(name) for name in chosen)
    _run(f"CREATE TABLE bare AS SELECT {names} FROM {model._meta.db_table} WHERE false")
    try:
        return spent(lambda: file.send("bare", chosen))
    finally:
        _run("DROP TABLE bare")


def _whole(model: type[Model], file: Loader, chosen: dict[str, str]) -> Spent:
    taken = spent(lambda: file.send(model._meta.db_table, chosen))
    _run(f"VACUUM ANALYZE {model._meta.db_table}")
    return taken


def _bulk(files: dict[type[Model], Loader], chosen: dict[type[Model], dict[str, str]]) -> None:
    with triggers_off():
        with indexes_off(files):
            for model, file in files.items():
                file.send(model._meta.db_table, chosen[model])
        with indexes_off([PersonPlace]), transaction.atomic(), connection.cursor() as cursor:
            for role in roles():
                places.rebuild(cursor, role)
    _run(f"VACUUM ANALYZE {', '.join(model._meta.db_table for model in (*files, PersonPlace))}")


def _organizations(made: city.City) -> Figures:
    count = min(round(bodies.ORGANIZATIONS * made.scale), AT_MOST)
    root = Region.objects.get(level="province")
    clerk = User.objects.create_user("bench", None, name="bench", region=root)
    Post.objects.create(user=clerk, role="clerk", region=root, since=date(2020, 1, 1))
    codes = list(Region.objects.filter(level="community").values_list("code", flat=True))
    taken = staged.through(ORGANIZATIONS, clerk, _workbook(codes, count), AT_MOST, count)
    whole = Spent(taken["check"] + taken["confirm"], taken["processors"])
    return {
        "organisations in the workbook": Figure(count, "rows"),
        "organisations, read": Figure(taken["read"], "s"),
        "organisations, check with reading": Figure(taken["check"], "s"),
        "organisations, confirm": Figure(taken["confirm"], "s"),
        **_told("organisations, checked and confirmed", whole, count),
        **_told("organisations, bare COPY", Spent(taken["bare"], taken["bare processors"]), count),
        "organisations, COPY with every index, rule and trigger": Figure(taken["copy"], "s"),
        "organisations, import over bare COPY": Figure(whole.seconds / taken["bare"], "×"),
        "organisations that are amiss": Figure(taken["wrong"], "", bar=0),
    }


def _workbook(codes: list[str], rows: int) -> bytes:
    """Return a file of organisations that are filed, in all communities."""
    natures = [str(nature.label) for nature in (Nature.TEAM, Nature.ASSOCIATION, Nature.SERVICE_BODY)]
    categories = [str(category.label) for category in Category]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for row in range(rows):
        told = (
            f"合成社会组织第{row}", codes[row % len(codes)], natures[row % len(natures)], "是",
            categories[row % len(categories)], f"合成备{row:06}", f"人民路 {row} 号",
        )  # fmt: skip
        for column, text in enumerate(told):
            sheet.write_string(row + 1, column, text)
    book.close()
    return file.getvalue()


def _told(what: str, taken: Spent, rows: int) -> Figures:
    return {
        what: Figure(taken.seconds, "s"),
        f"{what}, rows a second": Figure(rows / taken.seconds, "rows"),
        f"{what}, processors": Figure(taken.processors, "s"),
    }


def _sum(parts: Iterable[Spent]) -> Spent:
    each = list(parts)
    return Spent(sum(part.seconds for part in each), sum(part.processors for part in each))


def _empty(*models: type[Model]) -> None:
    names = ", ".join(model._meta.db_table for model in (*models, PersonPlace))
    with triggers_off():
        _run(f"TRUNCATE {names} CASCADE")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
