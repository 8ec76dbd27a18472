"""Naming a person where a role of hers is entered: by name, identity number and phone.

Whoever knows a number and the name that belongs to it may link to the person, wherever she was recorded first. Nothing
of what is stored is told, only that the number is known. So that nobody tries names against numbers, each mismatch is
kept on the trail, and after a few within the hour entering by number stops for that user.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.audit.models import AuditEvent
from governance.kit import identity, keyring
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.references import ToBeMade
from governance.kit.scoping import may
from governance.people import names, numbers, phones
from governance.people.models import Person

MISMATCH = "people.person.mismatch"
MISMATCHES = 5  # within the hour, of one user
_HOUR = timedelta(hours=1)
_DOTS = str.maketrans("", "", "·•・‧．.-")  # between the parts of some names, written in many ways


@dataclass(frozen=True, slots=True)
class Entry(ToBeMade):
    """A person as somebody typed her; nothing of it is shown by accident."""

    name: str = field(repr=False)
    identity_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @classmethod
    def of(cls, name: str, identity_number: str = "", phone: str = "") -> Entry:
        """Return the entry as it is stored; raises `ValidationError` for a number that cannot be genuine."""
        entry = cls(
            names.normalised(name),
            identity.normalised(identity_number),
            phones.normalised(phone),
        )
        if not entry.name:
            raise ValidationError(_("请填写姓名。"), code="name")
        names.refuse(entry.name)
        if entry.identity_number:
            identity.read(entry.identity_number)
        Person._meta.get_field("phone").run_validators(Person._meta.get_field("phone").to_python(entry.phone))
        if len(entry.name) > (Person._meta.get_field("name").max_length or 0):
            raise ValidationError(_("姓名太长。"), code="name")
        return entry

    @property
    def indexes(self) -> list[bytes]:
        """The checksums under which the number may be stored."""
        return keyring.indexes_of(self.identity_number, "identity") if self.identity_number else []

    def is_called(self, name: str) -> bool:
        """Return whether a stored name is the one typed, whatever the dots, blanks and widths."""
        return _plain(self.name) == _plain(name)

    def __str__(self) -> str:
        return "<entry>"


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_DOTS).upper()


def known(entries: Collection[Entry]) -> Mapping[Entry, Person]:
    """Return the persons who have the numbers, wherever they are, in one query. For this module's callers only."""
    by_index: dict[bytes, list[Entry]] = {}
    for entry in entries:
        for index in entry.indexes:
            by_index.setdefault(index, []).append(entry)
    found = Person.objects.filter(identity_index__in=list(by_index)) if by_index else ()
    return {entry: person for person in found for entry in by_index[bytes(person.identity_index)]}


def refuse_guessing(entries: Collection[Entry], found: Mapping[Entry, Person], *, by: Any) -> dict[Entry, str]:
    """Return why an entry cannot be linked: another name, or too many of them. Keeps every mismatch on the trail.

    To be called outside the transaction that a refusal undoes.
    """
    numbered = [entry for entry in entries if entry.identity_number]
    wrong = {entry: _guess(entry) for entry in numbered if entry in found and not entry.is_called(found[entry].name)}
    if not numbered:
        return {}
    before = mismatches(by)
    new = {entry: guess for entry, guess in wrong.items() if guess not in before}  # the same file again tells nothing
    held_up = len(before) >= MISMATCHES or len(before) + len(new) > MISMATCHES
    if held_up:
        told = {"entries": len(numbered), "mismatches": len(before) + len(new)}
        emit(Event("people.person.guessing", by, after=told))
    # many at once count as well, or a file with too many wrong ones could be sent again and again
    for entry, guess in list(new.items())[: max(0, MISMATCHES - len(before))]:
        emit(Event(MISMATCH, by, found[entry], after={"guess": guess}))
    return dict.fromkeys(numbered, too_many()) if held_up else dict.fromkeys(wrong, _mismatch())


def require(entry: Entry, *, by: Any) -> None:
    """Refuse an entry whose number belongs to somebody of another name."""
    refused = refuse_guessing([entry], known([entry]), by=by)
    if entry in refused:
        raise DomainError(refused[entry], code="person_mismatch", field="person")


def refuse_taken(person: Person, text: str, *, by: Any) -> None:
    """Refuse to give `person` the number of somebody else; numbers tried in this way count as well.

    To be called outside the transaction that a refusal undoes.
    """
    number = identity.normalised(text)
    if person.identity_number == text or person.identity_number == number:
        return
    if len(before := mismatches(by)) >= MISMATCHES:
        emit(Event("people.person.guessing", by, after={"entries": 1, "mismatches": len(before)}))
        raise DomainError(too_many(), code="person_mismatch", field="identity_number")
    entry = Entry(person.name, number)
    other = known([entry]).get(entry)
    if other is None or other.pk == person.pk:
        return
    if not may(by, "view", other) and _guess(entry) not in before:
        emit(Event(MISMATCH, by, other, after={"guess": _guess(entry)}))
    raise DomainError(_("该证件号码已建档。"), code="person_identity_once", field="identity_number")


def person_for(entry: Entry, *, by: Any, region: Any) -> tuple[Person, bool]:
    """Return the person and whether she was known already; an unknown one is recorded at `region`.

    Inside a transaction: of two who enter the same number at once the second finds the first one's person.
    """
    if entry.identity_number:
        numbers.hold(entry.indexes)
        found = _named(entry)
        if found is not None:
            return found, True
    elif entry.phone:
        same = Person.objects.visible_to(by).filter(
            name=entry.name, phone_index__in=keyring.indexes_of(entry.phone, "phone")
        )[:2]
        if len(same) == 1:
            return same[0], True
    person = Person(
        name=entry.name, identity_number=entry.identity_number or None, phone=entry.phone or None, region=region
    )
    try:
        person.full_clean()
        with transaction.atomic():
            person.save(force_insert=True)
    except (
        IntegrityError,
        ValidationError,
    ):  # a load of many has recorded her in the meantime; it does not wait for single ones
        found = _named(entry)
        if found is None:
            raise
        return found, True
    emit(Event("people.person.add", by, person, region.path))
    return person, False


def _named(entry: Entry) -> Person | None:
    """Return the person who has the number; refuse one of another name."""
    found = known([entry]).get(entry)
    if found is not None and not entry.is_called(found.name):
        raise DomainError(_mismatch(), code="person_mismatch", field="person")
    return found


def too_many() -> str:
    """Return what is told to somebody who is held up."""
    return _("一小时内姓名与证件号码不一致的次数过多，请核对证件，稍后再登记。")


def mismatches(by: Any) -> set[str]:
    """Return the different guesses with which `by` has named somebody's number wrongly within the hour."""
    since = timezone.now() - _HOUR
    events = AuditEvent.objects.filter(actor_id=by.pk, at__gte=since, action=MISMATCH)
    return {str(guess) for guess in events.values_list("after__guess", flat=True)}


def _guess(entry: Entry) -> str:
    """Return what stands for an entry on the trail: a checksum that nobody can try names against."""
    return keyring.index_of(f"{entry.identity_number} {_plain(entry.name)}", "guess").hex()[:16]


def _mismatch() -> str:
    return _("该证件号码已建档，但姓名与建档的不一致，请核对证件。")
