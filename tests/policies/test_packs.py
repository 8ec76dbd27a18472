"""The packs of the portal say what the five documents say, as they were transcribed apart from the packs."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from governance.audit.models import AuditEvent
from governance.kit.demo import steps
from governance.kit.texts import full_width
from governance.policies.demo import load_policies
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing import Outcome, export, load, shipped
from tests.policies.made import make_roots

TRANSCRIPT = YAML(typ="base", pure=True).load(Path(__file__).parent / "transcript.yaml")  # every value as it is written
POLICIES = {entry["slug"]: entry for entry in TRANSCRIPT["policies"]}
ENTRIES = {entry["id"]: entry for entry in TRANSCRIPT["indicators"]}


@pytest.fixture
def loaded(db: None) -> Outcome:
    make_roots()
    return load(shipped())


def given(value: Any) -> Any:
    """Return a written value; a missing one is none."""
    return None if value in (None, "null", "") else value


def day(value: Any) -> date | None:
    return date.fromisoformat(value) if given(value) else None


def number(value: Any) -> Decimal | None:
    if given(value) is None:
        return None
    exact = Fraction(value)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def as_written(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what the transcript says of an indicator, apart from its words."""
    home = given(entry.get("region")) or POLICIES[entry["policy"]]["region"]
    baseline = entry.get("baseline") or {}
    targets = [
        (home, day(each["due"]), number(each["value"]), number(each.get("high")), "text", entry.get("yearly", ""))
        for each in entry.get("targets", ())
    ]
    facts = [
        (home, day(each["date"]), number(each["value"]), full_width(each["text"]), each["bound"])
        for each in entry.get("reference", ())
    ]
    return {
        "policy": entry["policy"],
        "quote": entry["quote"],
        "display": entry["display"],
        "role": entry["role"],
        "name": full_width(entry["name_zh"]),
        "name_en": entry["name_en"],
        "kind": entry["kind"],
        "numerator": entry["n"],
        "denominator": entry["d"],
        "factor": number(entry["factor"]),
        "unit": entry["unit"],
        "test": entry["test"],
        "unit_levels": (given(entry["unit_level"]) or "").split("+") if given(entry["unit_level"]) else [],
        "verdict_levels": entry["verdict_levels"],
        "show_levels": entry["show_levels"],
        "direction": given(entry["direction"]) or "",
        "region": given(entry.get("region")),
        "baseline": (day(baseline.get("date")), number(baseline.get("value"))),
        "subset_of": entry.get("subset_of"),
        "targets": targets,
        "facts": facts,
    }


def as_loaded(indicator: Indicator) -> dict[str, Any]:
    """Return the same of a stored indicator."""
    names = (
        "role", "name", "name_en", "kind", "numerator", "denominator", "factor", "unit", "test", "unit_levels",
        "verdict_levels", "show_levels", "direction",
    )  # fmt: skip
    return {name: getattr(indicator, name) for name in names} | {
        "policy": indicator.policy.slug,
        "quote": indicator.clause.quote,
        "display": indicator.clause.display or indicator.clause.quote,
        "region": indicator.region and indicator.region.code,
        "baseline": (indicator.baseline_on, indicator.baseline_value),
        "subset_of": indicator.subset_of and indicator.subset_of.slug,
        "targets": [
            (each.region.code, each.due, each.value, each.high, each.origin, each.yearly)
            for each in indicator.targets.order_by("due")
        ],
        "facts": [
            (each.region.code, each.on, each.value, each.text, each.bound) for each in indicator.references.all()
        ],
    }


def test_every_entry_is_loaded_as_it_was_transcribed(loaded: Outcome) -> None:
    stored = {indicator.slug: indicator for indicator in Indicator.objects.all()}
    assert set(stored) == set(ENTRIES)
    differing = {
        (slug, name): (written, found)
        for slug, entry in ENTRIES.items()
        for name, written in as_written(entry).items()
        if written != (found := as_loaded(stored[slug])[name])
    }
    assert differing == {}


def test_there_are_as_many_of_each_sort_as_in_the_documents(loaded: Outcome) -> None:
    roles = Counter(Indicator.objects.values_list("role", flat=True))
    assert roles == {"target": 60, "shown": 51, "reference": 28}
    assert ReferencePoint.objects.count() == 28
    with_number = Indicator.objects.filter(targets__isnull=False).distinct()
    assert with_number.count() == 60
    assert Target.objects.count() == sum(len(entry.get("targets", ())) for entry in ENTRIES.values())


