"""The pages made of cards cost a fixed number of queries, however much there is below a place."""

from __future__ import annotations

from typing import Any

import pytest

from governance.accounts.models import User
from governance.regions.models import Estate, Facility
from tests.factories import make_record, make_region
from tests.factories.places import Tree

# A changed number is a decision: look at the queries first.
PINNED = {"/": 8, "/regions/430211000000/": 18}


@pytest.mark.parametrize("page", sorted(PINNED))
def test_a_page_costs_what_was_agreed(
    page: str, bureau_admin: User, tree: Tree, as_user: Any, django_assert_num_queries: Any
) -> None:
    client = as_user(bureau_admin)
    client.get(page)
    with django_assert_num_queries(PINNED[page]):
        client.get(page)
    for number in range(5):
        make_record(Facility, tree.community, f"设施{number}")
        make_record(Estate, tree.community, f"小区{number}")
        make_region(f"4302110{number + 10}000", f"街道{number}", tree.county)
    with django_assert_num_queries(PINNED[page]):
        client.get(page)
