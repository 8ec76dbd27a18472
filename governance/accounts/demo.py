"""Accounts to try, one for each role. They exist only in a demonstration, where the login page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from governance.accounts.models import PartnerClient, Post, User
from governance.accounts.roles import ROLES
from governance.kit.demo import DemoAccount, DemoStep, Progress, register, register_accounts
from governance.regions.models import Region

PASSWORD = "yanshi-2026-portal"  # noqa: S105  the demonstration shows it to everybody
CLIENT, SECRET = "demo-partner", "demo-partner-secret"


@dataclass(frozen=True)
class _Person:
    username: str
    name: str
    role: str
    code: str
    who: str
    sees: str
    unit: str = ""  # the department that the post speaks for; organisations are not there yet


CAST = (
    _Person("taishanlu", "周敏", "clerk", "430211002000", "街道经办", "泰山路街道"),
    _Person("songshanlu", "陈立", "clerk", "430211001000", "街道经办", "嵩山路街道"),
    _Person("tiexi", "何静", "clerk", "430211002004", "社区经办", "铁西居委会"),
    _Person("liyu", "彭涛", "viewer", "430211003000", "街道查看", "栗雨街道"),
    _Person("tianyuan", "刘洋", "bureau_admin", "430211000000", "区民政局管理员", "天元区"),
    _Person("chongqing", "唐莉", "bureau_admin", "500000000000", "市民政局管理员", "重庆市"),
    _Person("youyang", "冉丽", "bureau_admin", "500242000000", "县民政局管理员", "酉阳县"),
    _Person("xiamen", "林珊", "bureau_admin", "350200000000", "市民政局管理员", "厦门市"),
    _Person("kunming", "段超", "bureau_admin", "530100000000", "市民政局管理员", "昆明市"),
    _Person("anhui", "汪晨", "bureau_admin", "340000000000", "省民政厅管理员", "安徽省"),
    _Person("hezhun", "吴霞", "approver", "430211002000", "街道核准", "泰山路街道，可核准别人提交的事项"),
    _Person("pinggu", "高远", "evaluator", "430211000000", "第三方评估", "天元区的项目评估，只看不改"),
    _Person("jigou", "谭明", "organization_manager", "430211000000", "机构负责人", "自己机构的资料和项目"),
    _Person("bumen", "易鸣", "department_operator", "430211000000", "部门经办", "交给区住建局的任务和吹哨", "区住建局"),
    _Person("xitong", "邓凯", "system_admin", "430211000000", "系统管理员", "天元区的账号，不看业务数据"),
    _Person("anquan", "秦岚", "security_admin", "430211000000", "安全管理员", "天元区的岗位和角色，不看业务数据"),
    _Person("shenji", "罗琴", "auditor", "430211000000", "审计管理员", "天元区的审计记录，不看业务数据"),
)


def load_accounts(progress: Progress) -> None:
    """Make the accounts, their posts, and a partner system of one street."""
    regions = Region.objects.in_bulk([person.code for person in CAST], field_name="code")
    hashed = make_password(PASSWORD)  # one for all: it is told to everybody, and each costs a quarter of a second
    for done, person in enumerate(CAST, start=1):
        region = regions[person.code]
        user = User(username=person.username, name=person.name, region=region, password=hashed)
        user.save()
        if not ROLES[person.role].unit or person.unit:
            unit = {"unit": person.unit, "unit_name": person.unit}
            Post.objects.create(user=user, role=person.role, region=region, since=date(2021, 1, 1), **unit)
        progress("演示账号", done, len(CAST))
    street = regions["430211002000"]
    account = User.objects.create_user(CLIENT, None, name="演示接口", region=street, kind=User.Kind.PARTNER)
    Post.objects.create(user=account, role="partner", region=street, since=date(2021, 1, 1))
    PartnerClient.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        name="演示接口",
        user=account,
        verbs=["add", "change", "view"],
        client_type=PartnerClient.CLIENT_CONFIDENTIAL,
        authorization_grant_type=PartnerClient.GRANT_CLIENT_CREDENTIALS,
    )


def accounts() -> list[DemoAccount]:
    """Return those who can sign in."""
    return [DemoAccount(person.username, PASSWORD, person.who, person.sees) for person in CAST]


register(DemoStep("账号", 30, load_accounts))
register_accounts(accounts)
