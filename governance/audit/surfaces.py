"""The surfaces in words; what came through none was done in the database itself."""

from django.utils.translation import gettext_lazy as _

SURFACES = (
    ("page", _("页面")),
    ("api", _("接口")),
    ("admin", _("管理后台")),
    ("job", _("后台任务")),
    ("command", _("命令")),
    ("psql", _("直接操作数据库")),
)
