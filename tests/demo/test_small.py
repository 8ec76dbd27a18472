"""What the demonstration promises of Chongqing and Tianyuan, on a part of the real divisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from governance.attainment.results.rows import rows
from governance.policies.models import Policy
from governance.regions.models import Region
from tests.demo.small import compute, load_first_part

CHONGQING, TIANYUAN = "500000000000", "430211000000"
TODAY = date(2026, 11, 22)
# Of the part that is there some absolute targets are far away; where it is a share or a mean, it is as in the whole.
STATUSES = {
    "cq_social_work_professionals_total": "overdue",
    "cq_certified_social_workers_total": "overdue",
    "cq_social_work_service_coverage": "overdue",
    "cq_community_workers_per_10k_urban": "met",
    "cq_community_workers_certified_share": "met",
    "cq_urban_community_orgs_avg": "overdue",
    "cq_rural_community_orgs_avg": "met",
    "cq_registered_volunteers_share": "met",
    "cq_volunteer_station_coverage": "overdue",
    "cq_charity_orgs_growth": "no_denominator",
    "cq_community_funds_count": "overdue",
    "cq_community_charity_org_coverage": "overdue",
    "cq_five_society_demo_sites_yearly": "overdue",
    "cq_district_implementation_plan": "met",
    "cq_district_purchase_mechanism": "pending",
}


def standing(slug: str, code: str, day: str) -> dict[str, dict[str, Any]]:
    """Return what is told of each indicator of a policy at a place on a day."""
    policy, region = Policy.objects.get(slug=slug), Region.objects.get(code=code)
    return {row["indicator"]: row for row in rows(policy, region, date.fromisoformat(day), TODAY)}


def test_chongqing_and_tianyuan_stand_as_promised(folder: Path) -> None:
    load_first_part(folder)
    run = compute(CHONGQING, TIANYUAN)
    assert (run.status, run.error) == ("done", "")
    assert run.report["miscounted"] == []

    found = standing("chongqing-2022", CHONGQING, "2025-12-31")
    assert len(found) == 27
    assert all(row["status"] and row["reason"] for row in found.values())
    assert {name: found[name]["status"] for name in STATUSES} == STATUSES
    assert {row["status"] for name, row in found.items() if name not in STATUSES} == {"no_target"}
    assert all(row["value"] is not None for name, row in found.items() if row["status"] != "no_denominator")
    assert found["cq_social_work_service_coverage"]["gap"] == 21  # of 214 in the whole

    # the history: the milestone of 2022 was reached, a year before the end some were on their way and some were not
    assert standing("chongqing-2022", CHONGQING, "2022-12-31")["cq_social_work_service_coverage"]["value"] >= 70
    before = {row["status"] for row in standing("chongqing-2022", CHONGQING, "2024-12-31").values()}
    weak = {row["status"] for row in standing("chongqing-2022", "500242000000", "2025-12-31").values()}
    assert {"on_track", "behind", "overdue", "met"} <= before
    assert {"no_data", "no_denominator"} <= weak

    own = standing("tianyuan-2021", TIANYUAN, "2021-09-30")
    assert len(own) == 41
    # the reported facts, of which 44 of 100 communities have their part
    assert own["ty_reported_volunteers"]["value"] * 100 / 44 >= 50_000
    assert own["ty_reported_activities"]["value"] * 100 / 44 >= 20_000
    assert own["ty_reported_points"]["value"] * 100 / 44 >= 500_000
    assert own["ty_reported_merchants"]["value"] == 136
    assert own["ty_reported_talents"]["value"] == 52
    assert {"ty_micro_governance_coverage", "ty_reported_xiangwan_orgs"} == {
        name for name, row in own.items() if row["value"] is None
    }
    xiangwan = standing("tianyuan-2021", "430211003019", "2021-09-30")
    assert xiangwan["ty_micro_governance_coverage"]["value"] == 100
    assert xiangwan["ty_reported_xiangwan_orgs"]["value"] >= 20
