"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.kit.access import RULED, SHOWN, Access
from governance.kit.belonging import Owned
from governance.kit.cards import ListCard
from governance.kit.found import Found
from governance.kit.imports.columns import Imports, NoImport
from governance.kit.listing import Listing
from governance.kit.navigation import Line
from governance.kit.written import written
from governance.people.actions import entered
from projects import filtersets, forms, tables
from projects.models import (
    Catalogue,
    ListUpkeep,
    Need,
    NeedsSurvey,
    Project,
    ProjectEvaluation,
    ProjectSession,
    PurchaseContract,
    PurchaseProject,
    Resource,
    ServiceCase,
)

PROJECTS = Listing(
    "project",
    Project,
    filtersets.ProjectFilterSet,
    tables.ProjectTable,
    at="projects",
    form=forms.ProjectForm,
    **written(Project),
    facts=(
        "number", "region", "community", "field", "planned_start", "planned_end", "started_on", "completed_on",
        "evaluated_on", "struck_off_on", "listed_on", "refreshed_on",
    ),
    natural=("number",),
    related=("organization", "social_worker"),
    nav=Line("projects", 60, label=_("全部项目")),
    card=ListCard("region", 60, group="field"),
    hint=_("登记服务项目，把社区、社会组织、社工、志愿者和慈善资源连到一起。"),
    found=Found(50, "list-check", name="title__contains", codes=("number",)),
    owned=(Owned("organization", "organization_id"),),
)  # fmt: skip
NEEDS = Listing(
    "need",
    Need,
    filtersets.NeedFilterSet,
    tables.NeedTable,
    at="needs",
    form=forms.NeedForm,
    **entered(Need),
    related=(),
    # whose need it is, is entered one by one
    imports=Imports(
        fields=(
            "community",
            "title",
            "field",
            "group",
            "source",
            "description",
            "listed_on",
            "refreshed_on",
            "closed_on",
            "outcome",
        )
    ),
    nav=Line("projects", 61),
    card=ListCard("region", 61, group="field"),
    hint=_("登记居民需求，核实后列入需求清单。"),
    about=_("列入清单的需求从列入、更新或移出那天起，使需求清单一年内有效。"),
)
RESOURCES = Listing(
    "resource",
    Resource,
    filtersets.ResourceFilterSet,
    tables.ResourceTable,
    at="resources",
    form=forms.ResourceForm,
    **written(Resource),
    nav=Line("projects", 62),
    card=ListCard("region", 62, group="kind"),
    hint=_("登记可用的人力、场地、资金、物资和专业服务，核实后列入资源清单。"),
    about=_("列入清单的资源从列入、更新或移出那天起，使资源清单一年内有效。"),
)
LIST_UPKEEP = Listing(
    "list_upkeep",
    ListUpkeep,
    filtersets.ListUpkeepFilterSet,
    tables.ListUpkeepTable,
    at="list_upkeep",
    facts=("community", "part", "since", "until"),
    access=SHOWN,
    nav=Line("projects", 63, label=_("三张清单")),
    hint=_("登记需求、资源和项目并列入清单，这里自动形成各清单的有效时段。"),
    about=_("由需求、资源和项目的列入、更新和移出日期自动形成：每次变动后一年内有效。"),
)
NEEDS_SURVEYS = Listing(
    "needs_survey",
    NeedsSurvey,
    filtersets.NeedsSurveyFilterSet,
    tables.NeedsSurveyTable,
    at="needs_surveys",
    form=forms.NeedsSurveyForm,
    **written(NeedsSurvey),
    facts=("community", "title", "method", "households", "done_on", "valid_until"),
    nav=Line("projects", 64),
    hint=_("登记居民需求调研，完成后一年内有效。"),
)
PROJECT_SESSIONS = Listing(
    "project_session",
    ProjectSession,
    filtersets.ProjectSessionFilterSet,
    tables.ProjectSessionTable,
    at="sessions",
    form=forms.ProjectSessionForm,
    **written(ProjectSession),
    nav=Line("projects", 65),
    hint=_("登记每场活动的日期、领域和服务人次，服务场次和人次由此得出。"),
    owned=(Owned("organization", "project__organization_id", "view add change"),),
)
PROJECT_EVALUATIONS = Listing(
    "project_evaluation",
    ProjectEvaluation,
    filtersets.ProjectEvaluationFilterSet,
    tables.ProjectEvaluationTable,
    at="evaluations",
    form=forms.ProjectEvaluationForm,
    **written(ProjectEvaluation),
    files=("report",),
    nav=Line("projects", 66),
    hint=_("登记项目的第三方评估、自评和主管部门评估，并附评估报告。"),
    about=_("已完成的项目有第三方评估的，计入“已完成并经第三方评估”。"),
    owned=(Owned("organization", "project__organization_id"),),
)
CATALOGUES = Listing(
    "catalogue",
    Catalogue,
    filtersets.CatalogueFilterSet,
    tables.CatalogueTable,
    at="catalogues",
    form=forms.CatalogueForm,
    **written(Catalogue),
    files=("file",),
    access=RULED,
    nav=Line("projects", 67),
    hint=_("登记“三项目录”，从施行之日起计入。"),
)
PURCHASE_PROJECTS = Listing(
    "purchase_project",
    PurchaseProject,
    filtersets.PurchaseProjectFilterSet,
    tables.PurchaseProjectTable,
    at="purchases",
    form=forms.PurchaseProjectForm,
    **written(PurchaseProject),
    nav=Line("projects", 68),
    hint=_("从政府立项起登记购买服务项目，每办完一个环节填一个日期。"),
)
PURCHASE_CONTRACTS = Listing(
    "purchase_contract",
    PurchaseContract,
    filtersets.PurchaseContractFilterSet,
    tables.PurchaseContractTable,
    at="contracts",
    form=forms.PurchaseContractForm,
    **written(PurchaseContract),
    natural=("region", "number"),
    nav=Line("projects", 69),
    hint=_("登记购买服务合同和承接主体，优先向社会组织购买的比例由此得出。"),
)
SERVICE_CASES = Listing(
    "service_case",
    ServiceCase,
    filtersets.ServiceCaseFilterSet,
    tables.ServiceCaseTable,
    at="cases",
    form=forms.ServiceCaseForm,
    **entered(ServiceCase, person="client"),
    natural=("number",),
    access=Access(look="").with_verbs(keep="reveal", rule="reveal"),
    reveals=("client", "summary"),
    related=("organization", "social_worker"),
    imports=NoImport(_("服务个案涉及敏感个人信息，请逐件登记。")),
    nav=Line("projects", 70),
    hint=_("登记社工服务的个案。服务对象和摘要加密保存，列表上不显示。"),
)
