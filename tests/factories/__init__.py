"""Makers of records for tests; each makes the least that the database accepts."""

from tests.factories.making import make, make_record
from tests.factories.places import make_region, make_tree
from tests.factories.users import make_partner, make_user

__all__ = ["make", "make_partner", "make_record", "make_region", "make_tree", "make_user"]
