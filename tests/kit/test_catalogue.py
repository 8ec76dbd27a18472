"""The English catalogue."""

from __future__ import annotations

from pathlib import Path

from governance.kit import catalogue


def test_a_clone_without_a_catalogue_compiles_an_empty_one(tmp_path: Path) -> None:
    target = catalogue.compile_mo(tmp_path / "en" / "LC_MESSAGES" / "django.po")
    assert target.is_file()
    assert [path.name for path in target.parent.iterdir()] == ["django.mo"]
