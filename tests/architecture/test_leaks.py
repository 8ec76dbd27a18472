"""A text that stands nowhere else is put into every sealed and personal field, every address is asked, everything is searched.

What lists and pages answer must hold nothing sealed and no name of a person; files nothing personal besides; and what is
kept or sent on the way (the trail, jobs, messages, sessions, the cache, tasks, the log, addresses) nothing that was typed.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import models
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from governance.audit.models import AuditEvent
from governance.desk.models import ExportRequest, ImportBatch, ImportRow, Job, Message, SavedFilter
from governance.kit import records
from governance.kit.listing import LISTINGS
from governance.kit.privacy import Classification, classification_of
from governance.kit.sealed import SealedField
from governance.people.models import Person
from tests.architecture.routes import routes
from tests.architecture.test_access import given
from tests.contracts.surfaces import surfaces, text_of
from tests.factories.people import identity_number

TEXT, NAME, PERSONAL = "漏出标记", "漏名标记", "漏私标记"
NUMBERS = [identity_number(turn) for turn in range(60_000, 60_400)]
TYPED = identity_number(70_000), "13977778888", "typed.leak@example.org", "欧阳漏打"
PHONE, MAIL = "1397777{:04}", "leak{}@example.org"
SECRET = re.compile("|".join([TEXT, NAME, r"1397777\d{4}", r"leak\d+@example", *NUMBERS, *TYPED]))
WHO = ("street_clerk", "bureau_admin")


def plant() -> None:
    """Put the texts in: whatever the world has made of each list, and every person in it."""
    for model in LISTINGS:
        levels = classification_of(model)
        sealed = {field.attname: TEXT for field in model._meta.concrete_fields if isinstance(field, SealedField)}
        if model is not Person and sealed:
            for row in model._default_manager.all():
                for name, text in sealed.items():
                    setattr(row, name, text)
                row.save(update_fields=list(sealed))
        personal = [
            field.attname
            for field in model._meta.concrete_fields
            if type(field) in (models.CharField, models.TextField)
            and levels.get(field.name) is Classification.PERSONAL
            and not field.choices
        ]
        if model is not Person and personal:
            for key in model._default_manager.values_list("pk", flat=True):
                model._default_manager.filter(pk=key).update(**dict.fromkeys(personal, f"{PERSONAL}{key}"))
    for turn, person in enumerate(Person.objects.order_by("pk")):
        person.name, person.identity_number = NAME, NUMBERS[turn]
        person.phone, person.email = PHONE.format(turn), MAIL.format(turn)
        person.save()


def kept() -> str:
    """Return all that is kept of what was done: the trail, jobs, messages, imports, filters, sessions, the cache."""
    models_kept = (AuditEvent, Job, Message, ImportBatch, ImportRow, SavedFilter, ExportRequest)
    rows = [str(list(model._default_manager.values())) for model in models_kept]
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    cache = caches["default"]
    return "\n".join([*rows, *sessions, *map(str, cache._cache), *map(repr, cache._cache.values())])


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to workers."""
    found: list[str] = []
    monkeypatch.setattr(Celery, "send_task", lambda _app, name, *more, **named: found.append(f"{name}{more}{named}"))
    return found


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.fixture
def planted(tree: Any, settings: Any) -> None:
    settings.PAGES_KEPT_SECONDS = 60
    caches["default"].clear()
    plant()


def hits(text: str) -> set[str]:
    return set(SECRET.findall(text))


APPS = sorted({route.name.split(":")[0] for route in routes()})


@pytest.mark.parametrize("app", APPS)
def test_no_address_answers_with_it(
    app: str,
    planted: None,
    cast: dict[str, Client],
    values: dict[str, dict[str, Any]],
    sent: list[str],
    log: pytest.LogCaptureFixture,
) -> None:
    asked = 0
    for route in (each for each in routes() if each.name.split(":")[0] == app):
        url = route.url(given(route, values))
        for who in (*WHO, "auditor") if app == "audit" else WHO:  # the next one where the first was not let in
            answer = cast[who].get(url)
            asked += answer.status_code == 200
            assert not hits(f"{answer.get('Location', '')} {answer.headers}"), (route.name, who)
            assert not hits(text_of(answer)), (route.name, who)
            if answer.status_code == 200:
                break
    for surface in (each for each in surfaces() if each.listing.app == app):
        who = "auditor" if app == "audit" else "system_admin" if app == "accounts" else "bureau_admin"
        body = surface.body(cast[who])
        assert not hits(body), surface
        if surface.name in ("csv", "xlsx") and not getattr(surface.listing.table.Meta, "personal", False):
            assert PERSONAL not in body, surface
    assert asked, "nobody was answered"
    assert not hits(f"{kept()} {sent} {log.text}")


