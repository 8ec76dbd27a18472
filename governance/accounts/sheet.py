"""A sheet of people: an account and a post for each row, tried first and given back, written when that is confirmed.

The same sheet goes through two hands: the system administration opens the accounts, then the security administration
gives the posts.

Both steps run the same actions in one transaction, so that what is shown is what is written. Nothing of a sheet is kept
between them on the server: its rows travel sealed in the page, for whoever sent it and for an hour.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.accounts import actions, passwords, posts
from governance.accounts.models import User
from governance.accounts.roles import ROLES
from governance.kit import keyring
from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.imports.parsing import normal, parser_of, plain_text
from governance.kit.imports.reading import Sheet, Unreadable
from governance.kit.imports.template import Laid
from governance.kit.texts import refused_character
from governance.regions.naming import PlaceNames

ROWS_AT_MOST = 500
SECONDS = 3600
_LABEL = "accounts.sheet"
HEADINGS = {
    "username": gettext_lazy("用户名"),
    "name": gettext_lazy("姓名"),
    "region": gettext_lazy("地区"),
    "role": gettext_lazy("角色"),
    "unit_name": gettext_lazy("所属单位"),
    "since": gettext_lazy("任职日期"),
    "until": gettext_lazy("离任日期"),
}
ACCOUNT, BOTH, POST, REFUSED = "account", "both", "post", "refused"


@dataclass(slots=True)
class Row:
    """A row: what it says by column, what it does or did, and errors by column; those of the whole row under ""."""

    number: int
    cells: dict[str, str]
    verdict: str = REFUSED
    errors: dict[str, str] = field(default_factory=dict)
    name: str = ""
    place: str = ""
    password: str = ""


def columns() -> list[Laid]:
    """Return the columns of the empty table."""
    return [
        Laid(
            str(HEADINGS["username"]), True,
            note=_("登录用的名字。已有的用户名不另开账号，只加这一行的岗位。"), example="zhangsan",
        ),
        Laid(str(HEADINGS["name"]), True, note=_("已有的用户名可以不填，填了须一致。"), example=_("张三")),
        Laid(
            str(HEADINGS["region"]), True,
            note=_("12 位区划代码，或地名；重名的写全路径，各级用“/”隔开。"), example=_("天元区/泰山路街道"),
        ),
        Laid(str(HEADINGS["role"]), words=tuple(role_words()), note=_("从列表中选。不填只开账号，不设岗位。")),
        Laid(
            str(HEADINGS["unit_name"]),
            note=_("只有某个组织或部门的岗位才填：社会组织的名称或统一社会信用代码，部门的名称。"),
        ),
        Laid(str(HEADINGS["since"]), pattern="date", note=_("不填为今天。"), example="2025-12-31"),
        Laid(str(HEADINGS["until"]), pattern="date", note=_("离任当天起不再有权限；没有期限的不填。")),
    ]  # fmt: skip


def role_words() -> dict[str, str]:
    """Return the roles that people may have, by what they are called."""
    return {str(role.label): slug for slug, role in ROLES.items() if slug != "partner"}


def rows_of(sheet: Sheet) -> list[Row]:
    """Return the rows by column; raises `Unreadable` for a heading that is missing or unknown."""
    known = {normal(str(text)): name for name, text in HEADINGS.items()}
    names = [known.get(normal(heading)) for heading in sheet.headings]
    unknown = [heading for heading, name in zip(sheet.headings, names, strict=True) if heading and name is None]
    missing = [str(HEADINGS[name]) for name in ("username", "region") if name not in names]
    if unknown or missing:
        text = _("没有“%(heading)s”这一列，请用空白模板填写。") if unknown else _("缺少“%(heading)s”这一列。")
        raise Unreadable(text % {"heading": (unknown or missing)[0][:30]})
    return [
        Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if name})
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
    ]


def packed(rows: Iterable[Row], by: Any) -> str:
    """Return the rows sealed, to be sent back by the same person."""
    told = {"by": by.pk, "at": timezone.now().timestamp(), "rows": [[row.number, row.cells] for row in rows]}
    return urlsafe_b64encode(keyring.seal(json.dumps(told), _LABEL)).decode()


def unpacked(text: str, by: Any) -> list[Row]:
    """Return them again; raises `Unreadable` where they are somebody else's, too old or none at all."""
    try:
        told = json.loads(keyring.unseal(urlsafe_b64decode(text), _LABEL))
    except (keyring.Unreadable, ValueError) as error:
        raise Unreadable(_("核对的结果读不出来，请重新上传。")) from error
    if told["by"] != by.pk or timezone.now().timestamp() - told["at"] > SECONDS:
        raise Unreadable(_("核对的结果已经过期，请重新上传。"))
    return [Row(number, cells) for number, cells in told["rows"]]


