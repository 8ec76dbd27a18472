"""Records as partner systems read and write them; whatever is refused is named, and nothing is dropped unseen."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from governance.kit.choices import scope_choices
from governance.kit.references import reference_for
from governance.kit.texts import echoed
from governance.kit.wording import listed

NAMED = 50  # as many choices or keys as a refusal lists


class NamedChoiceField(serializers.ChoiceField):
    """A choice whose refusal says what there is to choose."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": gettext_lazy("没有“{input}”这个选项。可以填：{allowed}。")
    }

    def fail(self, key: str, **values: Any) -> Any:
        """Add the choices to the refusal."""
        given = echoed(values.pop("input", ""))
        return super().fail(key, **values, input=given, allowed=listed(islice(self.choices, NAMED)))


class NamedKeyField(serializers.PrimaryKeyRelatedField[Any]):
    """A related record by its key; the refusal lists the keys where there are few."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": gettext_lazy("没有“{pk_value}”这条记录。"),
        "incorrect_type": gettext_lazy("请填记录的标识。"),
    }

    def to_internal_value(self, data: Any) -> Any:
        """Find the record; add to a refusal what there is."""
        try:
            return super().to_internal_value(data if len(str(data)) <= 80 else str(data)[:80])
        except ValidationError as error:
            rows: Any = self.get_queryset()
            keys = [str(key) for key in rows.values_list("pk", flat=True)[: NAMED + 1]]
            if len(keys) > NAMED:
                raise
            allowed = _("可以填：%(allowed)s。") % {"allowed": listed(keys)}
            raise ValidationError([f"{text}{allowed}" for text in error.detail]) from error


class MomentField(serializers.DateTimeField):
    """A moment; one that lies beyond what a clock can tell is refused in every zone."""

    def enforce_timezone(self, value: Any) -> Any:
        """Return the moment where the portal stands."""
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow")


class SeenField(MomentField):
    """When the record was changed last; sent back with a change, it is the state that the caller saw."""

    def __init__(self, **options: Any) -> None:
        help_text = gettext_lazy("最近一次修改的时间。修改时原样带回（或放在 If-Match 里）：此后别人改过，就答 409。")
        super().__init__(required=False, help_text=help_text, **options)


def unknown_key(serializer: serializers.Serializer[Any]) -> str:
    """Return the refusal of a key that the serializer does not have."""
    names = listed(name for name, each in serializer.fields.items() if not each.read_only)
    return _("没有这个字段。可以填：%(names)s。") % {"names": names}


def refuse_unknown(serializer: serializers.Serializer[Any], data: Any) -> None:
    """Refuse keys that the serializer would pass over."""
    keys = [key for key in islice(data, NAMED) if key not in serializer.fields] if isinstance(data, Mapping) else []
    if keys:
        text = unknown_key(serializer)
        raise ValidationError({echoed(key): [ErrorDetail(text, code="unknown")] for key in keys})


class RecordSerializer(serializers.ModelSerializer[Any]):
    """A record as partner systems see it; related records can only be named inside the caller's scope."""

    serializer_field_mapping: ClassVar[dict[Any, Any]] = serializers.ModelSerializer.serializer_field_mapping | {
        models.DateTimeField: MomentField
    }
    serializer_choice_field = NamedChoiceField
    serializer_related_field = NamedKeyField

    def get_fields(self) -> dict[str, Any]:
        """Return the fields with their choices narrowed."""
        fields = super().get_fields()
        if "changed_at" in fields:
            fields["changed_at"] = SeenField()
        request = self.context.get("request")
        scope_choices(fields, getattr(request, "user", None))
        return fields

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Say that a value may be missing of what is only read as well; the database may compute nothing."""
        made, options = super().build_standard_field(field_name, model_field)
        more: dict[str, Any] = {"allow_null": True} if model_field.null or model_field.generated else {}
        return made, {**options, **more}

    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        """Say of a choice that is only read that it may be empty."""
        blank = {"allow_blank": True} if "choices" in kwargs and kwargs.get("allow_blank") else {}
        return {**super().include_extra_kwargs(kwargs, extra_kwargs), **blank}

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        """Name a related record as its kind is named everywhere."""
        made, options = super().build_relational_field(field_name, relation_info)
        if relation_info.model_field is not None and relation_info.model_field.null:
            options["allow_null"] = True
        reference = None if relation_info.to_many else reference_for(relation_info.model_field)
        if reference is None:
            return made, options
        if not options.get("read_only"):  # a limit of the key is told by the record, in words
            options["queryset"] = reference.model._default_manager.all()
        return reference.serializer, options

    def get_unique_together_constraints(self, model: Any) -> Any:
        """Leave the constraints to the action, which names the field and the rule."""
        return iter(())

    def to_internal_value(self, data: Any) -> Any:
        """Return the values; refuse keys that would have no effect."""
        idle = self._idle_keys(data) if isinstance(data, Mapping) else {}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                raise ValidationError({**idle, **error.detail}) from error
            raise
        if idle:
            raise ValidationError(idle)
        return values

    def _idle_keys(self, data: Mapping[Any, Any]) -> dict[str, list[ErrorDetail]]:
        """Return, by key, why it cannot be written; one that only repeats what the record says is let pass."""
        refused = {}
        for key, value in islice(data.items(), NAMED):
            field = self.fields.get(key)
            if field is None:
                text, code = unknown_key(self), "unknown"
            elif self.instance is None and isinstance(field, SeenField):
                text, code = _("新增时不能填这个字段。"), "read_only"
            elif field.read_only and not self._repeats(field, value):
                text, code = _("这个字段只能读取，不能填写。"), "read_only"
            else:
                continue
            refused[echoed(key)] = [ErrorDetail(text, code=code)]
        return refused

    def _repeats(self, field: Any, value: Any) -> bool:
        """Return whether the record says the same already."""
        if self.instance is None:
            return False
        now = self.to_representation(self.instance).get(field.field_name)
        return bool(now == value or (now is not None and str(now) == str(value)))
