"""Those of the cast who are like somebody in the tables, and where they are not.

An approver, an evaluator, somebody of a department or of an organisation, and the security administration get what the
one named first gets, but for the addresses below: those of whole lists by their profile, and single ones by name.
"""

from __future__ import annotations

LIKE = {
    "approver": "street_clerk",
    "evaluator": "no_post",
    "organization_manager": "no_post",
    "department_operator": "no_post",
    "security_admin": "system_admin",
}
_LOOKS = {"list": 200, "export": 200, "detail": 200, "history": 200}
_NOT_THERE = {"list": 200, "export": 200, "detail": 404, "history": 404}
_SEES = {f"projects:project_evaluation_{page}": answer for page, answer in _LOOKS.items()} | {
    "projects:project_evaluation_file": 200,
    "api:project_evaluation-list": 200,
    "api:project_evaluation-detail": 200,
}
_ADMIN = {
    "admin:accounts_failedlogin_change": 200,
    "admin:accounts_failedlogin_changelist": 200,
    "admin:accounts_failedlogin_delete": 200,
    "admin:accounts_failedlogin_history": 200,
    "admin:accounts_partnerclient_add": 403,
    "admin:accounts_post_add": 200,
    "admin:accounts_post_delete": 200,
    "admin:accounts_user_add": 403,
    "admin:accounts_user_help": 403,
    "accounts:post_stand_in": 200,
    "accounts:post_successor": 200,
}
_APPROVES = {
    "api:export_request-approve": 405,
    "api:export_request-refuse": 405,
    "desk:export_request_move": 200,
    "api:reported_figure-approve": 405,
    "api:reported_figure-return": 405,
    "api:reported_figure-withdraw": 405,
}


def _of_a_department(name: str, app: str = "deliberation") -> dict[str, int]:
    """Return what a department gets of a list: nothing of this record, which names another one."""
    pages = {f"{app}:{name}_{page}": answer for page, answer in _NOT_THERE.items()}
    return pages | {f"{app}:{name}_change": 404, f"api:{name}-list": 200, f"api:{name}-detail": 404}


def _of_an_organization(app: str, name: str) -> dict[str, int]:
    """Return what an organisation gets of a list that knows organisations: nothing of this record of another one."""
    pages = {f"{app}:{name}_{page}": answer for page, answer in _NOT_THERE.items()}
    return pages | {f"api:{name}-list": 200, f"api:{name}-detail": 404}


def _organizations() -> dict[str, int]:
    names = (
        "organization", "organization_status", "charity_recognition", "organization_party",
        "registration_assessment", "organization_restriction", "organization_ending", "incubation",
    )  # fmt: skip
    of = [("organizations", name) for name in names]
    of += [("projects", name) for name in ("project", "project_session", "project_evaluation")]
    found: dict[str, int] = {}
    for app, name in of:
        found |= _of_an_organization(app, name)
    session = {"add": 200, "import": 200, "template": 200, "change": 404}
    found["projects:project_evaluation_file"] = 404
    return found | {f"projects:project_session_{page}": answer for page, answer in session.items()}


DIFFERS: dict[str, dict[str, int]] = {
    "approver": _APPROVES,
    "evaluator": _SEES,
    "organization_manager": _organizations(),
    "department_operator": _of_a_department("whistle_call") | _of_a_department("work_task"),
    "security_admin": _ADMIN,
}
