"""Telephone numbers as they are stored: digits, and a hyphen behind an area code or before an extension."""

from __future__ import annotations

import re
import unicodedata

SHAPE = r"^(1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?|[2-9]\d{6,7}|400\d{7})$"
_COUNTRY = re.compile(r"^(\+|00)86")


def normalised(text: str) -> str:
    """Return a number narrow, without blanks and country code; of a mobile number the digits alone."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split()).replace("－", "-").replace("—", "-")
    narrow = _COUNTRY.sub("", narrow).lstrip("-")
    digits = narrow.replace("-", "")
    return digits if re.fullmatch(r"1[3-9]\d{9}", digits) else narrow
