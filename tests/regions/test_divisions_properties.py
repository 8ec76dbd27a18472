"""Whatever the order of the rows, the tree is the same; a second import changes nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from governance.regions.divisions.rows import RANK
from governance.regions.models import Region
from tests.regions.divisions import load, tree, written

LEVELS = tuple(RANK)


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """Rows of a small tree: some sound, some with parents that are missing, of a low level, or go round."""
    number = draw(st.integers(1, 12))
    codes = [f"{500000000000 + index * 7:012}" for index in range(number)]
    found = []
    for code in codes:
        level = draw(st.sampled_from(LEVELS))
        others = [*codes, "999999999999"]
        parent = "" if level == "province" and draw(st.booleans()) else draw(st.sampled_from(others))
        found.append(f"{code},{draw(st.sampled_from(['东', '西', '重庆', '县']))},{level},{parent}")
    return found + draw(st.lists(st.sampled_from(found), max_size=3))


class Orders(TestCase):  # type: ignore[misc]
    @settings(max_examples=60, deadline=None)
    @given(rows(), st.randoms(use_true_random=False))
    def test_order_does_not_matter_and_twice_is_once(self, given_rows: list[str], random: object) -> None:
        shuffled = list(given_rows)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        with TemporaryDirectory() as folder:
            first = load(written(Path(folder), *given_rows))
            loaded = tree()
            again = load(written(Path(folder), *shuffled))
            assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
            assert again.refused == first.refused
            assert tree() == loaded
            for level in reversed(LEVELS):
                Region.objects.filter(level=level).delete()
            assert load(written(Path(folder), *shuffled)).added == first.added
            assert tree() == loaded

    @settings(max_examples=60, deadline=None)
    @given(rows(), rows())
    def test_any_file_after_any_other_leaves_a_sound_tree(self, one: list[str], other: list[str]) -> None:
        """The database's own rules hold, so a report comes back; then the second file changes nothing more."""
        with TemporaryDirectory() as folder:
            load(written(Path(folder), *one))
            load(written(Path(folder), *other))
            again = load(written(Path(folder), *other))
            assert (again.added, again.changed) == (0, 0)
        for place in Region.objects.select_related("parent"):
            assert place.path == (place.parent.path if place.parent else "") + place.code + "/"
