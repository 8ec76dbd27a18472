"""What the documents say of the code is so: settings, passages of modules, files that they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read_by_settings() -> set[str]:
    """Return the variables that the settings read."""
    modules = sorted((ROOT / "governance" / "config" / "settings").glob("*.py"))
    code = "".join(module.read_text(encoding="utf-8") for module in modules)
    return set(re.findall(r"env\.(?:text|flag|names|number)\(\s*\"(\w+)\"", code))


def test_every_setting_is_in_the_table() -> None:
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert read_by_settings() - named == set()
    assert named - read_by_settings() == {"HOST", "PORT"}  # of `run_portal`


def test_operators_set_only_what_is_read() -> None:
    text = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    given = set(re.findall(r"^([A-Z_]+)=", text, re.M))
    assert given - read_by_settings() == {"DJANGO_SETTINGS_MODULE"}


def test_code_in_the_readme_is_that_of_the_module_named_before_it() -> None:
    found = []
    for passage in re.finditer(r"^```python\n(.*?)^```$", README, re.M | re.S):
        path = re.findall(r"`([\w/]+\.py)`", README[: passage.start()])[-1]
        found.append((path, passage[1]))
    assert len(found) == 2
    for path, code in found:
        assert code in (ROOT / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (document.parent / target).exists(), target
    for anchor in re.findall(r"README\.md#([\w-]+)", text):
        assert anchor in {line.lower().replace(" ", "-") for line in re.findall(r"^#+ (.*)$", README, re.M)}, anchor
