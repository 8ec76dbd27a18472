"""Roles as data: what a post in a region allows. A post keeps the role's name; what it may do follows from its duty."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.kit.duties import granted

_RESULTS = ("attainment.measurevalue",)


def _all(verbs: str, models: tuple[str, ...]) -> frozenset[str]:
    """Return `app.verb_model` for every verb and model."""
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs.split())


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name in the database, how it is called, what it is for, what it may do, whether it works in the admin.

    What it may do with records follows from its duty, which each list answers for itself; `own` comes on top of that.
    """

    slug: str
    label: Promise | str
    description: Promise | str
    duty: str = ""
    own: frozenset[str] = frozenset()
    admin: bool = False

    @property
    def permissions(self) -> frozenset[str]:
        """All that it may do, as `app.verb_model`."""
        return self.own | granted(self.duty)

    def grants(self, perm: str) -> bool:
        """Return whether it may do this."""
        return perm in self.own or perm in granted(self.duty)


ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        Role("clerk", _("经办"), _("登记和维护本地区的台账"), "keep", _all("view", _RESULTS)),
        Role("viewer", _("查看"), _("只看本地区的台账，不修改"), "look", _all("view", _RESULTS)),
        Role(
            "bureau_admin",
            _("民政局管理员"),
            _("维护区划、台账和数据质量，在管理后台工作"),
            "rule",
            _all("view", _RESULTS) | _all("import", ("regions.region",)),
            admin=True,
        ),
        Role(
            "system_admin",
            _("系统管理员"),
            _("开通账号、岗位和接口，不看业务数据"),
            own=_all("view add change", ("accounts.user", "accounts.post", "accounts.partnerclient"))
            | _all("delete", ("accounts.post",))
            | _all("view delete", ("accounts.failedlogin",)),
            admin=True,
        ),
        Role(
            "auditor",
            _("审计管理员"),
            _("查看审计记录，不看业务数据"),
            own=_all("view", ("audit.auditevent", "audit.rowchange", "audit.auditseal")),
            admin=True,
        ),
        Role("partner", _("接口"), _("外部系统按授权的地区和动作读写台账"), "partner", _all("view", _RESULTS)),
    )
}


def choices() -> list[tuple[str, Promise | str]]:
    """Return the roles for a form."""
    return [(role.slug, role.label) for role in ROLES.values()]
