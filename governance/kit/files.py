"""The private store of uploaded files: outside every served folder, checked at upload and again at download."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models, transaction
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

from governance.kit.wording import listed

MIB = 1024 * 1024

# What a file of each kind begins with; a name alone proves nothing.
EVIDENCE = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
}


class PrivateStorage(FileSystemStorage):
    """Keeps files under `settings.PRIVATE_ROOT` with modes that nobody else can read; it has no URL."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    @property
    def base_location(self) -> str:
        """The private folder of the settings, never the public media folder."""
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        """The same as an absolute path."""
        return str(Path(self.base_location).absolute())

    def url(self, name: str | None) -> str:
        """Refuse: a private file is reached through a view that checks scope."""
        raise ValueError("private files have no address of their own")


@deconstructible
class FileCheck:
    """Refuses a file by ending, size (bytes) or content; usable as a validator of a form or model field."""

    def __init__(self, kinds: dict[str, tuple[bytes, ...]] | None = None, size: int = 10 * MIB) -> None:
        self.kinds, self.size = kinds or EVIDENCE, size

    def __call__(self, file: Any) -> None:
        """Raise `ValidationError` with what was given and what is allowed."""
        ending = Path(file.name).suffix.lower()
        if ending not in self.kinds:
            allowed = listed(sorted(self.kinds))
            raise ValidationError(
                _("不能上传 %(given)s 文件，可以上传：%(allowed)s。")
                % {"given": ending or _("没有后缀的"), "allowed": allowed}
            )
        if file.size > self.size:
            values = {"given": f"{file.size / MIB:.1f}", "allowed": f"{self.size / MIB:.0f}"}
            raise ValidationError(_("文件有 %(given)s MB，不能超过 %(allowed)s MB。") % values)
        if not file.size:
            raise ValidationError(_("文件是空的。"))
        if not getattr(file, "_committed", False):  # what is stored was looked at when it came
            self.content(file)

    def content(self, file: Any) -> None:
        """Raise `ValidationError` where the content does not begin as its ending promises."""
        ending = Path(file.name).suffix.lower()
        starts = self.kinds.get(ending, ())
        file.seek(0)
        head = file.read(16)
        file.seek(0)
        if starts and not head.startswith(starts):
            raise ValidationError(_("文件内容与后缀 %(ending)s 不符，可能已损坏或改过名。") % {"ending": ending})


def stored_files(record: models.Model) -> set[str]:
    """Return the names of the files that a record keeps in the store."""
    fields = (field for field in record._meta.concrete_fields if isinstance(field, models.FileField))
    return {file.name for file in (getattr(record, field.attname) for field in fields) if file and file.name}


def discard(names: set[str]) -> None:
    """Remove files from the store now."""
    for name in names:
        default_storage.delete(name)


def forget(names: set[str]) -> None:
    """Remove files from the store once the act that let go of them is committed."""
    if names:
        transaction.on_commit(partial(discard, names))


def evidence_path(record: Any, name: str) -> str:
    """Return where evidence of a record is kept: an unguessable name with the original ending."""
    return f"evidence/{record._meta.label_lower}/{secrets.token_hex(16)}{Path(name).suffix.lower()}"
