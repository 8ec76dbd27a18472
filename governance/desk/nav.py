"""Lines of this app in the navigation."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry("workbench", "top", 0, _("工作台"), "desk:workbench", "home"),
    Entry("imports", "data", 94, _("数据导入"), "desk:import_batch_list", "upload", "desk.view_importbatch"),
    Entry("jobs", "data", 95, _("后台任务"), "desk:job_list", "list-details", "desk.view_job"),
)
