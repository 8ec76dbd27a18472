"""Naming persons in the rows of a file: found by their numbers all at once, and recorded when the file is confirmed.

What holds for one entry (`people.entry`) holds for each of many: nothing of a stored person is told, a name that is not
the stored one is refused and kept on the trail, and after a few within the hour numbers are no longer looked up.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.kit import keyring
from governance.kit.events import Event, emit
from governance.kit.imports.naming import Link, Made
from governance.kit.references import Named, Refusal, ToBeMade
from governance.people import bulk
from governance.people.entry import Entry, known, refuse_guessing
from governance.people.models import Person

LABEL = "people.entry"  # what a staged entry is bound to
NAME, NUMBER, PHONE = range(3)  # the cells that name a person

Answers = dict[Named, int | Refusal | ToBeMade]


class Finding:
    """Finds persons whom the user sees: by number, or by a name that only one of them has. Records nobody."""

    def resolve(self, names: Collection[Named], by: Any) -> Mapping[Named, int | Refusal | ToBeMade]:
        """Return the person behind each name."""
        entries, answers = _entries(names)
        persons, refused = _looked_up(entries.values(), by)
        bare = {entry.name for entry in entries.values() if not entry.identity_number}
        seen: Any = Person.objects.visible_to(by)
        called: dict[str, list[int]] = defaultdict(list)
        for key, name in seen.filter(name__in=bare).values_list("pk", "name") if bare else ():
            called[name].append(key)
        unseen = self.unseen({person.pk for person in persons.values()}, by=by)
        for named, entry in entries.items():
            found = called.get(entry.name, []) if not entry.identity_number else []
            if entry in persons and persons[entry].pk not in unseen:
                found = [persons[entry].pk]
            if entry in refused:
                answers[named] = Refusal(refused[entry], NUMBER)
            elif len(found) == 1:
                answers[named] = found[0]
            elif found:
                answers[named] = Refusal(_("叫这个名字的人员不止一个，请填证件号码。"))
            else:
                answers[named] = Refusal(_("没有找到这个人员：请先在志愿者、社工等岗位登记。"))
        return answers

    def same(self, entry: Entry) -> Hashable:
        """Return her number; without one, name and phone; of a name alone nobody can tell whose it is."""
        return entry.identity_number or ((entry.name, entry.phone) if entry.phone else None)

    def means(self, entry: Entry, record: Person) -> bool:
        """Return whether a name without a number is that of the stored person."""
        return not entry.identity_number and entry.is_called(record.name)

    def sealed(self, entry: Entry) -> str:
        """Return the entry sealed."""
        parts = json.dumps([entry.name, entry.identity_number, entry.phone], ensure_ascii=False)
        return base64.b64encode(keyring.seal(parts, LABEL)).decode()

    def renewed(self, staged: str) -> str:
        """Return a staged entry under the key that is used now."""
        token = base64.b64decode(staged)
        if keyring.is_current(token):
            return staged
        return base64.b64encode(keyring.seal(keyring.unseal(token, LABEL), LABEL)).decode()

    def make(self, staged: Mapping[int, tuple[str, int]], *, by: Any, batch: Any, role: str) -> Made:
        """Make nobody."""
        raise TypeError("persons are only found here")

    def unseen(self, keys: Collection[int], *, by: Any) -> set[int]:
        """Return the keys of persons whom `by` does not see."""
        rows: Any = Person.objects.visible_to(by)
        return set(keys) - set(rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def link(self, links: Collection[Link], *, by: Any, batch: Any, role: str) -> None:
        """Keep each link with somebody from elsewhere, as entering her by hand does."""
        persons = Person.objects.in_bulk({each.key for each in links})
        for each in links:
            told = {"role": role, "record": each.record, "import": batch.pk, "purpose": _("导入登记")}
            emit(Event("people.person.link", by, persons[each.key], each.path, after=told))


class Entering(Finding):
    """Finds persons wherever they were recorded, by number, and records those whom nobody knows."""

    def resolve(self, names: Collection[Named], by: Any) -> Mapping[Named, int | Refusal | ToBeMade]:
        """Return the person behind each name, or the entry of one to be recorded."""
        entries, answers = _entries(names)
        persons, refused = _looked_up(entries.values(), by)
        phoned = _by_phone(entries.values(), by)
        torn = _torn(entry for entry in entries.values() if entry not in persons)
        for named, entry in entries.items():
            if entry in refused:
                answers[named] = Refusal(refused[entry], NUMBER)
            elif entry in persons:
                answers[named] = persons[entry].pk
            elif entry in phoned:
                answers[named] = phoned[entry]
            elif entry.identity_number in torn:
                answers[named] = Refusal(_("文件里同一个证件号码有不同的姓名，请核对证件。"), NUMBER)
            else:
                answers[named] = entry
        return answers

    def make(self, staged: Mapping[int, tuple[str, int]], *, by: Any, batch: Any, role: str) -> Made:
        """Find or record what was staged; somebody else may have recorded her since the check."""
        entries = {row: _opened(sealed) for row, (sealed, _region) in staged.items()}
        numbered = {entry: staged[row][1] for row, entry in entries.items() if entry.identity_number}
        there = {person.pk for person in known(list(numbered)).values()}
        recorded = bulk.record(numbered)
        keys = {row: recorded.persons[entry] for row, entry in entries.items() if entry in recorded.persons}
        told = _("核对之后，这个证件号码已用别的姓名建档，请重新核对。")
        refused = {row: told for row, entry in entries.items() if entry in recorded.refused}
        new = set(keys.values()) - there
        if len(new) != recorded.added:  # somebody recorded one at this moment: then none is taken for one's own
            new = set()
        phoned = _by_phone(entries.values(), by)
        bare: dict[Hashable, Person] = {}
        for row, entry in entries.items():
            if entry.identity_number:
                continue
            if entry in phoned:
                keys[row] = phoned[entry]
            else:
                person = Person(name=entry.name, phone=entry.phone or None, region_id=staged[row][1])
                bare.setdefault(self.same(entry) or row, person)
        Person.objects.bulk_create(bare.values())
        for row, entry in entries.items():
            if row not in keys and row not in refused:
                keys[row] = bare[self.same(entry) or row].pk
        new |= {person.pk for person in bare.values()}
        if new:
            after = {"added": len(new), "role": role, "import": batch.pk, "purpose": _("导入登记")}
            emit(Event("people.person.import", by, batch, batch.region.path, after=after))
        return Made(keys, new, refused)


def _entries(names: Collection[Named]) -> tuple[dict[Named, Entry], Answers]:
    """Return what was typed as it is stored, and why of the rest."""
    entries: dict[Named, Entry] = {}
    answers: Answers = {}
    for named in names:
        try:
            entries[named] = Entry.of(*named)
        except ValidationError as error:
            code = str(getattr(error, "code", "") or "")
            part = NAME if code == "name" else NUMBER if code.startswith("identity") else PHONE
            answers[named] = Refusal(" ".join(error.messages), part)
    return entries, answers


def _looked_up(entries: Iterable[Entry], by: Any) -> tuple[Mapping[Entry, Person], Mapping[Entry, str]]:
    """Return who has the numbers, and who is refused for what."""
    distinct = set(entries)
    persons = known(distinct)
    return persons, refuse_guessing(distinct, persons, by=by)


def _by_phone(entries: Iterable[Entry], by: Any) -> dict[Entry, int]:
    """Return the one person in scope who has the name and the phone of an entry without a number."""
    bare = {entry for entry in entries if entry.phone and not entry.identity_number}
    by_index: dict[bytes, list[Entry]] = defaultdict(list)
    for entry in bare:
        for index in keyring.indexes_of(entry.phone, "phone"):
            by_index[index].append(entry)
    if not by_index:
        return {}
    found: dict[Entry, set[int]] = defaultdict(set)
    for key, name, index in (
        Person.objects.visible_to(by)
        .filter(phone_index__in=list(by_index))
        .values_list("pk", "name", "phone_index")
    ):  # fmt: skip
        for entry in by_index[bytes(index)]:
            if entry.name == name:
                found[entry].add(key)
    return {entry: keys.pop() for entry, keys in found.items() if len(keys) == 1}


def _torn(entries: Iterable[Entry]) -> set[str]:
    """Return the numbers that come with several names."""
    first: dict[str, Entry] = {}
    torn = set()
    for entry in entries:
        if entry.identity_number and not entry.is_called(first.setdefault(entry.identity_number, entry).name):
            torn.add(entry.identity_number)
    return torn


def _opened(sealed: str) -> Entry:
    return Entry(*json.loads(keyring.unseal(base64.b64decode(sealed), LABEL)))
