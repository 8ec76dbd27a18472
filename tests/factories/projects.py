"""What the records of this app need more than their fields say."""

from __future__ import annotations

from projects.models import ProjectSession, PurchaseContract, ServiceCase

VALUES = {
    ProjectSession: lambda region, name: {"field": "child_care", "person_times": 30},
    PurchaseContract: lambda region, name: {"supplier_kind": "enterprise", "supplier": "某公司"},
}
# An endpoint takes whose case it is, and tells nobody.
PAYLOADS = {ServiceCase: lambda record, surface: {"client": record.client_id} if surface == "api" else {}}
