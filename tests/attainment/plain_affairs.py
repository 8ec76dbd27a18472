"""Indicators of funds, consultation, disputes, calls, tasks and names as plain SQL over their tables."""

from __future__ import annotations

from fractions import Fraction

from tests.attainment.plain_sql import ONE, Written, item, over_units, total, units

_LAST_12 = "BETWEEN date_trunc('month', %(day)s::date) - interval '11 months' AND %(day)s"
_OF_THE_YEAR = "BETWEEN date_trunc('year', %(day)s::date) AND %(day)s"

_BUDGETS = """
    SELECT home.path AS home, budget.amount * 100 AS amount FROM funds_fundbudget budget
    JOIN regions_region home ON home.id = budget.region_id
    WHERE budget.purpose = 'livelihood' AND budget.year = extract(year FROM %(day)s::date)
"""


def _funds(kind: str) -> str:
    return f"""
    SELECT home.path AS home, 1 AS amount FROM funds_fund fund JOIN regions_region home ON home.id = fund.region_id
    WHERE fund.kind = '{kind}' AND fund.since <= %(day)s AND (fund.until IS NULL OR fund.until > %(day)s)
    """


_SITES = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_designation site
    JOIN regions_region home ON home.id = site.region_id
    WHERE site.kind = 'five_society_demo' AND site.named_on {_OF_THE_YEAR}
"""
_BRANDS = """
    SELECT home.path AS home, 1 AS amount FROM deliberation_designation brand
    JOIN regions_region home ON home.id = brand.region_id
    WHERE brand.kind = 'five_society_demo' AND brand.named_on <= %(day)s
    AND (brand.until IS NULL OR brand.until > %(day)s)
"""
_CONSULTED = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_consultation met
    JOIN regions_region home ON home.id = met.community_id WHERE met.held_on {_LAST_12}
"""
# not from the kept mark: from who took part
_FOUR_PARTIES = f"""{_CONSULTED} AND (
        SELECT count(DISTINCT present.role) FROM deliberation_consultationparticipant present
        WHERE present.consultation_id = met.id
        AND present.role IN ('social_worker', 'organization', 'volunteer', 'charity')
    ) = 4"""
_CLOSED = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_dispute dispute
    JOIN regions_region home ON home.id = dispute.community_id WHERE dispute.closed_on {_LAST_12}
"""
_SETTLED = f"""{_CLOSED} AND dispute.closed_level IN ('community', 'township')
    AND dispute.outcome IN ('agreed', 'performed')"""
_ACCEPTED = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_dispute dispute
    JOIN regions_region home ON home.id = dispute.community_id WHERE dispute.accepted_on {_LAST_12}
"""
_TASKS = """
    SELECT home.path AS home, 1 AS amount FROM deliberation_worktask task
    JOIN regions_region home ON home.id = task.region_id
    WHERE task.deadline <= %(day)s AND task.cancelled_on IS NULL
"""
_CALLS = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_whistlecall whistle
    JOIN regions_region home ON home.id = whistle.region_id
    WHERE whistle.due_on {_LAST_12} AND whistle.withdrawn_on IS NULL
"""
_ASSESSED = f"""
    SELECT home.path AS home, 1 AS amount FROM deliberation_unitassessment assessed
    JOIN regions_region home ON home.id = assessed.region_id WHERE assessed.assessed_on {_OF_THE_YEAR}
"""
_EXPERTS = """
    SELECT DISTINCT home.path AS home, expert.person_id, 1 AS amount FROM deliberation_expert expert
    JOIN regions_region home ON home.id = expert.region_id
    WHERE expert.since <= %(day)s AND (expert.until IS NULL OR expert.until > %(day)s)
"""
_READY = """
    SELECT home.path AS home FROM deliberation_emergencyplan plan
    JOIN regions_region home ON home.id = plan.community_id
    WHERE plan.tested_on <= %(day)s AND (plan.until IS NULL OR plan.until > %(day)s)
    UNION ALL
    SELECT home.path FROM regions_regioncapability stated JOIN regions_region home ON home.id = stated.region_id
    WHERE stated.item_id = 'emergency_mechanism' AND stated.statement = 'has'
    AND stated.since <= %(day)s AND (stated.until IS NULL OR stated.until > %(day)s)
"""


def _with_a_fund(kind: str, rank: str) -> Written:
    own = total("community_funds", _funds(kind), kind)
    return Written(over_units(own, _funds(kind), rank, least=1), units(rank), unit=(rank, ""))


_NAMED = total("designations", _SITES)

INDICATORS = {
    "ty_livelihood_fund_yearly": Written(total("fund_budgets", _BUDGETS), factor=Fraction(1, 100)),
    "cq_community_funds_count": Written(total("community_funds", _funds("community_fund"), "community_fund")),
    "km_community_development_fund": _with_a_fund("development_fund", "township"),
    "km_self_governance_fund": _with_a_fund("self_governance_fund", "community"),
    # two each year in every county: above the counties it is told how many have reached that
    "cq_five_society_demo_sites_yearly": Written(
        _NAMED,
        ONE,
        unit=("county", ""),
        above=Written(over_units(_NAMED, _SITES, "county", least=2), units("county")),
    ),
    "cq_demo_sites_two_tier": Written(total("designations", _BRANDS, "five_society_demo")),
    "cq_consultation_participants": Written(total("consultations", _FOUR_PARTIES), total("consultations", _CONSULTED)),
    "km_dispute_local_resolution": Written(total("disputes_closed", _SETTLED), total("disputes_closed", _CLOSED)),
    "km_online_mediation": Written(
        total("disputes_accepted", f"{_ACCEPTED} AND dispute.channel = 'online'"),
        total("disputes_accepted", _ACCEPTED),
    ),
    "ty_work_tasks": Written(
        total("work_tasks", f"{_TASKS} AND task.done_on <= task.deadline"), total("work_tasks", _TASKS)
    ),
    "km_whistle_report": Written(
        total("whistle_calls", f"{_CALLS} AND whistle.answered_on <= whistle.due_on"), total("whistle_calls", _CALLS)
    ),
    "km_incentive_assessment": Written(total("unit_assessments", _ASSESSED)),
    "km_think_tank": Written(total("experts", _EXPERTS, "active")),
    "cq_emergency_switch": Written(item("emergency_mechanism", _READY), units("community"), unit=("community", "")),
}
