"""A field that keeps the pinyin initials of another one, whoever writes the row: a form, an import or a bulk insert."""

from __future__ import annotations

from typing import Any

from django.db import models

from governance.kit.pinyin import initials


class InitialsField(models.CharField):  # type: ignore[type-arg]
    """Initials of the text field `of`, for search by typing; nobody enters them. Bytewise order lets prefixes use an index."""

    def __init__(self, *args: Any, of: str = "name", **options: Any) -> None:
        self.of = of
        given: dict[str, Any] = {"editable": False, "blank": True, "db_collation": "C"}
        super().__init__(*args, **given | options)

    def deconstruct(self) -> Any:
        """Be an ordinary text to migrations: the database does not know where the letters come from."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the initials of the other field as it stands now."""
        value = initials(str(getattr(model_instance, self.of)))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
