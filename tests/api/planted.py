"""One record of every list inside the street and several outside; what lies outside is known again in any answer.

Numbers of foreign rows are larger than any other number, their texts hold a mark, their places have names of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import BigAutoField, Model

from governance.accounts import roles
from governance.accounts.models import PartnerClient, Post
from governance.accounts.roles import Role
from governance.kit.listing import LISTINGS, Listing
from governance.privacy.models import PrivacyNotice
from governance.regions.models import Region
from tests.contracts.conftest import EVERYTHING
from tests.contracts.payloads import payload
from tests.contracts.surfaces import EVERYWHERE
from tests.factories import make_partner, make_record, make_region, make_tree, make_user
from tests.factories.making import home_of
from tests.factories.places import Tree

FAR = 7_770_000_000_000  # where the numbers of foreign rows begin
NEXT, OTHER, ABOVE = "邻街记号", "外县记号", "上级记号"
FOREIGN = re.compile(rf"{NEXT}|{OTHER}|嵩山路|临江社区|渌口|渌湘|43021[12]00[19]\d{{3}}|430212000000|777000\d{{7}}")
ALL = [listing for listing in LISTINGS.values() if "api" in listing.surfaces]


@dataclass(frozen=True)
class Planted:
    """The places, and by list the keys of records inside and outside, and what enters a record.

    `clerk`: her token. `public`: what is told of other places in what was published there.
    """

    tree: Tree
    clerk: str
    public: frozenset[str]
    inside: dict[str, Any]
    outside: dict[str, Any]
    payloads: dict[str, list[dict[str, Any]]]


def foreign_in(answer: str, asked: str) -> set[str]:
    """Return what an answer tells of rows outside the street beyond what the question said itself."""
    return set(FOREIGN.findall(answer)) - set(FOREIGN.findall(asked))


def public_at(path: str, planted: Planted) -> frozenset[str]:
    """Return what is told of other places there: notices that were published may be read, and consented to, by anybody."""
    published = path.startswith(("/api/v1/notices/", "/api/v1/consents/"))
    return planted.public if published else frozenset()


def text_of_question(path: str, body: Any = None) -> str:
    """Return all that a request says, without the writing of addresses and of JSON."""
    told = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)
    return unquote_plus(path) + told


@contextmanager
def numbered_far() -> Iterator[None]:
    """Let rows made meanwhile have numbers of the foreign; afterwards numbers go on where they were."""
    tables = [
        (model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models()
        if isinstance(model._meta.pk, BigAutoField) and model is not Region and model._meta.managed
    ]
    before: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table, column in tables:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT last_value FROM {sequence}")
            before[sequence] = cursor.fetchone()[0]
            cursor.execute("SELECT setval(%s, %s)", [sequence, FAR])
    try:
        with transaction.atomic():
            yield
    finally:
        with connection.cursor() as cursor:
            for sequence, number in before.items():
                cursor.execute("SELECT setval(%s, %s)", [sequence, number])


def plant() -> Planted:
    """Put everything in."""
    tree = make_tree()
    other_street = make_region("430212001000", "渌口镇", tree.other_county)
    other = make_region("430212001001", "渌湘社区", other_street)
    almighty = Role("clerk", "clerk", "", own=EVERYTHING, admin=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(roles.ROLES, "clerk", almighty)
        writer = make_user("writer", tree.county, "clerk", name="全县经办")
        inside = {each.name: _key(each, _made(each, tree.community, "本街记录")) for each in ALL}
        own = {each.name: [_payload(each, tree.community, "本街新增", writer)] for each in ALL if each.add}
        placed = [each for each in ALL if each.model not in EVERYWHERE]
        with numbered_far():
            outside = {each.name: _key(each, _made(each, tree.next_community, NEXT)) for each in placed}
            for each in placed:
                _made(each, other, OTHER)
            for name, payloads in own.items():
                payloads.append(_payload(_listing(name), tree.next_community, f"新{NEXT}", writer))
    published = PrivacyNotice.objects.exclude(state=PrivacyNotice.State.DRAFT)
    told = str([list(published.values()), list(published.values("region__code"))])
    outside |= {each.name: 0 for each in ALL if each.model in EVERYWHERE}
    return Planted(tree, _token(tree), frozenset(FOREIGN.findall(told)), inside, outside, own)


def _token(tree: Tree) -> str:
    client, token = make_partner(tree.street, ["view", "add", "change", "delete"], "clerk")
    Post.objects.create(user=client.user, role="clerk", region=tree.street, since="2020-01-01")
    return token


def _made(listing: Listing, place: Region, name: str) -> Model:
    """Make a record; one that is homed above the street is nobody's secret by its name."""
    if listing.model is Region:
        return place
    foreign = place.path.count("/") == home_of(listing.model, place).path.count("/")
    return make_record(listing.model, place, name if foreign or name != NEXT else ABOVE)  # type: ignore[no-any-return]


def _key(listing: Listing, record: Model) -> Any:
    return getattr(record, listing.key)


def _listing(name: str) -> Listing:
    return next(each for each in ALL if each.name == name)


def _payload(listing: Listing, place: Region, name: str, writer: Any) -> dict[str, Any]:
    if listing.form is None or listing.model in EVERYWHERE or listing.model is PartnerClient:
        return {}
    return payload(listing, place, "api", name, writer).data
