"""A missing right as a refusal that a person can act on: what is missing, who has it, who gives it.

Roles and posts are kept above the kit; the app that keeps them registers how it tells of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.homes import home_field, is_place
from governance.kit.scoping import permission, region_path_of

# Who has the permission and who gives it, at the place with this path (user, permission, path).
Advice = Callable[[Any, str, str], str]
_advice: list[Advice] = []

_VERBS = {
    "view": gettext_lazy("查看"),
    "add": gettext_lazy("新增"),
    "change": gettext_lazy("修改"),
    "delete": gettext_lazy("删除"),
    "import": gettext_lazy("导入"),
    "reveal": gettext_lazy("查看完整的敏感信息"),
}


_PAGES = {"changelist": "view", "change": "view", "history": "view", "add": "add", "delete": "delete"}


# What the verb of a transition is called, for each kind of record.
_moves: dict[tuple[type[Model], str], Any] = {}


def call(model: type[Model], verb: str, label: Any) -> None:
    """Tell what a verb that is not one of the usual ones is called; the first name stays."""
    if verb not in _VERBS:
        _moves.setdefault((model, verb), label)


def advise(advice: Advice) -> None:
    """Register what tells who has a permission and who gives it."""
    _advice[:] = [advice]


def missing(user: Any, perm: str, *, path: str = "", first: str = "") -> PermissionDenied:
    """Return the refusal for want of `perm`, at the place with this path or anywhere; `first` is said before."""
    first = first or _("您的岗位没有这项权限。")
    lacking = _("缺少的权限：%(what)s。") % {"what": in_words(perm)}
    return PermissionDenied(" ".join([first, lacking, *(told for each in _advice if (told := each(user, perm, path)))]))


def missing_for(user: Any, verb: str, record: Model, *, first: str = "") -> PermissionDenied:
    """Return the refusal for want of the right to do `verb` with this very record."""
    model = record._meta.model
    path = region_path_of(record) if is_place(model) or home_field(model) is not None else ""
    return missing(user, permission(model, verb), path=path, first=first)


def in_words(perm: str) -> str:
    """Return a permission in words, such as “修改社会组织”."""
    app, _dot, rest = perm.partition(".")
    verb, _bar, name = rest.rpartition("_")
    model = apps.get_model(app, name)
    return _("%(verb)s“%(model)s”") % {"verb": _verb(model, verb), "model": model._meta.verbose_name}


def of_admin(request: HttpRequest) -> str:
    """Return the reason for a page of the admin, which refuses without words; nothing for any other page."""
    match = request.resolver_match
    name, _bar, page = (match.url_name or "").rpartition("_") if match is not None else ("", "", "")
    if match is None or match.namespace != "admin" or page not in _PAGES:
        return ""
    app, _bar, model = name.partition("_")
    return str(missing(request.user, f"{app}.{_PAGES[page]}_{model}"))


def _verb(model: type[Model], verb: str) -> Any:
    return _moves.get((model, verb)) or _VERBS.get(verb, verb)
