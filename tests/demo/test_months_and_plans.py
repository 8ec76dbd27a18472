"""The demonstration has months that are confirmed and plans for missed targets, as their forms would take them."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from governance.accounts.models import User
from governance.attainment.dashboard.confirmed import confirmation_of, last_ended
from governance.attainment.dashboard.plans import falling_due
from governance.attainment.models import ConfirmedMonth, ImprovementPlan, PlanFollowUp
from governance.kit import drawing
from governance.kit.drawing import number_of
from governance.regions.models import Region
from tests.demo.small import load_first_part


def test_months_and_plans_are_there(folder: Path) -> None:
    load_first_part(folder)
    rows = list(ConfirmedMonth.objects.select_related("region", "confirmed_by"))
    assert all(row.confirmed_at <= timezone.now() for row in rows)
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
        assert row.confirmed_by.scope_for("attainment.add_confirmedmonth").covers(row.region.path)
    assert {row.state for row in rows} == {"standing", "taken_back"}
    clerk = User.objects.get(username="taishanlu")
    own = Region.objects.get(code="430211002000")
    if drawing.last_day() == number_of(timezone.localdate().replace(day=1)) - 1:  # within what is drawn
        found = confirmation_of(clerk, own, last_ended())
        assert found is not None
        assert found.confirm_url  # what she is asked for on her workbench
    before = confirmation_of(clerk, own, last_ended() - 1) if rows else None
    assert before is None or before.own.by in {"", "周敏"}

    plans = list(ImprovementPlan.objects.select_related("region", "indicator__policy__region"))
    assert {plan.state for plan in plans} == {"open", "done", "cancelled"}
    for plan in plans:
        plan.full_clean(validate_unique=False, validate_constraints=False)
    for note in PlanFollowUp.objects.select_related("plan", "author"):
        note.full_clean()
        assert note.plan.state == "open"
    assert falling_due(clerk, own)
