"""What is exported loads as it was, whatever the texts and numbers are, and is exported again byte by byte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.kit.texts import refused_character
from governance.policies.models import Clause, Indicator, Policy
from governance.policies.packing import export, load
from tests.factories.places import Tree
from tests.policies.made import make_clause, make_indicator, make_policy, make_reference, make_target

# What YAML might take for something else, beside every character that a text may hold.
_TRAPS = [
    *"'\"\\:#-?!&*|>%@`,[]{} ~=+.0123456789eEynNY", "\u3000", "\u00a0", "\ufffe", "😀", ": ", " #", "null", "true",
    "yes", "---", "...", "0x", "1_0", "10:30", "2020-01-01", "<<",
]  # fmt: skip
_PIECES = st.sampled_from(_TRAPS) | st.characters(exclude_categories=("Cc", "Cf", "Zl", "Zp", "Cs"))
_BREAKS = st.sampled_from(["\n", "\t", "\r", " \n", "\n\n", "\r\n"])


def _texts(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(pieces, min_size=1, max_size=12).map("".join).filter(str.strip)


LINE = _texts(_PIECES).filter(lambda text: not refused_character(text))
LINES = _texts(_PIECES | _BREAKS).filter(lambda text: not refused_character(text, lines=True))
NUMBER = st.decimals(0, Decimal("99999999999999.9999"), places=4)
FACTOR = st.decimals(Decimal("0.000001"), Decimal("999999999999.999999"), places=6)
DAY = st.dates(date(1950, 1, 1), date(2100, 12, 31))
SLUG = st.from_regex(r"\A[-a-zA-Z0-9_]{1,20}\Z") | st.sampled_from(["null", "true", "no", "1e3", "0x1", "123", "-a"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_export_load_export(tree: Tree, tmp_path: Path, data: st.DataObject) -> None:
    draw, path = data.draw, tmp_path / "pack.yaml"
    lines = st.just("") | LINES
    with transaction.atomic():
        policy = make_policy(
            tree.county, title=draw(LINE), title_en=draw(LINE), responsible=draw(LINE), note=draw(lines),
            public=draw(st.booleans()), valid_to=draw(st.none() | st.just(date(2030, 1, 1))),
        )  # fmt: skip
        clause = make_clause(policy, draw(LINES), draw(st.integers(1, 9)), display=draw(lines))
        indicator = make_indicator(
            clause, draw(SLUG), kind="qualitative_checklist", name=draw(LINE), name_en=draw(LINE), factor=draw(FACTOR),
            position=draw(st.integers(1, 9)), note=draw(lines), reading=draw(lines), counts=draw(LINE),
            checklist=draw(st.lists(LINE, unique=True, max_size=3)), baseline_on=draw(st.none() | DAY),
            baseline_value=draw(st.none() | NUMBER), baseline_note=draw(LINE),
        )  # fmt: skip
        make_target(indicator, tree.county, due=draw(st.none() | DAY), value=draw(NUMBER))
        fact = make_indicator(
            make_clause(policy, clause.quote + "。", clause.position + draw(st.integers(1, 3))),
            indicator.slug + "_", role="reference", direction="", position=indicator.position + draw(st.integers(1, 3)),
        )  # fmt: skip
        make_reference(fact, tree.street, draw(LINE), value=draw(st.none() | NUMBER), on=draw(st.none() | DAY))
        printed = export(policy.slug)
        path.write_text(printed, encoding="utf-8", newline="\n")
        outcome = load([path])
        assert not outcome.findings
        assert not outcome.differences[0].changes()
        for model in (Indicator, Clause, Policy):
            model.objects.all().delete()
        assert not load([path]).findings
        assert export(policy.slug) == printed
        transaction.set_rollback(True)
