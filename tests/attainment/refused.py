"""Looks whether the database itself refuses something, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused_by(rule: str) -> Iterator[None]:
    """Expect a refusal by the rule of this name; the transaction around it goes on."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]
