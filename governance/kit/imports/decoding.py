"""Bytes of a text file as text: UTF-8, UTF-16 with its mark, or GB18030, which Excel writes under a Chinese system."""

from __future__ import annotations

UNREADABLE = "\ufffd"  # stands where a byte fits no character
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BEYOND_ASCII = bytes(range(128, 256))


def text_in(data: bytes) -> str | None:
    """Return the text, or None where the bytes are none; a few broken characters cost their own rows only."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data:
        return None
    several = len(data) - len(data.translate(None, _BEYOND_ASCII))
    for encoding in ("utf-8-sig", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count(UNREADABLE) * 8 <= several:
            return text
    return None
