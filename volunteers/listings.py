"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import RULED, SHOWN, Access
from governance.kit.cards import ListCard
from governance.kit.found import Found
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.spans import no_overlap
from governance.kit.written import written
from governance.people.actions import entered
from volunteers import actions, filtersets, forms, tables
from volunteers.models import (
    Activity,
    PartyReport,
    PointsIssue,
    PointsPartner,
    RecordStart,
    ServiceRecord,
    SpotCheck,
    Volunteer,
)
from volunteers.models.volunteer import ONCE

VOLUNTEERS = Listing(
    "volunteer",
    Volunteer,
    filtersets.VolunteerFilterSet,
    tables.VolunteerTable,
    at="volunteers",
    form=forms.VolunteerForm,
    imports=Imports(
        natural=("number", "since"),  # who has moved has several registrations with one number
        triggers=(no_overlap("volunteer_once", "person", message=ONCE),),
    ),
    **entered(Volunteer),
    natural=("number",),
    nav=Line("volunteers", 41),
    card=ListCard("region", 60, alive=True),
    hint=_("登记本社区的志愿者；填了实名认证日期的，从那一天起计入实名志愿者。"),
    about=_("一人同一时间只在一个社区注册。搬到别的社区，请在志愿者页面办理迁移。"),
    found=Found(
        40,
        "heart-handshake",
        name="person__name__startswith",
        initials="person__pinyin",
        codes=("number",),
        related=("person",),
    ),
)
ACTIVITIES = Listing(
    "activity",
    Activity,
    filtersets.ActivityFilterSet,
    tables.ActivityTable,
    at="activities",
    form=forms.ActivityForm,
    **written(Activity),
    nav=Line("volunteers", 42),
    hint=_("登记志愿服务活动，填发布日期后计入活动数；取消的活动不计。"),
    found=Found(70, "calendar-event", name="title__contains"),
)
SERVICE_RECORDS = Listing(
    "service_record",
    ServiceRecord,
    filtersets.ServiceRecordFilterSet,
    tables.ServiceRecordTable,
    at="service-records",
    form=forms.ServiceRecordForm,
    add=actions.add_record,
    change=actions.change_record,
    remove=actions.remove_record,
    related=("volunteer", "activity"),
    imports=NoImport(_("服务记录要逐条确认，更正时原记录随即作废。")),
    nav=Line("volunteers", 43),
    hint=_("志愿者服务后登记时长，核对后填确认日期。第一条确认的记录表示本社区已建立服务记录制度。"),
    about=_("确认后才计入服务时长。确认过的记录不能改：错了就新增一条更正它，原记录随即作废。"),
)
RECORD_STARTS = Listing(
    "record_start",
    RecordStart,
    filtersets.RecordStartFilterSet,
    tables.RecordStartTable,
    at="record-starts",
    facts=("community", "since"),
    access=SHOWN,
    nav=Line("volunteers", 44),
    hint=_("社区有了第一条确认的服务记录，这里自动列出。"),
    about=_("由服务记录自动得出，不用登记。"),
)
POINTS_ISSUES = Listing(
    "points_issue",
    PointsIssue,
    filtersets.PointsIssueFilterSet,
    tables.PointsIssueTable,
    at="points",
    form=forms.PointsIssueForm,
    add=actions.issue_points,
    facts=("volunteer", "points", "booked_on", "reason", "community", "service_record", "reverses"),
    related=("volunteer",),
    access=Access(keep="view add", rule="view add", partner="view add"),
    imports=NoImport(_("积分入账后不能改，所在社区由入账时的注册社区得出。")),
    nav=Line("volunteers", 45),
    hint=_("按积分办法给志愿者发放积分，可以注明依据的服务记录。"),
    about=_("入账后不能改也不能删：发错了，新增一笔负数冲销原来那一笔。"),
)
POINTS_PARTNERS = Listing(
    "points_partner",
    PointsPartner,
    filtersets.PointsPartnerFilterSet,
    tables.PointsPartnerTable,
    at="points-partners",
    form=forms.PointsPartnerForm,
    imports=Imports(natural=("region", "kind", "name", "since")),
    **entered(PointsPartner),
    nav=Line("volunteers", 46),
    card=ListCard("region", 62, group="kind", alive=True),
    hint=_("登记可以用积分兑换的商家和达人。"),
)
PARTY_REPORTS = Listing(
    "party_report",
    PartyReport,
    filtersets.PartyReportFilterSet,
    tables.PartyReportTable,
    at="party-reports",
    form=forms.PartyReportForm,
    imports=Imports(natural=("person", "since")),
    **entered(PartyReport),
    access=Access(look=""),
    nav=Line("volunteers", 47),
    hint=_("登记到社区报到的在职党员，“双报到”人数由此得出。"),
    about=_("党员身份属于敏感信息，只有办理的岗位能看到。"),
)
SPOT_CHECKS = Listing(
    "spot_check",
    SpotCheck,
    filtersets.SpotCheckFilterSet,
    tables.SpotCheckTable,
    at="spot-checks",
    form=forms.SpotCheckForm,
    **written(SpotCheck),
    access=RULED,
    nav=Line("volunteers", 48),
    hint=_("登记对服务记录和志愿服务证明的抽查，办结后计入抽查次数。"),
)
