"""What the second engine counts, by the names of `city.MEASURES`, in its own SQL."""

from __future__ import annotations

# Intervals: measure -> which rows of a table it counts.
STOCKS = {
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
}
# Events: measure -> what is added up over a year.
FLOWS = {
    "service": {"services": "count(*)", "minutes": "sum(minutes)", "beneficiaries": "sum(beneficiaries)"},
    "undertaking": {"amount": "sum(amount)"},
}
# What the communities themselves have; `community`, `urban` and `rural` are 1 or 0.
DERIVED = {
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
}
FIGURES = ("residents", "households", "elders")
DISTINCT = "active"  # persons of services
