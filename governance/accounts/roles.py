"""Roles as data: what a post in a region allows. A post keeps the role's name; the permissions live here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_RECORDS = ("regions.estate", "regions.facility", "regions.regioncapability")
_POLICIES = ("policies.policy", "policies.clause", "policies.indicator", "policies.target", "policies.referencepoint")
_FIGURES = ("attainment.reportedfigure",)
_RUNS = ("attainment.attainmentrun",)
_COVERAGE = ("regions.registercoverage",)
_RESULTS = ("attainment.measurevalue",)
_LOOK = ("regions.region", "regions.regionsuccession", *_COVERAGE, *_RECORDS, *_POLICIES, *_FIGURES, *_RESULTS)


def _all(verbs: str, models: tuple[str, ...]) -> frozenset[str]:
    """Return `app.verb_model` for every verb and model."""
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs.split())


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its name in the database, how it is called, what it is for, what it may do, whether it works in the admin."""

    slug: str
    label: Promise | str
    description: Promise | str
    permissions: frozenset[str]
    admin: bool = False


ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        Role(
            "clerk",
            _("经办"),
            _("登记和维护本地区的台账"),
            _all("view", (*_LOOK, "desk.job"))
            | _all("add change delete", _RECORDS)
            | _all("add change submit", _FIGURES),
        ),
        Role("viewer", _("查看"), _("只看本地区的台账，不修改"), _all("view", _LOOK)),
        Role(
            "bureau_admin",
            _("民政局管理员"),
            _("维护区划、台账和数据质量，在管理后台工作"),
            _all("view", (*_LOOK, "desk.job", *_RUNS))
            | _all("add", _RUNS)
            | _all("add change delete", (*_RECORDS, *_POLICIES, *_COVERAGE, *_FIGURES))
            | _all("submit approve", _FIGURES)
            | _all("change import", ("regions.region",))
            | _all("add delete", ("regions.regionsuccession",)),
            admin=True,
        ),
        Role(
            "system_admin",
            _("系统管理员"),
            _("开通账号、岗位和接口，不看业务数据"),
            _all("view add change", ("accounts.user", "accounts.post", "accounts.partnerclient"))
            | _all("delete", ("accounts.post",)),
            admin=True,
        ),
        Role(
            "auditor", _("审计管理员"), _("查看审计记录，不看业务数据"), _all("view", ("audit.auditevent",)), admin=True
        ),
        Role(
            "partner",
            _("接口"),
            _("外部系统按授权的地区和动作读写台账"),
            _all("view", _LOOK) | _all("add change delete", _RECORDS) | _all("add change submit", _FIGURES),
        ),
    )
}


def choices() -> list[tuple[str, Promise | str]]:
    """Return the roles for a form."""
    return [(role.slug, role.label) for role in ROLES.values()]
