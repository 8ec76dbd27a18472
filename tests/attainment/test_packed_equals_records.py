"""The fast reader counts what the slow one counts: every expression, place and month."""

from __future__ import annotations

import pytest

from governance.attainment.compute.records import RecordFacts
from tests.attainment.packed_rows import EXPRESSIONS, MONTHS, make_rows, packed, values
from tests.factories.places import Tree

RANGES = (MONTHS, (2023 * 12, 2023 * 12), (2019 * 12, 2020 * 12), (2021 * 12 + 5, 2027 * 12))


@pytest.mark.parametrize("seed", range(4))
def test_every_value_is_the_same(tree: Tree, seed: int) -> None:
    make_rows(seed)
    for months in RANGES if seed == 0 else (MONTHS,):
        for root in (tree.province, tree.street):
            found = packed(root, months)
            slow = RecordFacts(found.tree, root)
            expected, got = values(found.tree, slow, months, root), values(found.tree, found, months, root)
            for expression, one, other in zip(EXPRESSIONS, expected, got, strict=True):
                assert one == other, expression
