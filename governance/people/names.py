"""Names of persons as they are stored: half-width, single blanks, and no number among them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.kit.texts import refused_character

_NUMBER = re.compile(r"[0-9](?:\s?[0-9]){5}")  # an identity number or a phone that slipped into the cell beside it


def normalised(text: str) -> str:
    """Return a name as it is stored."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def refuse(name: str) -> None:
    """Refuse a name with a number in it, for names are not sealed, and one with signs that nobody sees."""
    if found := refused_character(name):
        text = _("含有看不见的控制字符（%(character)s），请删除后再填。")
        raise ValidationError(text % {"character": found}, code="name")
    if _NUMBER.search(unicodedata.normalize("NFKC", name)):
        raise ValidationError(_("姓名里有号码，请把号码填在它自己的一格。"), code="name")


def unmasked(typed: str, person: Any) -> str:
    """Return a name as it is to be stored: the mask that was shown means the stored one, any other mask is refused."""
    if person is not None and person.pk and typed == str(person):
        return str(person.name)
    if "*" in typed:
        raise ValidationError(_("请填写完整的姓名，不要带 *。"), code="name")
    return typed
