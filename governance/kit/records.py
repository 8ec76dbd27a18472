"""Adding, changing, moving and removing one record: scope, validation, audit and the database in one step.

Every action of an app ends here, so that no surface can write without them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.addresses import address_of
from governance.kit.errors import DomainError
from governance.kit.events import Event, difference, emit, values_of
from governance.kit.files import discard, forget, stored_files
from governance.kit.limits import misfits
from governance.kit.origin import named
from governance.kit.past import refuse_far_days
from governance.kit.refusals import missing_for
from governance.kit.rules import obey
from governance.kit.scoping import may, region_path_of
from governance.kit.spans import refuse_backwards
from governance.kit.states import states_of
from governance.kit.texts import refuse_control_characters, refused_character

R = TypeVar("R", bound=models.Model)


class Record(models.Model):
    """The base of what people enter: it knows when it was changed last, so that nobody overwrites another unseen."""

    changed_at = models.DateTimeField(gettext_lazy("更新时间"), auto_now=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse days that nobody means, and a span that ends before it starts."""
        super().clean()
        refuse_far_days(self)
        refuse_backwards(self)
        refuse_control_characters(self)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse, in words, a related record outside what its key allows; the framework's words would not say why."""
        wrong = {name: reason for name, reason in misfits(self).items() if name not in (exclude or ())}
        found: dict[str, Any] = {name: ValidationError(reason, code="wrong_level") for name, reason in wrong.items()}
        try:
            super().clean_fields(exclude={*(exclude or ()), *wrong})
        except ValidationError as error:
            found |= error.error_dict
        if found:
            raise ValidationError(found)

    def get_absolute_url(self) -> str:
        """Return the page of this record."""
        return address_of(self)


@named
def add(record: R, *, by: Any) -> R:
    """Save a new record homed inside the scope of `by`.

    Raises `PermissionDenied` outside it, `ValidationError` by field, and leaves nothing half-written.
    """
    return store(record, by=by, allowed=lambda: _require(by, "add", record))


def store(record: R, *, by: Any, allowed: Callable[[], None], action: str = "add") -> R:
    """Save a new record; whether `by` may is told by `allowed`, which raises a refusal, once the record is complete."""
    record.full_clean()
    obey(record)
    allowed()
    try:
        with _kept_by_the_database(record), transaction.atomic():
            record.save(force_insert=True)
            emit(Event(_action(record, action), by, record, region_path_of(record), after=values_of(record)))
    except Exception:
        discard(stored_files(record))  # they were stored before the row was refused
        raise
    return record


@named
def change(record: R, *, by: Any, seen: datetime | None = None, **values: Any) -> R:
    """Change fields of a record; old and new home must both lie inside the scope of `by`.

    `seen` is the `changed_at` that the person had before her eyes; a later change by somebody else is refused.
    """
    with _kept_by_the_database(record), transaction.atomic():
        stored = _locked(record)
        before, files = values_of(stored), stored_files(stored)
        _take(stored, values, by=by, seen=seen)
        old, new = difference(before, values_of(stored))
        if new:
            stored.save()
            forget(files - stored_files(stored))
            old, new = difference(before, values_of(stored))
            emit(Event(_action(stored, "change"), by, stored, region_path_of(stored), before=old, after=new))
    return stored


def proposed(record: R, *, by: Any, seen: datetime | None = None, **values: Any) -> tuple[R, R]:
    """Return the record as it is stored and as `change` would leave it; refused as there, and nothing is written."""
    stored = record._meta.model._default_manager.filter(pk=record.pk).first()
    if stored is None:
        raise DomainError(_("这条记录刚被别人删除了。"), code="gone")
    wanted = copy(stored)
    _take(wanted, values, by=by, seen=seen)
    return cast(R, stored), cast(R, wanted)