def test_the_policies_themselves(loaded: Outcome) -> None:
    stored = {
        policy.slug: (
            policy.title, policy.title_en, policy.document_no, policy.issued_on, policy.region.code,
            policy.region.level, policy.valid_from, policy.valid_to, policy.public,
        )
        for policy in Policy.objects.all()
    }  # fmt: skip
    assert stored == {
        slug: (
            full_width(entry["title_zh"]), entry["title_en"], given(entry["document_no"]) or "", day(entry["date"]),
            entry["region"], entry["root_level"], day(entry["valid_from"]), day(entry["valid_to"]), True,
        )
        for slug, entry in POLICIES.items()
    }  # fmt: skip


def test_clauses_and_indicators_stand_in_the_order_of_the_documents(loaded: Outcome) -> None:
    for slug in POLICIES:
        written = [entry for entry in ENTRIES.values() if entry["policy"] == slug]
        quotes = list(dict.fromkeys(entry["quote"] for entry in written))
        assert list(Clause.objects.filter(policy__slug=slug).values_list("quote", flat=True)) == quotes
        assert list(Indicator.objects.filter(policy__slug=slug).values_list("slug", flat=True)) == [
            entry["id"] for entry in written
        ]
    shared = [clause for clause in Clause.objects.all() if clause.indicators.count() > 1]
    assert sorted(clause.indicators.count() for clause in shared) == [2, 2, 3]
    assert Clause.objects.count() == 139 - 4


def test_every_text_is_there_in_both_languages(loaded: Outcome) -> None:
    for name in ("counts", "per", "responsible", "note", "reading", "baseline_note"):
        for indicator in Indicator.objects.all():
            assert bool(getattr(indicator, name)) == bool(getattr(indicator, f"{name}_en")), (indicator.slug, name)
    for indicator in Indicator.objects.all():
        entry = ENTRIES[indicator.slug]
        assert indicator.counts, indicator.slug
        assert bool(indicator.per) == bool(entry.get("per")), indicator.slug
        assert len(indicator.checklist) == len(indicator.checklist_en) == len(entry.get("checklist", ())), (
            indicator.slug
        )


def test_nothing_is_found_in_the_packs(loaded: Outcome) -> None:
    assert loaded.findings == []


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_the_file_is_what_the_exporter_prints(path: Path, loaded: Outcome) -> None:
    assert export(path.stem).encode() == path.read_bytes()


def test_loading_again_changes_nothing(loaded: Outcome, django_assert_num_queries: Any) -> None:
    before = list(Indicator.objects.order_by("pk").values_list("pk", "changed_at"))
    trail = AuditEvent.objects.count()
    with django_assert_num_queries(15):
        outcome = load(shipped())
    assert [difference.changes() for difference in outcome.differences] == [[], [], [], [], []]
    assert list(Indicator.objects.order_by("pk").values_list("pk", "changed_at")) == before
    assert AuditEvent.objects.count() == trail


def test_a_first_load_costs_few_statements(db: None, django_assert_max_num_queries: Any) -> None:
    make_roots()
    with django_assert_max_num_queries(45):
        outcome = load(shipped())
    assert len(outcome.differences) == 5
    assert AuditEvent.objects.filter(action="policies.policy.load", model="policies.policy").count() == 5


def test_every_loaded_record_would_pass_its_form(loaded: Outcome) -> None:
    """The loader and the forms keep the same rules."""
    for model in (Policy, Clause, Indicator, Target, ReferencePoint):
        for record in model._default_manager.all():
            record.full_clean()


def test_the_demonstration_loads_them(db: None) -> None:
    with pytest.raises(ValueError, match="没有代码为“340000000000”的地区"):
        load_policies(lambda stage, done, total: None)
    make_roots()
    told: list[tuple[str, int, int]] = []
    load_policies(lambda stage, done, total: told.append((stage, done, total)))
    assert told == [("政策", 5, 5)]
    assert Policy.objects.count() == 5
    assert "政策" in [step.name for step in steps()]
