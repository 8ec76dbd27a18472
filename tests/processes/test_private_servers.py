"""The keeper and its leases: started once, stopped when nobody is left, nothing acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from governance.kit.embedded import address, keys
from tests.processes.conftest import as_root
from tests.processes.stage import Stage, eventually, stage

pytestmark = pytest.mark.processes


def acknowledged(client: subprocess.Popen[str], *, after: int = 0, enough: int = 50) -> int:
    """Read the client's output until it has had `enough` numbers acknowledged beyond `after`; return the last."""
    assert client.stdout is not None
    number = after
    while number < after + enough:
        line = client.stdout.readline()
        assert line, client.stderr and client.stderr.read()
        number = int(line)
    return number


def remaining(client: subprocess.Popen[str], last: int) -> int:
    """Return the last number that a client that was killed has printed."""
    assert client.stdout is not None
    lines = [line for line in client.stdout.read().splitlines() if line]
    return int(lines[-1]) if lines else last


def test_many_processes_at_once_start_one_keeper(anyone: Stage) -> None:
    clients = [anyone.client("hold") for _ in range(5)]
    for client in clients:
        assert client.stdout is not None
        assert client.stdout.readline() == "ready\n"
    assert len(anyone.keepers()) == 1
    assert (anyone.state / "keeper.log").read_text().count("postgres started") == 1


def test_the_last_user_who_leaves_stops_both_servers(anyone: Stage) -> None:
    first, second = anyone.ready(), anyone.ready()
    first.kill()
    first.communicate()
    assert not eventually(lambda: not anyone.servers("postgres"), patience=1)
    second.communicate()
    assert anyone.gone()
    assert "error" not in (anyone.state / "keeper.log").read_text()


def test_who_comes_while_the_servers_stop_gets_new_ones(here: Stage) -> None:
    for _ in range(3):
        here.ready().communicate()
    assert here.gone()


def test_a_server_is_started_when_somebody_needs_it_and_all_stop_together(here: Stage) -> None:
    first = here.ready("hold", "valkey")
    assert here.servers("valkey")
    assert not (here.state / "postgres").exists()
    second = here.ready("hold", "postgres")
    assert here.servers("postgres")
    assert len(here.keepers()) == 1
    first.communicate()
    assert not eventually(lambda: not here.servers("postgres"), patience=1)
    second.communicate()
    assert here.gone()


def test_a_forked_child_keeps_the_servers_when_its_parent_ends(here: Stage) -> None:
    parent = here.ready("fork")
    assert parent.wait(10) == 0
    assert not eventually(lambda: not here.servers("postgres"), patience=1)
    parent.communicate()
    assert here.gone()


KILLED: dict[str, Callable[[Stage], list[int]]] = {
    "the keeper": Stage.keepers,
    "PostgreSQL": lambda here: here.servers("postgres"),
    "Valkey": lambda here: here.servers("valkey"),
}


@pytest.mark.parametrize("victim", KILLED)
def test_a_user_goes_on_after_a_kill_and_nothing_acknowledged_is_lost(here: Stage, victim: str) -> None:
    client = here.client("insert")
    before = acknowledged(client)
    pids = KILLED[victim](here)
    assert pids
    here.kill(*pids)
    after = acknowledged(client, after=before)
    in_postgres, in_valkey = here.rows()
    assert set(range(1, before + 1)) <= in_postgres
    assert set(range(1, before + 1)) <= in_valkey
    assert after in in_postgres & in_valkey


def test_every_acknowledged_row_is_there_after_everything_was_killed(anyone: Stage) -> None:
    client = anyone.client("insert")
    last = acknowledged(client, enough=200)
    anyone.kill(*anyone.everything())
    last = remaining(client, last)
    assert anyone.gone()
    in_postgres, in_valkey = anyone.rows()
    assert set(range(1, last + 1)) <= in_postgres
    assert set(range(1, last + 1)) <= in_valkey


def test_a_number_that_another_process_now_has_does_not_keep_postgres_from_starting(here: Stage) -> None:
    user = here.ready()
    note = here.data() / "postgres/data/postmaster.pid"
    lines = note.read_text().splitlines()
    owner = note.stat()
    here.kill(*here.everything())
    user.communicate()
    assert here.gone()
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid, cwd="/") as other:
        note.write_text("\n".join([str(other.pid), *lines[1:], ""]))
        here.ready()
        other.kill()


def test_a_cluster_that_was_half_made_is_made_anew(here: Stage) -> None:
    client = here.client("hold")
    assert eventually(lambda: any((here.state / "postgres").glob("new-*/base")))
    here.kill(*here.everything())
    client.communicate()
    assert not (here.state / "postgres/data").exists()
    here.ready()
    assert not list((here.state / "postgres").glob("new-*"))


def test_the_state_folder_may_have_a_path_of_150_characters(open_folder: Path) -> None:
    with stage(open_folder, ordinary=False, below="很深/" + "x" * (150 - len(str(open_folder)) - 4)) as here:
        assert len(str(here.state)) == 150
        here.ready()
        assert len(str(address.valkey_socket(here.state))) < 60


@as_root
def test_root_keeps_the_data_elsewhere_when_the_state_folder_is_closed_to_others(open_folder: Path) -> None:
    with stage(open_folder, ordinary=False, below="home/state") as here:
        (open_folder / "home").mkdir(mode=0o700)
        here.ready().communicate()
        assert here.gone()
        assert here.data() != here.state
        assert here.data().stat().st_uid == 0
        here.ready()


def test_sockets_in_a_folder_of_somebody_else_are_refused(here: Stage) -> None:
    folder = address.sockets(here.state)
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    client = here.client("hold")
    _out, problem = client.communicate(timeout=30)
    assert client.returncode
    assert "belongs to another account" in problem


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    assert keys.secret_key(tmp_path) == keys.secret_key(tmp_path)
    assert len(keys.secret_key(tmp_path)) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["secret_key"]
