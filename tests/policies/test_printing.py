"""Whatever a text holds, it is read again as it was printed, and a fault in it is found where it stands."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from governance.policies.packing.document import Document
from governance.policies.packing.findings import Findings
from governance.policies.packing.printing import flow, one_line, text

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"], include_characters="\n\t:#'\"-“”{}[], 、%@`"), max_size=30
)


def read(printed: str) -> Any:
    return YAML(typ="safe", pure=True).load(printed)


@given(TEXTS)
@example("a: b")
@example("a #b")
@example("no")
@example("2022-06-24")
@example("500000000000")
@example("它's")
@example("“甲”")
@example("end:")
@example("two\nlines")
def test_a_text_is_read_as_it_was_printed(value: str) -> None:
    assert read(f"key: {text(value)}\nnext: 1\n") == {"key": value, "next": 1}
    assert read(f"key: {text(value, quoted=True)}\n") == {"key": value}
    assert read(f"- {one_line({'text': value, 'bound': 'exact'})}\n") == [{"text": value, "bound": "exact"}]
    assert read(f"[{flow(value)}, {flow(value)}]") == [value, value]


@given(
    st.lists(st.sampled_from(["stock", "(", ")", "units", " ", ",", "a.b"]), min_size=1, max_size=12),
    st.integers(0, 40),
)
@example(["a.b", " ", " ", "stock"], 4)
def test_a_place_inside_a_text_is_where_its_character_stands(words: list[str], offset: int) -> None:
    value = "".join(words).strip() or "x"
    for written in (f"'{value}'", f'"{value}"', value if value[0].isalpha() and ": " not in value else f"'{value}'"):
        source = f"first: 一\nkey:   {written}\nlast: 2\n"
        document = Document("pack", source, Findings())
        node = next(each for name, each in document.root().value if name.value == "key")
        place = document.place(node, min(offset, len(value)))
        begins = source.splitlines()[1].index(value)
        assert (place.line, place.column) == (2, begins + min(offset, len(value)) + 1)
