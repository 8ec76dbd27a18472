"""The page of the admin that opens accounts and gives posts from a sheet: checked, looked at, confirmed, handed over."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any, TypeVar

import xlsxwriter
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts import sheet
from governance.kit.errors import DomainError
from governance.kit.files import MIB, FileCheck
from governance.kit.imports.reading import read
from governance.kit.imports.template import workbook_response

WORDS = {
    sheet.BOTH: gettext_lazy("新账号和岗位"),
    sheet.ACCOUNT: gettext_lazy("新账号"),
    sheet.POST: gettext_lazy("已有账号，加岗位"),
    sheet.REFUSED: gettext_lazy("有错"),
}
R = TypeVar("R", bound=HttpResponseBase)
_ENDINGS: dict[str, tuple[bytes, ...]] = {".xlsx": (b"PK\x03\x04",), ".csv": (), ".txt": ()}


class SheetForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        validators=[FileCheck(_ENDINGS, size=MIB)],
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(_ENDINGS)}),
    )


def may_use(user: Any) -> bool:
    """Return whether somebody opens accounts or gives posts anywhere."""
    return bool(user.has_perm("accounts.add_user") or user.has_perm("accounts.add_post"))


def template(request: HttpRequest) -> FileResponse:
    """Return the empty table."""
    _require(request)
    return workbook_response(sheet.columns(), _("账号和岗位"))


def page(request: HttpRequest, around: dict[str, Any]) -> HttpResponseBase:
    """Ask for the file, show what its rows would do, do it and show the passwords once; `around` is the admin's own."""
    _require(request)
    context = around | {"title": _("批量开通账号和岗位"), "columns": sheet.columns(), "limit": sheet.ROWS_AT_MOST}
    form = SheetForm(request.POST or None, request.FILES or None)
    try:
        if "rows" in request.POST:
            rows = sheet.unpacked(request.POST["rows"], request.user)
            if sheet.written(rows, by=request.user, without_refused="without_refused" in request.POST):
                return _handed_over(request, rows, context)
            return _checked(request, sheet.tried(rows, by=request.user), context | {"stale": True}, 409)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            rows = sheet.rows_of(read(file.read(), file.name, sheet.ROWS_AT_MOST))
            return _checked(request, sheet.tried(rows, by=request.user), context)
    except DomainError as refusal:
        form = form if form.is_bound and "rows" not in request.POST else SheetForm()
        context["refusal"] = refusal.reason
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/accounts/sheet.html", context | {"form": form}, status=status)


def _require(request: HttpRequest) -> None:
    if not may_use(request.user):
        raise PermissionDenied(_("您的岗位没有这项权限，请联系本级系统管理员。"))


def _checked(request: HttpRequest, rows: list[sheet.Row], context: dict[str, Any], status: int = 200) -> HttpResponse:
    names = [name for name in sheet.HEADINGS if any(name in row.cells for row in rows)]
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in WORDS}
    context |= {
        "headings": [sheet.HEADINGS[name] for name in names],
        "lines": [
            {
                "row": row,
                "word": WORDS[row.verdict],
                "cells": [
                    {"heading": sheet.HEADINGS[name], "text": row.cells.get(name, ""), "error": row.errors.get(name)}
                    for name in names
                ],
                "rest": [text for name, text in row.errors.items() if name not in names],
            }
            for row in sorted(rows, key=lambda row: (row.verdict != sheet.REFUSED, row.number))
        ],
        "counts": [(WORDS[verdict], count) for verdict, count in counts.items() if count],
        "refused": counts[sheet.REFUSED],
        "writes": len(rows) - counts[sheet.REFUSED],
        "packed": sheet.packed(rows, request.user),
    }
    return _unkept(render(request, "admin/accounts/sheet_preview.html", context, status=status))


def _handed_over(request: HttpRequest, rows: list[sheet.Row], context: dict[str, Any]) -> HttpResponseBase:
    """Show the passwords, or give them as a file: now and never again."""
    new = [row for row in rows if row.password]
    if "as_file" in request.POST and new:
        return _unkept(_workbook(new))
    context |= {
        "new": new,
        "posts": sum(row.verdict in (sheet.POST, sheet.BOTH) for row in rows),
        "left": sum(row.verdict == sheet.REFUSED for row in rows),
        "days": settings.ONE_TIME_PASSWORD_DAYS,
    }
    return _unkept(render(request, "admin/accounts/sheet_done.html", context))


def _workbook(rows: list[sheet.Row]) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    table = book.add_worksheet(_("一次性密码"))
    text = book.add_format({"num_format": "@"})
    heads = [_("用户名"), _("姓名"), _("地区"), _("一次性密码")]
    for place, head in enumerate(heads):
        table.set_column(place, place, 22, text)
        table.write_string(0, place, head, book.add_format({"bold": True, "bottom": 1, "bg_color": "#EAF1F8"}))
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate((row.cells["username"], row.name, row.place, row.password)):
            table.write_string(line, place, value, text)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("一次性密码.xlsx"))


def _unkept(response: R) -> R:
    response["Cache-Control"] = "private, no-store, max-age=0"
    return response
