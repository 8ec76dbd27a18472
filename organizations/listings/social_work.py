"""The lists of posts, certificates, trainings and committees."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import SHOWN
from governance.kit.cards import ListCard
from governance.kit.imports.columns import Imports
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.people.actions import entered
from governance.people.somebody import of_somebody_known
from organizations.filtersets import social_work as filtersets
from organizations.forms import social_work as forms
from organizations.models import (
    CommitteeMember,
    CommunityWorkerPost,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)
from organizations.tables import social_work as tables

SOCIAL_WORK_POSTS = Listing(
    "social_work_post",
    SocialWorkPost,
    filtersets.SocialWorkPostFilterSet,
    tables.SocialWorkPostTable,
    at="social-work-posts",
    form=forms.SocialWorkPostForm,
    imports=Imports(natural=("person", "region", "title", "since")),
    **entered(SocialWorkPost),
    nav=Line("social_work", 31),
    card=ListCard("region", 54, alive=True),
    hint=_("登记社工岗位和任职的人，社工总量和每个社区的社工数由此得出。"),
    about=_("总量按主要岗位计，一人只计一次；社区是否有社工岗位，按全部岗位计。"),
)
CERTIFICATES = Listing(
    "social_work_certificate",
    SocialWorkCertificate,
    filtersets.SocialWorkCertificateFilterSet,
    tables.SocialWorkCertificateTable,
    at="social-work-certificates",
    form=forms.SocialWorkCertificateForm,
    **of_somebody_known(SocialWorkCertificate),
    natural=("number",),
    nav=Line("social_work", 32),
    hint=_("登记社会工作者职业水平证书，持证人数由证书和任职时段一起得出。"),
)
COMMUNITY_WORKERS = Listing(
    "community_worker_post",
    CommunityWorkerPost,
    filtersets.CommunityWorkerPostFilterSet,
    tables.CommunityWorkerPostTable,
    at="community-worker-posts",
    form=forms.CommunityWorkerPostForm,
    imports=Imports(natural=("person", "since")),
    **entered(CommunityWorkerPost),
    nav=Line("social_work", 33),
    card=ListCard("region", 56, group="position", alive=True),
    hint=_("登记社区工作者及其任职的社区，每万城镇居民社区工作者数由此得出。"),
)
COMMITTEE_MEMBERS = Listing(
    "committee_member",
    CommitteeMember,
    filtersets.CommitteeMemberFilterSet,
    tables.CommitteeMemberTable,
    at="committee-members",
    form=forms.CommitteeMemberForm,
    imports=Imports(natural=("person", "since")),
    **entered(CommitteeMember),
    nav=Line("social_work", 34),
    hint=_("登记村（社区）“两委”成员和学历，学历达标率由此得出。"),
    about=_("村高中（中专）以上、社区大专以上为达标。同时在党组织和居（村）委会任职的，登记一条“交叉任职”。"),
)
TRAININGS = Listing(
    "training_record",
    TrainingRecord,
    filtersets.TrainingRecordFilterSet,
    tables.TrainingRecordTable,
    at="training-records",
    form=forms.TrainingRecordForm,
    **of_somebody_known(TrainingRecord),
    natural=("person", "title", "finished_on"),
    nav=Line("social_work", 35),
    hint=_("培训结业后登记，从结业之日起一年内算受过培训。"),
)
QUALIFIED_SPANS = Listing(
    "qualified_span",
    QualifiedSpan,
    filtersets.QualifiedSpanFilterSet,
    tables.QualifiedSpanTable,
    at="qualified-spans",
    facts=("person", "kind", "level", "region", "since", "until", "social_work_post", "community_post"),
    access=SHOWN,
    nav=Line("social_work", 36),
    hint=_("登记岗位、证书和培训后，持证和受训的时段自动得出。"),
    about=_("由岗位、证书和培训记录自动得出，不能手工修改；有误请改岗位、证书或培训记录。"),
)
