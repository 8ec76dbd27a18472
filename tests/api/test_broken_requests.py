"""Broken values in every field, every parameter and every address, broken bodies and headers: refused, never a failure.

The usual run takes a third of the lists, always the same ones, and one value for each in turn; with
SCHEMATHESIS_EXAMPLES above ten it takes all of them. Whoever asks may do
everything there is in one street.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import quote
from zlib import crc32

import pytest
from django.urls import resolve, reverse

from governance.kit.listing import Listing
from tests.api.asking import THOROUGH, Asker
from tests.api.broken import BODIES, HEADERS, IN_JSON, IN_PATH, IN_QUERY, KINDS, body_with
from tests.api.planted import ALL, Planted

T = TypeVar("T")
by_name = {"ids": lambda listing: listing.name}
SAMPLE = 1 if THOROUGH else 3
SOME = [listing for listing in ALL if crc32(listing.name.encode()) % SAMPLE == 0]
WRITTEN = [listing for listing in SOME if listing.form]
OTHERS = ("attainments/", "attainments/history/", "attainments/evidence/")


def some(values: Sequence[T], turn: int) -> Sequence[T]:
    """Return all values, or in the usual run one of them, another at each turn."""
    return values if THOROUGH else [values[turn * 7 % len(values)]]


@pytest.fixture
def asker(db: None, planted: Planted, everybody: None) -> Iterator[Asker]:
    """Somebody who may do everything in one street; at the end nothing has gone wrong."""
    made = Asker(planted)
    yield made
    assert not made.wrong, f"{len(made.wrong)} answers are wrong:\n" + "\n\n".join(made.wrong[:20])


def urls(listing: Listing, planted: Planted) -> tuple[str, str]:
    key = planted.inside[listing.name]
    return reverse(f"api:{listing.name}-list"), reverse(f"api:{listing.name}-detail", kwargs={listing.key: key})


@pytest.mark.parametrize("listing", WRITTEN, **by_name)
def test_every_field(listing: Listing, asker: Asker, planted: Planted) -> None:
    every, one = urls(listing, planted)
    serializer: Any = resolve(every).func.cls.serializer_class()  # type: ignore[attr-defined]
    base = (planted.payloads.get(listing.name) or [{}])[0]
    for turn, name in enumerate([*serializer.fields, "nowhere"], ALL.index(listing)):
        for value in some(IN_JSON, turn):
            if listing.add:
                asker.ask("POST", every, body_with(base, name, value))
            if listing.change and (THOROUGH or turn % 2):
                asker.ask("PATCH", one, body_with({}, name, value))


@pytest.mark.parametrize("listing", SOME, **by_name)
def test_every_parameter(listing: Listing, asker: Asker, planted: Planted) -> None:
    every, _one = urls(listing, planted)
    names = [*listing.filterset.parameters(), "ordering", "page", "page_size", "format", "nowhere"]
    ask_with(asker, every, names, ALL.index(listing), [planted.outside[listing.name], planted.inside[listing.name]])


@pytest.mark.parametrize("path", OTHERS)
def test_every_parameter_of_results(path: str, asker: Asker, planted: Planted) -> None:
    right = {
        "policy": planted.inside["policy"],
        "indicator": planted.inside["indicator"],
        "region": planted.inside["region"],
    }
    query = "&".join(f"{name}={value}" for name, value in right.items())
    asker.ask("GET", f"/api/v1/{path}?{query}")
    for name in ("policy", "indicator", "region", "parent", "level", "as_of", "status", "side", "page", "page_size"):
        rest = "&".join(f"{each}={value}" for each, value in right.items() if each != name)
        ask_with(
            asker, f"/api/v1/{path}?{rest}", [name], len(name), [planted.outside["region"], planted.outside["policy"]]
        )


def ask_with(asker: Asker, url: str, names: list[str], first: int, keys: list[Any]) -> None:
    """Ask with each parameter in turn, also given twice."""
    mark = "&" if "?" in url else "?"
    for turn, name in enumerate(names, first):
        for value in [*some(IN_QUERY, turn), *keys[: 2 if THOROUGH else turn % 2]]:
            written = value.decode("latin-1").replace("%s", name) if isinstance(value, bytes) else quote(str(value))
            asker.ask("GET", f"{url}{mark}{name}={written}")
            if THOROUGH:
                asker.ask("GET", f"{url}{mark}{name}={written}&{name}={written}")


@pytest.mark.parametrize("listing", SOME, **by_name)
def test_every_address(listing: Listing, asker: Asker, planted: Planted) -> None:
    every, _one = urls(listing, planted)
    moves = [each.name for each in listing.states.transitions] if listing.states else []
    ends = ["", *(f"{name}/" for name in [*moves, *(["reveal"] if listing.reveals else [])])]
    for turn, end in enumerate(ends, ALL.index(listing)):
        for key in [*some(IN_PATH, turn), planted.outside[listing.name], planted.inside[listing.name]]:
            for method in some(("GET", "PUT", "PATCH", "DELETE"), turn) if not end else ("POST",):
                asker.ask(method, f"{every}{key}/{end}", "{}")
            if end and THOROUGH:
                for body in BODIES:
                    asker.ask("POST", f"{every}{key}/{end}", body)


@pytest.mark.parametrize("listing", WRITTEN, **by_name)
def test_every_body(listing: Listing, asker: Asker, planted: Planted) -> None:
    every, one = urls(listing, planted)
    turn = ALL.index(listing)
    for method, url in (("POST", every), ("PUT", one)):
        for body in some(BODIES, turn):
            asker.ask(method, url, body)
        for kind in some(KINDS, turn):
            asker.ask(method, url, b'{"name": "\xe5\x90\x8d"}', kind=kind)


@pytest.mark.parametrize("listing", SOME, **by_name)
def test_every_header(listing: Listing, asker: Asker, planted: Planted) -> None:
    every, one = urls(listing, planted)
    turn = ALL.index(listing)
    for method, url, body in (("GET", every, b""), ("PATCH", one, b"{}"), ("DELETE", one, b"")):
        for headers in some(HEADERS, turn):
            asker.ask(method, url, body, **headers)


@pytest.mark.parametrize("path", ["token/", "token/revoke/", "schema/", "docs/", "nowhere/", ""])
def test_whatever_else_there_is(path: str, asker: Asker) -> None:
    for turn, body in enumerate(
        [*BODIES, b"grant_type=client_credentials&scope=%00", b"token=%00&token=%FF", b"grant_type=" + b"x" * 5000]
    ):
        for kind in some(KINDS, turn):
            asker.ask("POST", f"/api/v1/{path}", body, kind=kind)
    for headers in HEADERS if THOROUGH else HEADERS[::5]:
        asker.ask("GET", f"/api/v1/{path}", **headers)
        asker.ask(
            "POST",
            f"/api/v1/{path}",
            b"grant_type=client_credentials",
            kind="application/x-www-form-urlencoded",
            **headers,
        )
    for value in some(IN_QUERY, len(path)):
        written = value.decode("latin-1") if isinstance(value, bytes) else quote(str(value))
        asker.ask("GET", f"/api/v1/{path}?lang={written}&format={written}")
