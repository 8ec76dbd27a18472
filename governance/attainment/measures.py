"""Numbers that are reported and not counted: population, surveys, and what only a document tells (one code an indicator)."""

from django.utils.translation import gettext_lazy as _

from governance.kit.measures.sources import Reportable, declare_reportable

declare_reportable(
    Reportable("resident_population", _("常住人口"), _("人"), "population"),
    Reportable("urban_resident_population", _("城镇常住人口"), _("人"), "population"),
    Reportable("hukou_population", _("户籍人口"), _("人"), "population"),
    Reportable("survey.unfamiliar_neighbours", _("不熟悉邻居的受访者"), _("人"), "survey", pair=True),
    Reportable("survey.participation", _("积极参与社区治理的受访者"), _("人"), "survey", pair=True),
    Reportable("tally.xm_policy_system", _("支持专业社会工作发展的政策文件"), _("项"), "tally"),
    Reportable("tally.xm_decoupling", _("与党政机关四方面脱钩的社会组织"), _("个"), "tally"),
    Reportable("tally.xm_national_pilots", _("全国社区治理和服务创新实验区（厦门）"), _("个"), "tally"),
    Reportable("tally.ah_smart_community_demos", _("智慧社区示范点"), _("个"), "tally"),
    Reportable("tally.ah_national_pilots", _("国家级试点示范（安徽）"), _("个"), "tally"),
    Reportable("tally.ah_provincial_pilots", _("省级试点示范"), _("个"), "tally"),
    Reportable("tally.ah_innovation_awards", _("社区治理创新成果"), _("个"), "tally"),
    Reportable("tally.ah_three_society_pilots", _("“三社联动”试点工程"), _("个"), "tally"),
    Reportable("tally.ty_micro_governed_grids", _("实行“微治理”的片区"), _("个"), "tally"),
    Reportable("tally.ty_grids", _("片区"), _("个"), "tally"),
    Reportable("tally.ty_policy_documents", _("社区治理政策文件"), _("个"), "tally"),
    Reportable("tally.ty_departments", _("承担任务的部门单位"), _("个"), "tally"),
    Reportable("tally.ty_chat_groups", _("“党建领航三社联动”微信群"), _("个"), "tally"),
    Reportable("tally.ty_promoted_secretaries", _("提拔为副科级领导干部的社区书记"), _("人"), "tally"),
    Reportable("tally.km_platforms_named", _("文件命名的共治平台"), _("个"), "tally"),
)
