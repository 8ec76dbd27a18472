"""Tells who started a run that it is over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.attainment.models import AttainmentRun
from governance.kit import messages
from governance.kit.messages import Kind


def tell_of_run(run_id: int) -> None:
    """Tell who started a run that it is over; those that start by themselves nobody waits for."""
    run: AttainmentRun | None = AttainmentRun.objects.select_related("by").filter(pk=run_id, by__isnull=False).first()
    if run is None:
        return
    failed = run.status == AttainmentRun.Status.FAILED
    messages.tell(
        users=[run.by],
        kind=Kind.FAILED if failed else Kind.DONE,
        key=f"run:{run.pk}",
        title=_("达标计算没有完成，以前的数值仍可使用") if failed else _("达标计算已完成，数值已更新"),
        text=run.error if failed else "",
        url=run.get_absolute_url(),
    )
