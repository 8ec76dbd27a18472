"""What can be counted of needs, projects and purchases."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Events, Implied, Intervals, Mark, Values, Weight, declare
from projects.models import Catalogue, CivilAffairsField, Field, ListUpkeep, PurchaseContract
from projects.models.purchase import STEPS

_DONE = Q(done_on__isnull=False)

declare(
    Intervals(
        "needs_surveys",
        _("需求调研"),
        model="projects.NeedsSurvey",
        home="community",
        since="done_on",
        until="valid_until",
        marks={"done": Mark(_("一年内完成的需求调研"), _("次"), _DONE)},
        implies=(Implied("needs_survey", _DONE),),
    )
)

declare(
    Intervals(
        "three_lists",
        _("三张清单"),
        model="projects.ListUpkeep",
        home="community",
        marks={
            "needs": Mark(_("一年内更新过的需求清单"), _("张"), Q(part=ListUpkeep.Part.NEEDS)),
            "resources": Mark(_("一年内更新过的资源清单"), _("张"), Q(part=ListUpkeep.Part.RESOURCES)),
            "projects": Mark(_("一年内更新过的项目清单"), _("张"), Q(part=ListUpkeep.Part.PROJECTS)),
        },
        implies=tuple(Implied("three_lists", Q(part=part), component=part.value) for part in ListUpkeep.Part),
    )
)

_COMPLETED = Q(completed_on__isnull=False)

declare(
    Intervals(
        "projects",
        _("服务项目"),
        model="projects.Project",
        home="region",
        since="completed_on",
        until="struck_off_on",
        marks={
            "completed": Mark(_("已完成的项目"), _("个"), _COMPLETED),
            "completed_and_evaluated": Mark(
                _("已完成并经第三方评估的项目"),
                _("个"),
                _COMPLETED & Q(evaluated_on__isnull=False),
                since="evaluated_on",
            ),
        },
    )
)

declare(
    Intervals(
        "purchase_projects",
        _("购买服务项目"),
        model="projects.PurchaseProject",
        home="region",
        since="initiated_on",
        until="cancelled_on",
        marks={
            "initiated": Mark(_("立项的购买服务项目"), _("个")),
            # by the day of initiation, as all of them: a part of the whole, not of another year's
            "all_five_steps": Mark(
                _("走完五个环节的购买服务项目"), _("个"), Q(**{f"{step}__isnull": False for step in STEPS[1:]})
            ),
        },
    )
)

declare(
    Intervals(
        "catalogues",
        _("目录"),
        model="projects.Catalogue",
        home="region",
        marks={"in_force": Mark(_("施行中的目录"), _("个"))},
        implies=tuple(Implied("catalogues", Q(kind=kind), component=kind.value) for kind in Catalogue.Kind),
    )
)

declare(
    Events(
        "service_cases",
        _("服务个案"),
        model="projects.ServiceCase",
        home="community",
        on="opened_on",
        person="client",
        marks={"child_care": Mark(_("儿童关爱个案"), _("件"), Q(field=Field.CHILD_CARE))},
    )
)

declare(
    Events(
        "project_sessions",
        _("项目活动"),
        model="projects.ProjectSession",
        home="community",
        on="held_on",
        marks={"held": Mark(_("开展的项目活动"), _("场"))},
        weights={"person_times": Weight("person_times", _("服务人次"), _("人次"))},
        kinds={
            "field": Values("field", _("服务领域"), dict(Field.choices)),
            "civil_affairs_field": Values("civil_affairs_field", _("民政业务领域"), dict(CivilAffairsField.choices)),
        },
        implies=(Implied("social_work_service", Q(with_social_worker=True), months=12),),
    )
)

declare(
    Events(
        "purchase_contracts",
        _("购买合同"),
        model="projects.PurchaseContract",
        home="region",
        on="signed_on",
        marks={
            "signed": Mark(_("签订的购买合同"), _("份")),
            "to_social_orgs": Mark(
                _("由社会组织承接的购买合同"),
                _("份"),
                Q(supplier_kind=PurchaseContract.SupplierKind.SOCIAL_ORGANIZATION),
            ),
        },
    )
)
