"""Roles as data: what a post in a region allows. A post keeps the role's name; what it may do follows from its duty."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.kit.duties import granted

_RESULTS = ("attainment.measurevalue",)
LEVELS = ("province", "prefecture", "county", "township", "community")
_BUREAUS = LEVELS[:3]


def _all(verbs: str, models: tuple[str, ...]) -> frozenset[str]:
    """Return `app.verb_model` for every verb and model."""
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs.split())


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name in the database, how it is called, what it is for, what it may do, whether it works in the admin.

    What it may do with records follows from its duty, which each list answers for itself; `own` comes on top of that.
    `levels` are those of the places where there are such posts. A post of a role with a `unit` speaks for a unit of that
    kind and opens nothing but its own records. `apart`: one of the administrators of whom nobody may be two. Whoever
    holds a post with `lent` may hand it to a stand-in herself.
    """

    slug: str
    label: Promise | str
    description: Promise | str
    duty: str = ""
    own: frozenset[str] = frozenset()
    admin: bool = False
    levels: tuple[str, ...] = LEVELS
    unit: str = ""
    apart: bool = False
    lent: bool = True

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
        Role(
            "approver",
            _("核准"),
            _("登记和维护本地区的台账，并核准别人提交的事项"),
            "decide",
            _all("view", _RESULTS),
        ),
        Role("viewer", _("查看"), _("只看本地区的台账，不修改"), "look", _all("view", _RESULTS)),
        Role(
            "bureau_admin",
            _("民政局管理员"),
            _("维护区划、台账和数据质量，在管理后台工作"),
            "rule",
            _all("view", _RESULTS) | _all("import", ("regions.region",)),
            admin=True,
            levels=LEVELS[:4],
        ),
        Role(
            "organization_manager",
            _("机构负责人"),
            _("查看自己所在社会组织的资料和项目，登记项目活动"),
            "organization",
            unit="organization",
        ),
        Role(
            "department_operator",
            _("部门经办"),
            _("办理交给本部门的工作任务和街道吹哨"),
            "department",
            levels=LEVELS[:4],
            unit="department",
        ),
        Role(
            "evaluator",
            _("评估"),
            _("只看本地区的项目评估"),
            own=_all("view", ("projects.projectevaluation",)),
        ),
        Role(
            "system_admin",
            _("系统管理员"),
            _("开通账号和接口，不设岗位，不看业务数据"),
            own=_all("view add change", ("accounts.user", "accounts.partnerclient")) | _all("view", ("accounts.post",)),
            admin=True,
            levels=_BUREAUS,
            apart=True,
            lent=False,
        ),
        Role(
            "security_admin",
            _("安全管理员"),
            _("设岗位和角色，解除登录锁定，不开账号，不看业务数据"),
            own=_all("view add change delete", ("accounts.post",))
            | _all("view", ("accounts.user", "accounts.partnerclient"))
            | _all("view delete", ("accounts.failedlogin",)),
            admin=True,
            levels=_BUREAUS,
            apart=True,
            lent=False,
        ),
        Role(
            "auditor",
            _("审计管理员"),
            _("查看审计记录，不看业务数据"),
            own=_all("view", ("audit.auditevent", "audit.rowchange", "audit.auditseal")),
            admin=True,
            levels=_BUREAUS,
            apart=True,
            lent=False,
        ),
        Role(
            "partner", _("接口"), _("外部系统按授权的地区和动作读写台账"), "partner", _all("view", _RESULTS), lent=False
        ),
    )
}

# The administrators of the system, of its security and of its trail: whoever does one thing is watched by the others.
APART = tuple(sorted(slug for slug, role in ROLES.items() if role.apart))
OF_UNITS = tuple(sorted(slug for slug, role in ROLES.items() if role.unit))


def choices() -> list[tuple[str, Promise | str]]:
    """Return the roles for a form."""
    return [(role.slug, role.label) for role in ROLES.values()]
