"""What the second engine counts of the trial tables, by the names of the measures, in its own SQL."""

from __future__ import annotations

from tests.benchmarks.duck.counted import FIGURES, Counted

TRIAL = Counted(
    tables={
        "volunteer": (
            "SELECT home_id, gender, kind, party, star, verified_on, left_on FROM trial_volunteer",
            "home INTEGER, gender TINYINT, kind TINYINT, party BOOLEAN, star TINYINT, since DATE, until DATE",
        ),
        "society": (
            "SELECT home_id, kind, charity, rating, established_on, dissolved_on FROM trial_society",
            "home INTEGER, kind TINYINT, charity BOOLEAN, rating TINYINT, since DATE, until DATE",
        ),
        "worker": (
            "SELECT home_id, certificate, certified_on, left_on FROM trial_worker",
            "home INTEGER, certificate TINYINT, since DATE, until DATE",
        ),
        "venue": (
            "SELECT home_id, kind, opened_on, closed_on FROM trial_venue",
            "home INTEGER, kind TINYINT, since DATE, until DATE",
        ),
        "undertaking": (
            "SELECT home_id, amount, started_on, ended_on FROM trial_undertaking",
            "home INTEGER, amount BIGINT, since DATE, until DATE",
        ),
        "service": (
            "SELECT home_id, volunteer_id, served_on, minutes, beneficiaries FROM trial_service",
            "home INTEGER, volunteer INTEGER, day DATE, minutes INTEGER, beneficiaries INTEGER",
        ),
        "figure": FIGURES,
    },
    stocks={
        "volunteer": {
            "volunteers": "true",
            "volunteers_party": "party",
            "volunteers_female": "gender = 1",
            "volunteers_student": "kind = 1",
            "volunteers_elder": "kind = 2",
            "volunteers_professional": "kind = 3",
            "volunteers_star": "star >= 3",
        },
        "society": {
            "societies": "true",
            "societies_community": "kind = 0",
            "societies_group": "kind = 1",
            "societies_service": "kind = 2",
            "societies_foundation": "kind = 3",
            "societies_charity": "charity",
            "societies_rated": "rating >= 3",
        },
        "worker": {
            "workers": "true",
            "workers_certified": "certificate >= 1",
            "workers_middle": "certificate = 2",
            "workers_senior": "certificate = 3",
        },
        "venue": {"venues_volunteer": "kind = 0", "venues_social_work": "kind = 1", "venues_fund": "kind = 2"},
        "undertaking": {"undertakings": "true"},
    },
    flows={
        "service": (
            "day",
            {"services": "count(*)", "minutes": "sum(minutes)", "beneficiaries": "sum(beneficiaries)"},
        ),
        "undertaking": ("since", {"amount": "sum(amount)"}),
    },
    derived={
        "services_month": "services_of_month",
        "volunteers_urban": "volunteers * urban",
        "societies_urban": "societies_community * urban",
        "societies_rural": "societies_community * rural",
        "with_charity": "community * (societies_charity >= 1)::int",
        "urban_with_five": "urban * (societies_community >= 5)::int",
        "with_society": "community * (societies >= 1)::int",
        "with_worker": "community * (workers >= 1)::int",
        "with_volunteer_venue": "community * (venues_volunteer >= 1)::int",
        "with_social_work_venue": "community * (venues_social_work >= 1)::int",
        "communities": "community",
        "urban": "urban",
        "rural": "rural",
    },
    figures={"residents": "trial_residents", "households": "trial_households", "elders": "trial_elders"},
    distinct="active",
    persons="SELECT home, volunteer AS person, day FROM service",
)
