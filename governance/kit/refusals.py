"""A missing right as a refusal that a person can act on: what is missing, who has it, who gives it.

Roles and posts are kept above the kit; the app that keeps them registers how it tells of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.homes import home_field, is_place
from governance.kit.scoping import permission, region_path_of
from governance.kit.wording import listed


@dataclass(frozen=True, slots=True)
class Advice:
    """Who has a permission and who gives it: the place asked about, roles, and at which office which people."""

    where: str = ""
    roles: tuple[str, ...] = ()
    office: str = ""
    people: tuple[str, ...] = ()


class Missing(PermissionDenied):
    """A right that is missing; pages show it line by line, the API by name, forms as one text."""

    def __init__(self, first: str, perm: str, advice: Advice) -> None:
        self.first, self.perm, self.advice = first, perm, advice
        lines = (_("%(label)s：%(text)s。") % {"label": label, "text": text} for label, text in self.facts)
        super().__init__(" ".join([first, *lines]))

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is missing, which posts have it, whom to ask: each with what it is called."""
        told, what = self.advice, in_words(self.perm)
        if told.where:
            what = _("在%(place)s%(what)s") % {"place": told.where, "what": what}
        ask = _("运行维护人员（这里还没有安全管理员）")
        if told.people:
            ask = _("%(people)s（%(place)s的安全管理员）") % {"place": told.office, "people": listed(told.people)}
        found = [(_("缺少的权限"), what)]
        if not told.roles:
            return [*found, (_("说明"), _("这件事不由任何岗位办理"))]
        return [*found, (_("有这项权限的岗位"), listed(told.roles)), (_("需要时请联系"), ask)]

    @property
    def body(self) -> dict[str, Any]:
        """The same for a program."""
        told = self.advice
        return {
            "code": "permission_missing",
            "detail": str(self),
            "permission": self.perm,
            "region": told.where or None,
            "roles": list(told.roles),
            "ask": {"region": told.office, "people": list(told.people)} if told.people else None,
        }


# Tells who has the permission and who gives it, at the place with this path (user, permission, path).
Adviser = Callable[[Any, str, str], Advice]
_advisers: list[Adviser] = []

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


def advise(adviser: Adviser) -> None:
    """Register what tells who has a permission and who gives it."""
    _advisers[:] = [adviser]


def missing(user: Any, perm: str, *, path: str = "", first: str = "") -> Missing:
    """Return the refusal for want of `perm`, at the place with this path or anywhere; `first` is said before."""
    advice = _advisers[0](user, perm, path) if _advisers else Advice()
    return Missing(first or _("您的岗位没有这项权限。"), perm, advice)


def missing_for(user: Any, verb: str, record: Model, *, first: str = "") -> Missing:
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


def of_admin(request: HttpRequest) -> Missing | None:
    """Return the reason for a page of the admin, which refuses without words; None for any other page."""
    match = request.resolver_match
    name, _bar, page = (match.url_name or "").rpartition("_") if match is not None else ("", "", "")
    if match is None or match.namespace != "admin" or page not in _PAGES:
        return None
    app, _bar, model = name.partition("_")
    return missing(request.user, f"{app}.{_PAGES[page]}_{model}")


def _verb(model: type[Model], verb: str) -> Any:
    return _moves.get((model, verb)) or _VERBS.get(verb, verb)
