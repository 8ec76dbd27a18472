"""The list of all communities of Chongqing, beside the login page: whole requests, in turn, in one process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from governance.accounts.models import Post, User
from governance.regions.demo import DIVISIONS
from governance.regions.divisions import import_divisions
from governance.regions.models import Region
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database

ROUNDS = 60
COMMUNITIES = 11_270


def run() -> dict[str, Figure]:
    """Measure both pages."""
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name the hashed files
    with scratch_database():
        import_divisions(DIVISIONS, by=None)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        city = Region.objects.get(code="500000000000")
        clerk = User.objects.create_user("bench", None, name="bench", region=city)
        Post.objects.create(user=clerk, role="bureau_admin", region=city, since=date(2020, 1, 1))
        signed_in, visitor = Client(), Client()
        signed_in.force_login(clerk)
        page = f"{reverse('regions:region_list')}?level=community"
        whole = f"{COMMUNITIES:,}" in signed_in.get(page).content.decode()
        listed, login = _in_turn(lambda: signed_in.get(page), lambda: visitor.get(reverse("accounts:login")))
    return {
        "list: communities missing from the list": Figure(0 if whole else COMMUNITIES, "", bar=0),
        "list: communities of Chongqing": Figure(listed * 1000, "ms"),
        "list: login page": Figure(login * 1000, "ms"),
        "list: list over login page": Figure(listed / login, "×", bar=3),
    }


def _in_turn(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[float, float]:
    """Return the median seconds of both, asked in turn so that both meet the same load."""
    seconds: list[tuple[float, float]] = []
    for _round in range(ROUNDS):
        times = []
        for ask in (first, second):
            started = perf_counter()
            response = ask()
            times.append(perf_counter() - started)
            assert response.status_code == 200
        seconds.append((times[0], times[1]))
    return median(first for first, _second in seconds), median(second for _first, second in seconds)
