"""Who uploads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from governance.accounts.models import User


@pytest.fixture
def clerk(street_clerk: User, as_user: Any) -> Client:
    client: Client = as_user(street_clerk)
    return client
