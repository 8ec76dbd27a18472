"""Pieces of sentences that differ between the languages of the interface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _


def listed(parts: Iterable[Any]) -> str:
    """Return the parts in a row, parted as the language does."""
    return _("、").join(str(part) for part in parts)


def bracketed(text: Any, inner: Any) -> str:
    """Return `text` with `inner` behind it in brackets."""
    return f"{text}{_('（')}{inner}{_('）')}"


def inside(name: Any) -> str:
    """Return a name as it stands within a sentence: small, unless it begins with an abbreviation."""
    text = str(name)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
