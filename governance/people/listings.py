"""The list of persons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from governance.kit.access import Access
from governance.kit.found import Found
from governance.kit.imports.columns import NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.people import actions
from governance.people.filtersets import PersonFilterSet
from governance.people.forms import PersonForm
from governance.people.models import Person
from governance.people.tables import PersonTable

_WORKS = "view change reveal"

PERSONS = Listing(
    "person",
    Person,
    PersonFilterSet,
    PersonTable,
    at="",
    form=PersonForm,
    change=actions.change,
    reveals=("name", "identity_number", "phone", "email"),
    facts=("name", "gender", "birth_year", "identity_number", "phone", "email"),
    access=Access(look="view", keep=_WORKS, rule=_WORKS, partner=_WORKS),
    nav=Line("data", 10, "users"),
    imports=NoImport(_("人员随所登记的身份（志愿者、社工等）一起建档，请在那里导入。")),
    hint=_("登记志愿者、社工或社区工作者时，人员档案随之建立。"),
    about=_("一个人只有一份档案。列表上的姓名、号码都已遮盖；查看完整信息要写明用途。"),
    found=Found(30, "user", name="name__startswith", initials="pinyin", shows=("gender", "birth_year")),
)
