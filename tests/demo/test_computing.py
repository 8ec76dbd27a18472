"""The first numbers: computed once, by whoever is there."""

from __future__ import annotations

import pytest

from governance.attainment.actions.runs import prepare_run, start_run
from governance.attainment.demo import computing
from governance.attainment.models import AttainmentRun, ComputedArea
from governance.regions.models import Region
from tests.policies.made import make_clause, make_indicator, make_policy, make_roots

pytestmark = pytest.mark.django_db

ROOT = computing.FIRST_ROOTS[1]


def silent(_message: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was to be computed."""
    called: list[object] = []
    monkeypatch.setattr(computing, "compute", lambda roots, _progress, helpers: called.append(roots))
    return called


@pytest.fixture
def county() -> Region:
    """One of the first places, with a policy that asks something of it."""
    place = make_roots()[ROOT]
    make_indicator(make_clause(make_policy(place)))
    return place


def test_nothing_is_computed_where_there_is_no_policy(asked: list[object]) -> None:
    computing.compute_first(silent)
    assert asked == []


def test_the_first_numbers_are_computed_once(asked: list[object], county: Region) -> None:
    computing.compute_first(silent)
    assert asked == [computing.FIRST_ROOTS]
    run = AttainmentRun.objects.create(cause=AttainmentRun.Cause.CHANGES)
    ComputedArea.objects.create(side=0, root=county, first=24_240, last=24_241, slots=[], run=run, current=True)
    computing.compute_first(silent)
    assert len(asked) == 1


def test_a_run_that_was_left_is_taken_up(county: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    left = start_run(by=None, cause=AttainmentRun.Cause.CHANGES)
    prepare_run(left.pk, only=[ROOT])
    monkeypatch.setattr(computing, "_tell", lambda *_arguments: None)  # its connection would see nothing of this test
    run = computing.compute([ROOT], silent, helpers=0)
    assert run.pk == left.pk
    assert (run.status, run.error) == ("done", "")
    assert [area.root.code for area in run.areas.all()] == [ROOT]
