"""Whether a person may write what a pack would write: a pack adds, changes and removes parts of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.kit.scoping import permission
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing.rows import PackRow
from governance.policies.packing.stored import Stored
from governance.regions.models import Region

CODE = "not_allowed"
_NEEDED = [
    permission(model, verb)
    for model in (Policy, Clause, Indicator, Target, ReferencePoint)
    for verb in ("add", "change", "delete")
]


def may_load(user: Any) -> bool:
    """Return whether `user` may load packs for some place."""
    return all(user.has_perm(name) for name in _NEEDED)


def may_load_at(user: Any, place: Region) -> bool:
    """Return whether `user` may load packs for this place."""
    return all(user.scope_for(name).covers(place.path) for name in _NEEDED)


def check(pack: PackRow, regions: Mapping[str, Region], before: Stored | None, by: Any) -> None:
    """Tell that the pack's place, or that of the policy it would change, is not the person's to write.

    Nobody in particular (`None`: a command of the machine) may load everything.
    """
    if by is None:
        return
    place = regions[pack.fields["region"]]
    if not may_load_at(by, place):
        pack.block.refuse("region", CODE, _("您不能为%(place)s载入政策。") % {"place": place})
    if before is not None and before.policy.region_id != place.pk and not may_load_at(by, before.policy.region):
        message = _("标识“%(slug)s”已用于别处的政策，您不能改它。") % {"slug": pack.slug}
        pack.block.refuse("slug", CODE, message)