def tried(rows: list[Row], *, by: Any) -> list[Row]:
    """Say of each row what it would do; nothing stays."""
    with transaction.atomic():
        _run(rows, by)
        transaction.set_rollback(True)
    for row in rows:
        row.password = ""
    return rows


def written(rows: list[Row], *, by: Any, without_refused: bool) -> bool:
    """Write all rows, or those without errors; return whether that was done.

    The one-time passwords stand on the rows: whoever calls shows them once and keeps them nowhere.
    """
    with transaction.atomic():
        _run(rows, by)
        refused = sum(row.verdict == REFUSED for row in rows)
        done = refused < len(rows) and (without_refused or not refused)
        if done:
            accounts = sum(row.verdict in (ACCOUNT, BOTH) for row in rows)
            after = {
                "accounts": accounts,
                "posts": sum(row.verdict in (BOTH, POST) for row in rows),
                "refused": refused,
            }
            emit(Event("accounts.user.sheet", by, by, by.region.path, after=after))
        else:
            transaction.set_rollback(True)
    return done


def _run(rows: list[Row], by: Any) -> None:
    places = PlaceNames.of(row.cells.get("region", "") for row in rows)
    for row in rows:
        row.errors, row.verdict = {}, REFUSED
        values = _values(row, places, by)
        if row.errors:
            continue
        try:
            with transaction.atomic():
                row.verdict = _write(row, values, by)
        except PermissionDenied:
            row.errors["region"] = _("您的岗位不能在这个地区办理这件事。")
        except DomainError as refusal:
            row.errors[refusal.field if refusal.field in HEADINGS else ""] = refusal.reason
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, texts in told.items():
                row.errors[name if name in HEADINGS else ""] = " ".join(texts)
        if row.errors:
            row.verdict, row.password = REFUSED, ""


def _write(row: Row, values: dict[str, Any], by: Any) -> str:
    """Open the account unless there is one, and give the post; return what was done."""
    user = User.objects.filter(username=User.normalize_username(values["username"])).select_related("region").first()
    new, gives = user is None, by.has_perm("accounts.add_post")
    if user is None and not by.has_perm("accounts.add_user"):
        raise DomainError(_("还没有这个账号，请系统管理员先用同一张表开通。"), field="username")
    if not new and not gives:
        raise DomainError(_("已有账号；岗位由安全管理员用同一张表设置。"), field="username")
    if user is None:
        if not values["name"]:
            raise DomainError(_("不能为空。"), field="name")
        row.password = passwords.one_time_password()
        user = actions.add_user(
            by=by, username=values["username"], name=values["name"],
            region=values["region"], password=row.password, at_random=True,
        )  # fmt: skip
    else:
        _require_known(user, values, by)
    row.name, row.place = user.name, values["region"].name
    if values["role"] and not gives:
        return ACCOUNT
    if values["role"]:
        days = {"since": values["since"], "until": values["until"]}
        unit = values["unit_name"]
        posts.add_post(by=by, user=user, role=values["role"], region=values["region"], unit_name=unit, **days)
        return BOTH if new else POST
    if not new:
        raise DomainError(_("这个用户名已有账号；要加岗位请填角色。"), field="role")
    if values["unit_name"]:
        raise DomainError(_("填了所属单位，没有填角色。"), field="unit_name")
    if values["since"] or values["until"]:
        raise DomainError(_("填了日期，没有填角色。"), field="role")
    return ACCOUNT


def _require_known(user: User, values: dict[str, Any], by: Any) -> None:
    """Refuse an account that is not seen, or is somebody else's than the row says."""
    if not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise DomainError(_("这个用户名已经有人用了。"), field="username")
    if values["name"] and values["name"] != user.name:
        raise DomainError(_("这个用户名是“%(name)s”的，请核对。") % {"name": user.name}, field="name")


def _values(row: Row, places: PlaceNames, by: Any) -> dict[str, Any]:
    """Return what the cells mean; what is wrong is noted on the row."""
    since, words = models.DateField(null=True, blank=True), role_words()
    roles = parser_of(models.CharField(blank=True), words)
    readers: dict[str, Callable[[str], Any]] = {
        "username": _text, "name": _text, "role": roles, "unit_name": _text,
        "region": lambda text: places.find(text, by), "since": parser_of(since), "until": parser_of(since),
    }  # fmt: skip
    found: dict[str, Any] = {}
    for name, read in readers.items():
        try:
            found[name] = read(row.cells.get(name, ""))
            if name in ("username", "region") and not found[name]:
                raise ValidationError(_("不能为空。"))
        except ValidationError as error:
            row.errors[name] = " ".join(error.messages)
    return found


def _text(text: str) -> str:
    text = plain_text(text)
    if refused_character(text):
        raise ValidationError(_("含有看不见的控制字符，请重新填写。"))
    return text
