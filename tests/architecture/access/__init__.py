"""Who gets what: the answer to a plain GET of every address, and to every verb of the API, for each of the cast.

The record in the address is homed in the street of `street_clerk` and `partner`, inside the county of `bureau_admin`,
`system_admin` and `auditor`. 302 leads to the login (or, in the admin, back to its index); 400 is an empty body that
the caller would have been allowed to send. A new address needs a line, written before the view.

Each app has a module here, named like the app. It says by hand what is to be, and takes nothing from the code:

    LISTED = {"activity": "records"}     each list with its way of being kept (`profiles.py`), and what it has or lacks:
        "records -remove"                   nobody adds, changes or removes one, on whatever surface
        "records -import"                   no import, and so no empty table for one
        "records -page", "-api", "-admin"   not on this surface at all
        "records +file"                     records with private files
        "ruled +submit:keep +approve:rule"  moves, in the order of the states, by who may make them
    GET = {"app:address": "302 …"}       addresses that are no pages of a list, and pages whose answers differ
    VERBS = {"activity": {"put": "…"}}   verbs whose answers differ
    QUERIES = {"activity-page": 6}       lists that ask more than all others do, with the reason behind it
    OF = {"app:address": "activity"}     addresses of records that do not say themselves whose they are; "app:activity"
                                         for those of a list of another app
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import Any

from governance.kit.listing import LISTINGS, Listing
from tests.architecture.access.profiles import FILE, MOVES, PROFILES

CAST = (
    "anonymous",
    "no_post",
    "street_clerk",
    "next_street_clerk",
    "bureau_admin",
    "system_admin",
    "auditor",
    "partner",
)
WRITING = ("post", "put", "patch", "delete")
NOBODY = {"add": ("admin add", "post"), "change": ("put", "patch"), "remove": ("admin delete", "delete")}
APPS: dict[str, ModuleType] = {
    module.name: import_module(f"{__name__}.{module.name}")
    for module in pkgutil.iter_modules(__path__)
    if module.name not in {"profiles", "others"}
}


def said(what: str) -> dict[str, Any]:
    """Return what all apps together say under a name; two that say different things are a mistake."""
    found: dict[str, Any] = {}
    for app, module in APPS.items():
        more = getattr(module, what, {})
        assert not set(found) & set(more), f"{app}: {sorted(set(found) & set(more))} stands elsewhere already"
        found |= more
    return found


def table() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the answers to a GET by the name of the address, and those to the verbs of the API by list and verb."""
    get: dict[str, str] = {}
    verbs: dict[str, dict[str, str]] = {}
    for app, module in APPS.items():
        for name, words in getattr(module, "LISTED", {}).items():
            pages, writing = _answers(app, name, words.split())
            get |= pages
            verbs |= {name: writing} if writing else {}
    for name, differing in said("VERBS").items():
        verbs[name] = verbs.get(name, {}) | differing
    return get | said("GET"), verbs


def listing_of(app: str, name: str) -> Listing | None:
    """Return the list with this name."""
    return next((each for each in LISTINGS.values() if (each.app, each.name) == (app, name)), None)


def _answers(app: str, name: str, words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the answers of one list: addresses, and verbs of the API."""
    profile = dict(PROFILES[words[0]])
    lacks = {word[1:] for word in words[1:] if word.startswith("-")}
    lacks |= {"template"} & set(profile) if "import" in lacks else set()
    for verb in lacks & set(NOBODY):
        profile |= {page: PROFILES["shown"][page] for page in NOBODY[verb]}
    has = [word[1:] for word in words[1:] if word.startswith("+")]
    moves = [word.split(":") for word in has if ":" in word]
    unknown = lacks - set(profile) - {"page", "api", "admin"} | {word for word in has if ":" not in word} - {"file"}
    assert not unknown, f"{app}:{name}: {sorted(unknown)}"
    assert all(word[0] in "+-" for word in words[1:]), f"{app}:{name}: a word without + or -: {words}"
    if "file" in has:
        profile["file"] = FILE
    for _move, who in moves[:1]:  # the page in the table is that of the first move
        profile |= {"move": MOVES[who][0], "admin move": MOVES[who][2]}
    profile |= {f"api {move}": MOVES[who][1] for move, who in moves}
    listing = listing_of(app, name)
    assert listing is not None, f"there is no list {app}:{name}"
    get, verbs = {}, {}
    for page, answers in profile.items():
        surface, _, kind = page.rpartition(" ")
        surface = "api" if page in WRITING else surface or "page"
        if page in lacks or surface in lacks:
            continue
        if page in WRITING:
            verbs[page] = answers
        elif surface == "api":
            get[f"api:{name}-{kind}"] = answers
        elif surface == "admin":
            get[f"admin:{app}_{listing.model._meta.model_name}_{kind}"] = answers
        else:
            get[f"{app}:{name}_{kind}"] = answers
    return get, verbs
