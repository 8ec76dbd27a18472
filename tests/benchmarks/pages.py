"""Pages of results beside the login page, asked by twenty people at once: server time of whole requests in one process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from statistics import median
from time import perf_counter

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from governance.accounts.models import Post, User
from governance.attainment.actions.alone import carry_out_here
from governance.attainment.actions.runs import start_run
from governance.regions.demo import DIVISIONS
from governance.regions.divisions import import_divisions
from governance.regions.models import Region, RegisterCoverage
from tests.benchmarks.figures import Figure
from tests.benchmarks.scratch import scratch_database

READERS, VIEWS, ROUNDS = 20, 10, 5
CITY = "500000000000"
PAGES = {
    "dashboard": f"/attainment/?policy=chongqing-2022&region={CITY}&month=2025-12",
    "places below": f"/attainment/children/?policy=chongqing-2022&region={CITY}&month=2025-12",
    "indicator": f"/attainment/indicators/cq_volunteer_station_coverage/?region={CITY}&month=2025-12",
}


def run() -> dict[str, Figure]:
    """Measure each page: the first view of each reader, and those that follow while nothing changes."""
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name the hashed files
    with scratch_database():
        _city()
        cache.set("benchmark", 1)  # without a cache there is nothing to be measured: fails here and says so
        readers = [_signed_in(number) for number in range(READERS)]
        visitors = [Client() for _number in range(READERS)]
        _asked(visitors, reverse("accounts:login"), 1)
        figures = {}
        for name, page in PAGES.items():
            first = _asked(readers, page, 1)
            _asked(readers, page, 1)  # the first one noted what was looked at last
            rounds = [
                (_asked(readers, page, VIEWS), _asked(visitors, reverse("accounts:login"), VIEWS))
                for _round in range(ROUNDS)
            ]
            figures |= {
                f"pages: {name}, first view": Figure(first * 1000, "ms"),
                f"pages: {name}": Figure(median(again for again, _login in rounds) * 1000, "ms"),
                f"pages: login page beside {name}": Figure(median(login for _again, login in rounds) * 1000, "ms"),
                f"pages: {name} over login page": Figure(median(again / login for again, login in rounds), "×", bar=3),
            }
        cache.clear()
    return figures


def _city() -> None:
    """Load all places of Chongqing and its policy, keep its registers from the start, and compute."""
    import_divisions(DIVISIONS, by=None)
    call_command("load_policies", verbosity=0)
    root = Region.objects.get(code=CITY)
    for register in ("facilities", "capabilities", "organizations", "community_funds", "designations"):
        RegisterCoverage.objects.create(region=root, register=register, since=date(2021, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    carry_out_here(start_run(by=None).pk)


def _signed_in(number: int) -> Client:
    reader = User.objects.create_user(f"reader{number}", None, name="reader", region=Region.objects.get(code=CITY))
    Post.objects.create(user=reader, role="bureau_admin", region=reader.region, since=date(2020, 1, 1))
    client = Client()
    client.force_login(reader)
    client.get("/jobs/")  # the secret against forged requests comes with the first page
    return client


def _asked(clients: list[Client], page: str, views: int) -> float:
    """Return the seconds of the server for a request, all clients asking at once.

    The server is one process: what its threads and its database take together is what passes on the clock, as long as
    somebody is always waiting.
    """

    def ask(client: Client) -> None:
        try:
            for _view in range(views):
                assert client.get(page).status_code == 200
        finally:
            connections.close_all()

    started = perf_counter()
    with ThreadPoolExecutor(len(clients)) as threads:
        list(threads.map(ask, clients))
    return (perf_counter() - started) / (len(clients) * views)
