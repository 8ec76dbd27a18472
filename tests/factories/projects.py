"""What the records of this app need more than their fields say."""

from __future__ import annotations

from projects.models import ProjectSession, PurchaseContract

VALUES = {
    ProjectSession: lambda region, name: {"field": "child_care", "person_times": 30},
    PurchaseContract: lambda region, name: {"supplier_kind": "enterprise", "supplier": "某公司"},
}
