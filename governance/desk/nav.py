"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry("workbench", "top", 0, _("工作台"), "desk:workbench", "home"),
    Entry("quality", "data", 93, _("数据质量"), "desk:quality", "clipboard-check", "desk.view_acceptedfinding"),
    Entry("imports", "data", 94, _("数据导入"), "desk:import_batch_list", "upload", "desk.view_importbatch"),
    Entry("exports", "data", 95, _("完整导出"), "desk:export_request_list", "lock-open", "desk.view_exportrequest"),
    Entry("jobs", "data", 96, _("后台任务"), "desk:job_list", "list-details", "desk.view_job"),
)
