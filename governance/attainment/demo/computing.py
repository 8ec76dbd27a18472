"""The first numbers: computed here, by two processes, before the first page; everything else follows in the worker."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Collection

from django.conf import settings
from django.db import connection

from governance.attainment.actions.alone import carry_out_here
from governance.attainment.actions.runs import prepare_run, start_run, under_way
from governance.attainment.models import AttainmentRun, ComputedArea
from governance.kit.demo import Progress
from governance.policies.models import Policy
from governance.regions.demo.places import CHONGQING, TIANYUAN

FIRST_ROOTS = (CHONGQING, TIANYUAN)
LOOK = 0.5  # seconds between two looks at how far it is
HELPER = "import sys, django; django.setup(); from governance.attainment.demo.computing import help_with; help_with(int(sys.argv[1]))"


def compute_first(progress: Progress) -> None:
    """Compute Chongqing and Tianyuan, unless there are numbers already, or nothing to compute them for."""
    there = Policy.objects.filter(region__code__in=FIRST_ROOTS).exists()
    if there and not ComputedArea.objects.filter(current=True).exists():
        compute(FIRST_ROOTS, progress, helpers=min(1, (os.cpu_count() or 1) - 1))


def compute(roots: Collection[str], progress: Progress, *, helpers: int) -> AttainmentRun:
    """Compute the areas of these roots with so many processes besides this one, and return the run.

    A run that an interrupted start has left is taken up.
    """
    _be_quiet()
    run = under_way() or start_run(by=None, cause=AttainmentRun.Cause.CHANGES)
    prepare_run(run.pk, only=roots)
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    others = [
        subprocess.Popen([sys.executable, "-c", HELPER, str(run.pk)], cwd=settings.BASE_DIR, env=environment)  # noqa: S603
        for _number in range(helpers)
    ]
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=(run.pk, progress, over), daemon=True)
    teller.start()
    try:
        carry_out_here(run.pk)
    except BaseException:  # Ctrl-C as well: nobody waits for the others then
        for other in others:
            other.terminate()
        raise
    finally:
        over.set()
        teller.join()
        for other in others:
            other.wait()
    # whoever computed the last chunk finishes; a helper that was at it when this process had none left to take does so
    carry_out_here(run.pk)
    run.refresh_from_db()
    return run


def help_with(run: int) -> None:
    """Compute chunks of a run that nobody is at."""
    _be_quiet()
    carry_out_here(run)


def _be_quiet() -> None:
    """Leave the terminal to the bar: that a run is over is told there, and what fails is told all the same."""
    logging.getLogger("governance.attainment").setLevel(logging.WARNING)


def _tell(run: int, progress: Progress, over: threading.Event) -> None:
    try:
        while not over.wait(LOOK):
            done, total = AttainmentRun.objects.values_list("chunks_done", "chunks_total").get(pk=run)
            progress("达标计算", done, total or 0)
    finally:
        connection.close()  # the thread's own
