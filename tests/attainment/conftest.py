"""A county to be computed, and messages that wait until the test delivers them."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from governance.attainment.actions import sending
from tests.attainment.computed import Messages, filled, small_chunks
from tests.factories.places import Tree, make_tree


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> Messages:
    """What is sent to the workers."""
    kept = Messages()
    monkeypatch.setattr(sending, "_send", lambda name, arguments: kept.append((name, arguments)))
    return kept


@pytest.fixture
def places(transactional_db: None, messages: Messages, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A county with records and a policy, in two chunks; nothing is computed yet."""
    made = make_tree()
    filled(made)
    small_chunks(monkeypatch)
    cache.clear()
    return made
