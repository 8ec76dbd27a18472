"""New keys while the portal runs: everything stays readable and found, nobody's change is lost, two are never one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from governance.audit.models import AuditEvent
from governance.kit import keyring, rotation
from governance.people import bulk
from governance.people.entry import Entry, known
from governance.people.models import Person
from tests.desk.worker import database_url
from tests.factories import make_tree
from tests.factories.people import identity_number, make_person
from tests.factories.places import Tree
from tests.kit.test_sealed import key

ROWS = 3000


def rotate(*arguments: str) -> str:
    said = StringIO()
    call_command("rotate_keys", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def replace_keys(settings: Any) -> None:
    settings.SEALING_KEYS = [key(), *settings.SEALING_KEYS]
    settings.INDEX_KEYS = [key(), *settings.INDEX_KEYS]


def only_the_new(settings: Any) -> None:
    settings.SEALING_KEYS, settings.INDEX_KEYS = settings.SEALING_KEYS[:1], settings.INDEX_KEYS[:1]


def test_everything_sealed_in_any_model_is_known_to_it() -> None:
    assert {"people.person", "projects.servicecase", "deliberation.dispute", "desk.importrow"} <= {
        store.label for store in rotation.stores()
    }


def test_after_it_the_old_keys_can_go(tree: Tree, settings: Any) -> None:
    number = identity_number()
    person = make_person(tree.community, "张三", identity_number=number, phone="13812348000", email=None)
    changed_at = person.changed_at
    replace_keys(settings)
    with pytest.raises(CommandError, match="1 rows stand under an older key"):
        rotate("--check")
    assert "people.person: 1 looked at, 1 sealed anew, 0 older" in rotate()
    assert "the older ones may be taken away" in rotate("--check")
    event = AuditEvent.objects.get(action="kit.keys.rotate")
    assert event.after == {"people.person": 1}
    only_the_new(settings)
    person = Person.objects.get()
    assert (person.identity_number.open(), person.phone.open(), person.email) == (number, "13812348000", None)
    assert person.changed_at == changed_at  # who has the form open is not told that somebody changed it
    entry = Entry.of("张三", number)
    assert known([entry]) == {entry: person}


def test_only_an_index_key_is_replaced(tree: Tree, settings: Any) -> None:
    make_person(tree.community, "张三")
    settings.INDEX_KEYS = [key(), *settings.INDEX_KEYS]
    before = Person.objects.values_list("identity_number", flat=True).get().token
    assert "1 sealed anew" in rotate()
    assert Person.objects.values_list("identity_number", flat=True).get().token == before


def test_what_no_key_opens_is_named_and_stops_nothing(tree: Tree, settings: Any) -> None:
    lost = make_person(tree.community, "张三")
    settings.SEALING_KEYS = [key()]
    settings.INDEX_KEYS = [key(), *settings.INDEX_KEYS]
    make_person(tree.community, "李四")
    said = StringIO()
    with pytest.raises(CommandError, match="0 rows stand under an older key, 1 cannot be opened"):
        call_command("rotate_keys", stdout=said, stderr=said)
    assert f"people.person: 1 cannot be opened with any key: {lost.pk}" in said.getvalue()


def test_one_number_under_two_keys_is_still_one_person(tree: Tree, settings: Any) -> None:
    number = identity_number()
    person = make_person(tree.community, "张三", identity_number=number)
    replace_keys(settings)
    with pytest.raises(ValidationError, match="已建档"):
        make_person(tree.community, "张三", identity_number=number)
    other = make_person(tree.community, "李四")
    other.identity_number = number
    with pytest.raises(ValidationError, match="已建档"):
        other.save()
    entry = Entry.of("张三", number)
    assert bulk.record({entry: tree.community.pk}).persons == {entry: person.pk}
    assert Person.objects.count() == 2


def test_a_number_that_came_in_twice_all_the_same_is_told(tree: Tree, settings: Any) -> None:
    number, index = identity_number(), settings.INDEX_KEYS
    first = make_person(tree.community, "张三", identity_number=number)
    new = key()
    settings.INDEX_KEYS = [new]  # a process that knew nothing of the other key
    make_person(tree.community, "张三", identity_number=number)
    make_person(tree.community, "李四")
    settings.INDEX_KEYS = [new, *index]
    said = StringIO()
    with pytest.raises(CommandError, match="1 rows stand under an older key"):
        call_command("rotate_keys", stdout=said, stderr=said)
    assert f"1 hold a text that another row has already, which is for people to settle: {first.pk}" in said.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_is_neither_overwritten_nor_waited_for(settings: Any) -> None:
    person = make_person(make_tree().community, "张三", phone="13812348000")
    replace_keys(settings)
    held, looked = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            row = Person.objects.select_for_update().get(pk=person.pk)
            row.phone = "13912348000"
            held.set()
            looked.wait(20)
            row.save()
        connection.close()

    writer = threading.Thread(target=change)
    writer.start()
    held.wait(20)
    (table,) = (each for each in rotation.stores() if each.label == "people.person")
    turn = table.turn(lambda seen: None, write=True)
    assert (turn.renewed, turn.older) == (0, 1)
    looked.set()
    writer.join()
    assert "0 older" in rotate()
    only_the_new(settings)
    assert Person.objects.get().phone.open() == "13912348000"


def _start(settings: Any, *, halting: str = "") -> subprocess.Popen[str]:
    program = (
        "import os, signal, sys, django\n"
        "from django.conf import settings\n"
        "settings.SEALING_KEYS, settings.INDEX_KEYS = os.environ['S'].split(','), os.environ['I'].split(',')\n"
        "django.setup()\n"
        "from governance.kit import rotation\n"
        "from django.core.management import call_command\n"
        "rotation.BATCH = 50\n"
        "class Out:\n"
        "    def write(self, text):\n"
        "        sys.stdout.write(text)\n"
        "        if os.environ['HALT'] and text.startswith(os.environ['HALT']):\n"
        "            sys.stdout.flush()\n"
        "            os.kill(os.getpid(), signal.SIGSTOP)\n"
        "    def flush(self):\n"
        "        sys.stdout.flush()\n"
        "call_command('rotate_keys', stdout=Out())\n"
    )
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "S": ",".join(settings.SEALING_KEYS),
        "I": ",".join(settings.INDEX_KEYS),
        "HALT": halting,
    }
    return subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_and_started_again_every_value_is_readable_at_every_moment(settings: Any) -> None:
    """A reader asks all the time: each value as it was recorded, and found by number under whichever key it stands."""
    place = make_tree().community
    entries = [Entry.of("张三", identity_number(turn), f"139{turn:08}") for turn in range(ROWS)]
    bulk.copy((entry, place.pk) for entry in entries)
    (old,) = settings.SEALING_KEYS
    replace_keys(settings)
    wrong: list[str] = []
    over = threading.Event()
    told = {"moments": 0, "mixed": 0}

    def read() -> None:
        wanted = {entry.identity_number: entry for entry in entries}
        while not over.is_set():
            found = known(entries)
            if len(found) != ROWS:
                wrong.append(f"{ROWS - len(found)} not found")
            people = list(Person.objects.all())
            for person in people:
                entry = wanted[person.identity_number.open()]
                if person.phone.open() != entry.phone:
                    wrong.append("another phone")
            current = sum(keyring.is_current(person.phone.token) for person in people)
            told["moments"] += 1
            told["mixed"] += 0 < current < ROWS
        connection.close()

    half = "people.person: 1000 of"
    reader = threading.Thread(target=read)
    reader.start()
    try:
        process = _start(settings, halting=half)
        assert process.stdout is not None
        for line in process.stdout:  # it says so after each batch, and stands still after this one
            if line.startswith(half):
                break
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        patience = time.monotonic() + 60
        while not told["mixed"] and time.monotonic() < patience:
            time.sleep(0.1)  # the reader sees the table as it lies there, half old and half new
        left = [person.phone.token for person in Person.objects.all()]
        assert sum(not keyring.is_current(token) for token in left) == ROWS - 1000
        again = _start(settings)
        said, _errors = again.communicate(timeout=120)
        assert again.returncode == 0
        assert "the older ones may be taken away" in said
    finally:
        over.set()
        reader.join()
    assert wrong == []
    assert told["moments"] > 2
    assert told["mixed"] > 0
    only_the_new(settings)
    assert old not in settings.SEALING_KEYS
    assert len(known(entries)) == ROWS
    assert all(person.phone.open().startswith("139") for person in Person.objects.all())