def test_the_texts_are_where_they_would_be_found(planted: None, cast: dict[str, Client]) -> None:
    """Else the other tests would look for nothing."""
    planted_in = {
        model._meta.label
        for model in LISTINGS
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    }
    assert planted_in == {"people.Person", "projects.ServiceCase", "deliberation.Dispute"}
    person = Person.objects.first()
    assert person is not None
    assert hits(f"{person.name} {person.phone.open()} {person.identity_number.open()} {person.email.open()}")
    assert not hits(f"{person} {person.phone} {person.identity_number} {person.email}")
    data = {"wanted": ["name", "phone"], "purpose": "service", "note": "入户走访核对"}
    pk = next(
        pk
        for pk in Person.objects.values_list("pk", flat=True)
        if cast["street_clerk"].get(f"/people/{pk}/").status_code == 200
    )
    assert hits(text_of(cast["street_clerk"].post(reverse("people:person_reveal", args=[pk]), data)))
    assert not hits(kept())


def person_of(client: Client, values: dict[str, dict[str, Any]]) -> Person:
    return Person.objects.get(pk=values["person"]["pk"])


def test_what_is_typed_stays_nowhere(
    planted: None,
    cast: dict[str, Client],
    values: dict[str, dict[str, Any]],
    sent: list[str],
    log: pytest.LogCaptureFixture,
) -> None:
    client, person = cast["street_clerk"], person_of(cast["street_clerk"], values)
    number, phone, mail, name = TYPED
    address, api = person.get_absolute_url(), reverse("api:person-detail", args=[person.pk])
    form = client.get(f"{address}change/").context["form"]
    data = {each: str(form[each].value() or "") for each in form.fields} | {"seen": form["seen"].initial}
    typed = {"name": name, "phone": phone, "email": mail, "identity_number": number}
    answers = [
        client.post(f"{address}change/", data | {"identity_number": number[:-1]}),  # wrong, and shown to herself again
        client.post(f"{address}change/", data | typed),
        client.patch(api, json.dumps({"phone": "13977779999"}), content_type="application/json"),
        client.patch(api, json.dumps({"identity_number": number[:-1]}), content_type="application/json"),
        client.post(reverse("people:person_find"), {"identity_number": number}),
        client.post(reverse("people:person_find"), {"identity_number": NUMBERS[-1]}),
        client.post(reverse("desk:search"), {"q": phone}),
        client.post(reverse("desk:saved_filter_add"), {"listing": "people.person", "name": "筛选", "filters": f"q={phone}"}),
        client.get(reverse("desk:search"), {"q": phone}),
        client.get("/people/", {"q": name}),
        client.get("/no/such/page/"),
    ]  # fmt: skip
    assert answers[1].status_code == 302, answers[1].content.decode()
    assert answers[4]["Location"] == address
    for answer in answers:
        assert not hits(answer.get("Location", ""))
        title = re.search("<title>(.*?)</title>", text_of(answer), re.S)
        assert not title or not hits(title[1])
    for answer in answers[6:9]:
        assert phone not in text_of(answer)
    person.refresh_from_db()
    assert (person.name, person.phone.open()) == (name, "13977779999")
    assert not hits(f"{kept()} {sent} {log.text}")


def test_the_report_of_a_failure_says_nothing_of_it(
    planted: None,
    cast: dict[str, Client],
    values: dict[str, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    log: pytest.LogCaptureFixture,
    settings: Any,
) -> None:
    client, person = cast["street_clerk"], person_of(cast["street_clerk"], values)
    number, phone, mail, name = TYPED
    form = client.get(f"{person.get_absolute_url()}change/").context["form"]
    data = {each: str(form[each].value() or "") for each in form.fields} | {"seen": form["seen"].initial}

    def fail(*arguments: Any, **named: Any) -> None:
        open_texts = [person.phone.open(), phone, TEXT]
        raise RuntimeError(f"{len(open_texts)} texts at hand")

    reports: list[str] = []

    def report(sender: Any, request: Any, **more: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend((reporter.get_traceback_html(), reporter.get_traceback_text()))

    monkeypatch.setattr(records, "change", fail)
    client.raise_request_exception = False
    got_request_exception.connect(report)
    try:
        sent = data | {"name": name, "phone": phone, "email": mail, "identity_number": number}
        answer = client.post(f"{person.get_absolute_url()}change/", sent)
    finally:
        got_request_exception.disconnect(report)
    assert answer.status_code == 500
    assert len(reports) == 2
    assert all("texts at hand" in text for text in reports)
    assert not any(hits(text) for text in (*reports, text_of(answer), log.text))
