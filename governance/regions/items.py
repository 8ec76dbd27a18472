"""Capability items as data: `data/capability_items.yaml` is brought into the tables after each migration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from ruamel.yaml import YAML

FILE = Path(__file__).parent / "data" / "capability_items.yaml"


def read(file: Path = FILE) -> dict[str, Any]:
    """Return the file's `sets` and `items`."""
    data: dict[str, Any] = YAML(typ="safe").load(file)
    return data


def follow_file(using: str = "default", **options: Any) -> None:
    """Make the tables say what the file says; an item that the file dropped stays while statements use it."""
    item_model = apps.get_model("regions", "CapabilityItem")
    data = read()
    with transaction.atomic(using=using):
        _follow_items(using, data["items"], data["policies"])
        _follow_sets(using, data["sets"])
        kept = [entry["item"] for entry in data["items"]]
        item_model.objects.using(using).exclude(pk__in=kept).filter(statements=None).delete()


def _follow_items(using: str, entries: list[dict[str, Any]], roots: dict[str, str]) -> None:
    item_model = apps.get_model("regions", "CapabilityItem")
    component_model = apps.get_model("regions", "CapabilityComponent")
    fields = ("name", "name_en", "levels", "rule", "eligible", "policies", "note")
    items = [
        item_model(
            slug=entry["item"],
            order=order,
            roots=[roots[policy] for policy in entry["policies"]],
            **{name: entry.get(name) or _default(name) for name in fields},
        )
        for order, entry in enumerate(entries)
    ]
    item_model.objects.using(using).bulk_create(
        items, update_conflicts=True, unique_fields=["slug"], update_fields=[*fields, "roots", "order"]
    )
    components = [
        component_model(
            item_id=entry["item"], slug=part["component"], name=part["name"], name_en=part["name_en"], order=order
        )
        for entry in entries
        for order, part in enumerate(entry.get("components") or ())
    ]
    component_model.objects.using(using).bulk_create(
        components, update_conflicts=True, unique_fields=["item", "slug"], update_fields=["name", "name_en", "order"]
    )


def _follow_sets(using: str, entries: list[dict[str, Any]]) -> None:
    set_model = apps.get_model("regions", "RegionSet")
    sets = [set_model(**entry) for entry in entries]
    set_model.objects.using(using).bulk_create(
        sets, update_conflicts=True, unique_fields=["slug"], update_fields=["name", "name_en", "codes"]
    )


def _default(name: str) -> Any:
    return {"rule": "one", "eligible": False, "policies": [], "note": ""}[name]