@named
def move(record: R, name: str, *, by: Any, seen: datetime | None = None, **answers: Any) -> R:
    """Move a record on in its life by the transition called `name`, with the answers to what it asks.

    Raises `PermissionDenied` without its permission at the record's home, `DomainError` where the state does not allow
    it or something is missing. Of two at once one is told so.
    """
    states = states_of(record)
    transition = states.named(name) if states is not None else None
    if states is None or transition is None:
        raise LookupError(f"{record._meta.label} has no transition {name!r}")
    own = {field.name for field in record._meta.concrete_fields}
    values = {states.field: transition.target, **transition.sets} | {key: answers[key] for key in answers if key in own}
    stamps = {transition.by_field: by, transition.at_field: timezone.now()}
    values |= {name: value for name, value in stamps.items() if name}
    told = {key: answers[key] for key in answers if key not in own}
    _refuse_unseen(told)
    with _kept_by_the_database(record), transaction.atomic():
        stored = _locked(record)
        _require(by, transition.verb, stored)
        _require_seen(stored, seen)
        states.require(transition, stored, by)
        before = values_of(stored)
        for key, value in values.items():
            setattr(stored, key, value)
        # what the move does not touch was right when it was written, and must not hold a record in its state
        stored.clean_fields(exclude=own - set(values))
        refuse_control_characters(stored)
        stored.save()
        old, new = difference(before, values_of(stored))
        told = {key: value if isinstance(value, bool | int | None) else str(value) for key, value in told.items()}
        path = region_path_of(stored)
        emit(Event(_action(stored, transition.name), by, stored, path, before=old, after=new | told))
    return stored


@named
def remove(record: models.Model, *, by: Any) -> None:
    """Remove a record that nothing depends on; what was in use is ended by a date instead."""
    with _kept_by_the_database(record), transaction.atomic():
        stored = _locked(record)
        _require(by, "delete", stored)
        states = states_of(stored)
        if states is not None:
            states.require_free(stored, by, "delete")
        forget(stored_files(stored))
        before, path = values_of(stored), region_path_of(stored)
        emit(Event(_action(stored, "delete"), by, stored, path, before=before))
        try:
            stored.delete()
        except ProtectedError as error:
            count = len(error.protected_objects)
            raise DomainError(_("还有 %(count)s 条记录用到它，不能删除。") % {"count": count}, code="in_use") from error


def _take(record: models.Model, values: dict[str, Any], *, by: Any, seen: datetime | None) -> None:
    """Put new values on a record as it is stored, or raise the refusal: right, state, fields, and right once more."""
    _require(by, "change", record)
    _require_seen(record, seen)
    values = {name: _as_kept(record, name, value) for name, value in values.items()}
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    states = states_of(record)
    if states is not None:
        states.require_free(record, by, "change", changed)
    for name in changed:  # what is equal stays as it is stored: 200 and 200.0000 are no change
        setattr(record, name, values[name])
    record.full_clean()
    obey(record)
    _require(by, "change", record)


def _as_kept(record: models.Model, name: str, value: Any) -> Any:
    """Return a value as the record keeps it: a form tells by False that a file is to be taken away."""
    file = value is False and isinstance(record._meta.get_field(name), models.FileField)
    return "" if file else value


def _locked(record: R) -> R:
    """Return the stored row, locked until the end of the transaction."""
    rows = record._meta.model._default_manager.select_for_update(of=("self",))
    stored = rows.filter(pk=record.pk).first()
    if stored is None:
        raise DomainError(_("这条记录刚被别人删除了。"), code="gone")
    return cast(R, stored)


@contextmanager
def _kept_by_the_database(record: models.Model) -> Iterator[None]:
    """Turn a refusal of the database into one with a reason: of two at once, one comes too late to be told before."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        rules = {rule.name: str(rule.get_violation_error_message()) for rule in record._meta.constraints}
        reason = rules.get(name) or _("数据库拒绝了这条记录（规则 %(rule)s）。") % {"rule": name}
        raise DomainError(reason, code=name or "refused") from error


def _require_seen(stored: models.Model, seen: datetime | None) -> None:
    """Refuse where somebody else has changed the record since it was seen."""
    if seen is not None and isinstance(stored, Record) and stored.changed_at != seen:
        raise DomainError(_("这条记录刚被别人修改过，请刷新后再改。"), code="changed_meanwhile")


def _refuse_unseen(answers: dict[str, Any]) -> None:
    """Refuse, at its field, an answer with characters that nobody sees; those kept in a field are looked at there."""
    for key, value in answers.items():
        found = refused_character(value, lines=True) if isinstance(value, str) else None
        if found:
            raise ValidationError(
                {key: _("含有看不见的控制字符（%(character)s），请删除后再填。") % {"character": found}}
            )


def _require(by: Any, verb: str, record: models.Model) -> None:
    if not may(by, verb, record):
        raise missing_for(by, verb, record, first=_("您的岗位不能在这个地区办理这件事。"))


def _action(record: models.Model, verb: str) -> str:
    return f"{record._meta.label_lower}.{verb}"
