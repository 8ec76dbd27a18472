"""Telephone numbers as they are stored: digits, and a hyphen behind an area code or before an extension."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = r"1[3-9][0-9]{9}"
_FIXED = r"(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?"
SHAPE = rf"^({_MOBILE}|{_FIXED}|400[0-9]{{7}})\Z"
_COUNTRY = re.compile(r"^(\+|00)86")


def normalised(text: str) -> str:
    """Return a number narrow, without blanks and country code; of a mobile number the digits alone."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split()).replace("－", "-").replace("—", "-")
    narrow = _COUNTRY.sub("", narrow).lstrip("-")
    digits = narrow.replace("-", "")
    return digits if re.fullmatch(_MOBILE, digits) else narrow
