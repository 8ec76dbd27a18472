"""Everything that the five documents count is declared by an app: sources, marks, weights, kinds, persons and items."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from governance.attainment.results.rows import rows
from governance.kit.measures.parser import parse
from governance.kit.measures.sources import SOURCES, Events, Intervals
from governance.policies.models import Indicator, Policy
from governance.policies.packing import load, shipped
from governance.policies.vocabulary import vocabulary
from tests.policies.made import make_roots
from tests.policies.test_packs import TRANSCRIPT

FORMS = [(form, entry) for form in ("intervals", "events") for entry in TRANSCRIPT[form]]
#: items that follow from records, and their components, as the transcript names them
IMPLIED = re.compile(r"(?<![\w/])([a-z_]+)((?:,? ?/[a-z_]+)*)")


def declared(form: str, name: str) -> Intervals | Events | None:
    source = SOURCES.get(name)
    return source and (source.intervals if form == "intervals" else source.events)


@pytest.mark.parametrize(("form", "entry"), FORMS, ids=[f"{form}-{entry['source']}" for form, entry in FORMS])
def test_a_source_is_declared_with_all_that_is_counted_of_it(form: str, entry: dict[str, Any]) -> None:
    found = declared(form, entry["source"])
    assert found is not None, f"no app declares {form} {entry['source']}"
    assert found.model.split(".")[0] == entry["app"].split(".")[-1]
    assert set(entry["marks"]) <= set(found.marks)
    assert set(entry.get("weights", ())) <= set(found.weights)
    for name, values in entry.get("kinds", {}).items():
        assert list(found.kinds[name].values) == values


@pytest.mark.parametrize("name", [entry["source"] for _form, entry in FORMS if "implies" in entry])
def test_the_items_that_follow_from_records_do(name: str, db: None) -> None:
    items = vocabulary().items
    told = next(entry["implies"] for _form, entry in FORMS if entry["source"] == name and "implies" in entry)
    wanted = {
        (item, part.strip(" /,"))
        for item, components in IMPLIED.findall(told)
        if item in items
        for part in components.split(",") or [""]
    }
    both = SOURCES[name]
    implied = [one for form in (both.intervals, both.events) if form for one in form.implies]
    assert wanted, told
    assert wanted <= {(one.item, one.component) for one in implied}


def test_the_packs_load_strictly_and_every_entry_has_a_value_or_a_reason(db: None) -> None:
    make_roots()
    assert load(shipped()).findings == []
    words = vocabulary()
    for indicator in Indicator.objects.all():
        for text in (indicator.numerator, indicator.denominator):
            expression = parse(text, words)
            assert not expression.undeclared, (indicator.slug, text)
    entries = 0
    for policy in Policy.objects.select_related("region"):
        for row in rows(policy, policy.region, date(2025, 12, 31), date(2026, 1, 15)):
            entries += 1
            assert row["value"] is not None or row["reason"], row
            assert "没有模块" not in row["reason"], row
    assert entries == len(TRANSCRIPT["indicators"]) == 139
