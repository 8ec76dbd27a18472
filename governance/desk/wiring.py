"""Offers the kit a place to keep jobs, imports, messages and filters."""

from django.utils.translation import gettext_lazy as _

from governance.desk import exporting
from governance.desk.forgetting import forget_person
from governance.desk.importing.receiving import Imports
from governance.desk.importing.resealing import StagedRows
from governance.desk.mailbox import Mailbox
from governance.desk.models import ExportRequest, ImportRow, SavedFilter
from governance.desk.savedfilters import SavedFilters
from governance.desk.store import JobStore
from governance.kit import erasing, events, fullexport, jobs, messages, retention, rotation, savedfilters
from governance.kit.imports import store

jobs.keep_in(JobStore())
store.keep_in(Imports())
messages.keep_in(Mailbox())
savedfilters.keep_in(SavedFilters())
rotation.register(StagedRows())
events.listen(exporting.follow)
fullexport.asked_at("desk:export_request_ask")

erasing.forgotten_by(forget_person)
retention.keep(
    ExportRequest,
    ended="requested_at",
    months=36,
    why=_("申请后三年：完整导出须能说明去向（《个人信息保护法》第五十六条）。"),
)
retention.apart(ImportRow, _("导入的内容 30 天后由夜间任务清除，没有确认的一天后清除。"))
retention.apart(SavedFilter, _("用户自己保存的筛选，随时可删；删除个人信息时，含其姓名的一并删除。"))
