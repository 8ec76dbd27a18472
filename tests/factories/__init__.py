"""Makers of records for tests; each makes the least that the database accepts."""

from tests.factories.places import make_region, make_tree
from tests.factories.records import make_record
from tests.factories.users import make_partner, make_user

__all__ = ["make_partner", "make_record", "make_region", "make_tree", "make_user"]
