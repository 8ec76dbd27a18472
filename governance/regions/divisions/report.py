"""What an import did, and the file of refused rows that can be mended and loaded again."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from governance.regions.divisions.files import ImportRefused
from governance.regions.divisions.gather import place_of
from governance.regions.divisions.reasons import reason
from governance.regions.divisions.rows import Refusal
from governance.regions.divisions.sources import ADDED

_SHOWN = 200  # characters of a cell that are shown back


@dataclass(slots=True)
class Report:
    """Counts of one import. `absent`: places that a complete source no longer lists and that were not retired for
    want of a date; `findings`: communities whose code and name speak of different committees."""

    source: str
    stated_on: date | None = None
    on: date | None = None
    complete: bool = False
    added: int = 0
    changed: int = 0
    retired: int = 0
    absent: int = 0
    unchanged: int = 0
    refused: int = 0
    placeholders: int = 0
    merged: int = 0
    left_out: int = 0
    findings: int = 0
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)
    refused_file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values for the audit trail and the API."""
        values = asdict(self)
        return values | {name: value.isoformat() for name, value in values.items() if isinstance(value, date)}

    def lines(self) -> list[tuple[str, str]]:
        """Return label and figure of each line that a person reads; zero is shown, what does not apply is not."""
        counts = [
            (_("新增"), self.added),
            (_("变更"), self.changed),
            (_("停用"), self.retired),
            (_("未变"), self.unchanged),
            (_("拒绝"), self.refused),
            (_("略去的占位节点"), self.placeholders),
            (_("并入上级的同码节点"), self.merged),
            (_("代码与名称所示委员会类型不符"), self.findings),
        ]
        if self.absent:
            counts.insert(3, (_("文件里没有（未给日期，未停用）"), self.absent))
        if self.left_out:
            counts.append((_("不在所选地区内，未导入"), self.left_out))
        return [(label, f"{count:,}") for label, count in counts] + [(_("用时（秒）"), f"{self.seconds:.1f}")]


def write_refused(path: Path, refused: Iterable[Refusal], columns: tuple[str, ...], real: Callable[[str], str]) -> None:
    """Write refused rows in the columns of their source with line, field, given value and reason, for Excel.

    `real` passes placeholders over, so that a mended row finds its parent without them.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*columns, *ADDED])
    for refusal in refused:
        row = refusal.row
        values = row._asdict() | {"parent_code": real(row.parent or "")}
        cells = [values[name][:_SHOWN] for name in columns]
        writer.writerow([*cells, place_of(row), refusal.field, refusal.given[:_SHOWN], reason(refusal)])
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(buffer.getvalue(), encoding="utf-8-sig", newline="")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        values = {"file": str(path), "reason": error.strerror or str(error)}
        raise ImportRefused(_("写不了被拒绝的行：%(file)s（%(reason)s）。") % values) from error
