"""What a program sends that goes wrong, or that somebody sends to see what happens."""

from __future__ import annotations

import json
from typing import Any

FAR_DAYS = ("0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00", "2024-02-30", "２０２４-01-01", "2024-1-1")
MOMENTS = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-12:00",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:00:00+99:99",
)
NUMBERS = (
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "1" + "0" * 30,
    "9" * 5000,
    "1e400",
    "NaN",
    "-Infinity",
    "²",
    "٣",
    "1_000",
    "0x10",
)
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\u202e",
    "\ufeff",
    "x" * 10_000,
    "😀" * 300,
    "%",
    "'\"\\;--",
    "null",
    "__class__",
    "{0}",
    "%s",
)
IN_TEXT = (*FAR_DAYS, *MOMENTS, *NUMBERS, *TEXTS)
# as they stand in JSON; some are no JSON that a stricter reader would take
IN_JSON = (
    *map(json.dumps, IN_TEXT),
    '"\\ud800"', '"\\udfff\\ud800"',
    "null", "true", "false", "[]", "{}", "[[]]", "[null]", '[{"id": 1}]', '{"id": 1}', '{"\\u0000": "\\u0000"}', '["\\u0000"]',
    "-1", "0", "1.5", "2147483648", "9223372036854775808", "-9223372036854775809", "1" + "0" * 30, "9" * 4000, "9" * 5000,
    "1e308", "1e400", "1e-400", "NaN", "Infinity", "-Infinity",
)  # fmt: skip
IN_QUERY = (*IN_TEXT, b"%ff%fe", b"%ED%A0%80", b"%00", b"%", b"a&%s=b", b"1,2", b"&&==&", b"\xff")
IN_PATH = (
    "0", "-1", "1" + "0" * 30, "9" * 5000, "9223372036854775808", "1e3", "1.0", "²", "１", "null", "%00", "%FF", "%ED%A0%80",
    "..", "%2e%2e", "%20", "%0a", "1%0a", "1;a=b", "a%2Fb", "x" * 3000, "'", "{id}",
)  # fmt: skip
BODIES = (
    b"", b"{", b"}", b"[]", b"null", b'"x"', b"1", b"NaN", b"[{}]", b"\xff\xfe{}", b'{"name": "\xff"}', b"\xef\xbb\xbf{}", b"\0",
    b'{"a":' * 20 + b"1" + b"}" * 20, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000, b"[" * 100_000,
    b'{"name": "a", "name": "b"}', b'{"": ""}', b'{"\\u0000": 1}', b'{"\\ud800": 1}', b'{"' + b"x" * 100_000 + b'": 1}',
    b"{" + b",".join(b'"k%d": 1' % turn for turn in range(5_000)) + b"}", b'{"id": ' + b"9" * 5_000 + b"}", b"9" * 5_000,
    b'{"name": "' + b"x" * 3_000_000 + b'"}',
)  # fmt: skip
KINDS = (
    "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
    "application/json; charset=utf-16", "application/json; charset=nonsense", "json", "/", "",
    "application/json; charset=utf-7", "application/json; charset=base64", "x" * 5_000,
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    *({"if-match": text} for text in ("etag", '"', 'W/"x"', "*", ",", "x" * 5_000, *FAR_DAYS, *MOMENTS, *NUMBERS, "\xff\xfe")),
    *({"accept": text} for text in ("text/html", "application/xml", "*/*;q=x", "application/json; indent=" + "9" * 5_000, "/", ",", "\xff")),
    *({"accept-language": text} for text in ("xx", "zh-" + "x" * 5_000, "en;q=nan", "\xff", "*")),
    *({"authorization": text} for text in ("Bearer", "Bearer ", "bearer \xff", "Bearer " + "x" * 5_000, "Basic !", "x", "Bearer a b")),
    *({"x-http-method-override": text} for text in ("DELETE", "\xff")),
    *({"host": text} for text in ("", "elsewhere.example", "[", "\xff")),
    *({"cookie": text} for text in ("sessionid=" + "x" * 5_000, "csrftoken=\xff", "sessionid=a%00b", ";=;", "django_language=x%00")),
    *({"content-length": text} for text in ("x", "-1", "9" * 30)),
    *({"range": text} for text in ("bytes=0-", "x")),
    *({"if-modified-since": text} for text in ("x", "Mon, 01 Jan 0001 00:00:00 GMT")),
    *({"x-forwarded-for": text} for text in ("x", "1.2.3.4, \xff", "x" * 5_000)),
)  # fmt: skip


def body_with(base: dict[str, Any], name: str, value: str) -> str:
    """Return a body in JSON in which one field holds what is written in `value`."""
    rest = {key: each for key, each in base.items() if key != name}
    inner = json.dumps(rest, ensure_ascii=False)[1:-1]
    return "{" + ", ".join(part for part in (inner, f"{json.dumps(name)}: {value}") if part) + "}"
