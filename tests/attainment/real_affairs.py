"""Records of funds, consultation, disputes, calls, tasks and names in a random world."""

from __future__ import annotations

from decimal import Decimal

from funds.models import Fund, FundBudget
from governance.deliberation.models import (
    Consultation,
    ConsultationParticipant,
    Designation,
    Dispute,
    EmergencyPlan,
    Expert,
    UnitAssessment,
    WhistleCall,
    WorkTask,
)
from organizations.models import Organization
from tests.attainment.real_world import FIRST_YEAR, LAST_YEAR, RealWorld

ROLES = ("social_worker", "organization", "volunteer", "charity")


def make_funds(world: RealWorld, organizations: list[Organization]) -> None:
    """Make funds at the levels where they may be, and budgets of every year."""
    levels = {
        "community_fund": ("community", "township"),
        "development_fund": ("township",),
        "self_governance_fund": ("community",),
    }
    Fund.objects.bulk_create(
        Fund(
            region=world.home(*levels[kind]), kind=kind, name=f"基金{world.number()}", since=since, until=until,
            organization=organizations[0] if kind == "community_fund" else None,
        )
        for kind in levels
        for since, until in [world.span() for _ in range(14)]
    )  # fmt: skip
    FundBudget.objects.bulk_create(
        FundBudget(region=place, year=year, purpose=purpose, amount=Decimal(world.random.randint(0, 9_999_999)) / 100)
        for place in world.places
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
        for purpose in ("livelihood", "other")
        if world.chance(0.4)
    )


def make_consultations(world: RealWorld) -> None:
    """Make consultations, planned or held, with none, some or all of the four parties at the table."""
    held = Consultation.objects.bulk_create(
        Consultation(
            community=world.home("community"), title="议事", kind="residents", planned_on=world.day(),
            held_on=world.day() if world.chance(0.85) else None,
        )
        for _ in range(80)
    )  # fmt: skip
    present = []
    for one in held:
        some = ROLES if world.chance(0.5) else world.random.sample(ROLES, world.random.randint(0, 3))
        present.extend(
            ConsultationParticipant(consultation=one, role=role, name="某人") for role in (*some, "resident")
        )
    ConsultationParticipant.objects.bulk_create(present)


def make_disputes(world: RealWorld) -> None:
    """Make disputes that are open, settled nearby, settled elsewhere, or not settled at all."""
    made = []
    for _ in range(90):
        on = world.day()
        closed = world.maybe_later(on, 0.8)
        made.append(
            Dispute(
                community=world.home("community"), number=f"D{world.number():06}", kind="neighbour", accepted_on=on,
                channel=world.random.choice(("online", "onsite", "phone")), closed_on=closed,
                closed_level=world.random.choice(("community", "township", "county", "outside")) if closed else "",
                outcome=world.random.choice(("agreed", "performed", "agreed", "failed", "referred")) if closed else "",
            )
        )  # fmt: skip
    Dispute.objects.bulk_create(made)


def make_names_and_tasks(world: RealWorld) -> None:
    """Make demonstration sites, tasks and calls done in time, late or never, assessments, experts and plans."""
    sites = []
    for _ in range(60):
        on = world.day()
        home = world.random.choice(world.of("county")) if world.chance(0.5) else world.home()
        sites.append(
            Designation(
                region=home, kind="five_society_demo", tier=world.random.choice(("municipal", "district")),
                name=f"示范点{world.number()}", named_by="民政局", named_on=on, until=world.maybe_later(on, 0.3),
            )
        )  # fmt: skip
    Designation.objects.bulk_create(sites)
    tasks, calls = [], []
    for _ in range(60):
        on = world.day()
        due = world.later(on)
        answered = world.later(on) if world.chance(0.8) else None
        cancelled = world.maybe_later(on, 0.2)
        tasks.append(
            WorkTask(
                region=world.home(), category="治理", title="任务", lead="民政局", assigned_on=on, deadline=due,
                done_on=None if cancelled else answered, cancelled_on=cancelled,
            )
        )  # fmt: skip
        calls.append(
            WhistleCall(
                region=world.home("township"), number=f"W{world.number()}", kind="routine", matter="管网", lead="住建局",
                issued_on=on, due_on=due, answered_on=answered, withdrawn_on=cancelled,
            )
        )  # fmt: skip
    WorkTask.objects.bulk_create(tasks)
    WhistleCall.objects.bulk_create(calls)
    UnitAssessment.objects.bulk_create(
        UnitAssessment(region=world.home(), unit=f"单位{world.number()}", year=on.year, assessed_on=on)
        for on in [world.day() for _ in range(50)]
    )
    Expert.objects.bulk_create(
        Expert(person=person, region=home, field="治理", since=since, until=until)
        for person in world.persons(30)
        for home, since, until in world.stays(world.places)
    )
    plans = []
    for home in world.of("community"):
        adopted = world.day()
        tested = world.maybe_later(adopted, 0.7)
        plans.append(
            EmergencyPlan(
                community=home, title="预案", adopted_on=adopted, tested_on=tested,
                until=world.maybe_later(tested or adopted, 0.4),
            )
        )  # fmt: skip
    EmergencyPlan.objects.bulk_create(plans)
