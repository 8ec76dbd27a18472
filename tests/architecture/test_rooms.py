"""Rooms stay small and are named by an idea."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("governance", "organizations", "projects", "volunteers", "funds")
NAMELESS = {"utils", "helpers", "common", "misc", "services"}


def rooms() -> list[Path]:
    return [file for folder in CODE for file in (ROOT / folder).rglob("*.py") if "migrations" not in file.parts]


def test_no_room_is_over_300_lines() -> None:
    large = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in rooms()}
    assert {name: lines for name, lines in large.items() if lines > 300} == {}


def test_no_room_lacks_an_idea_in_its_name() -> None:
    assert [str(file) for file in rooms() if file.stem in NAMELESS] == []


def test_every_app_of_the_tree_is_there() -> None:
    for name in ("regions", "accounts", "audit", "desk", "people", "ledger", "policies", "attainment", "deliberation"):
        assert (ROOT / "governance" / name / "apps.py").exists()
    for name in ("organizations", "projects", "volunteers", "funds"):
        assert (ROOT / name / "apps.py").exists()
