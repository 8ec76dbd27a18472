"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.desk import findings
from governance.desk.exportstates import EXPORT_STATES
from governance.desk.filtersets import (
    AcceptedFindingFilterSet,
    ExportRequestFilterSet,
    ImportBatchFilterSet,
    JobFilterSet,
)
from governance.desk.models import AcceptedFinding, ExportRequest, ImportBatch, Job
from governance.desk.tables import AcceptedFindingTable, ExportRequestTable, ImportBatchTable, JobTable
from governance.kit.access import Access
from governance.kit.listing import Listing

_LOOKED_AT = Access(look="", keep="view", rule="view", partner="")

JOBS = Listing(
    "job", Job, JobFilterSet, JobTable, related=(), access=_LOOKED_AT,
    hint=_("导入等较慢的工作在后台进行，进度和结果会列在这里。"),
)  # fmt: skip
IMPORTS = Listing(
    "import_batch",
    ImportBatch,
    ImportBatchFilterSet,
    ImportBatchTable,
    hint=_("在各台账的列表页点“导入”，上传 Excel 或 CSV 文件。"),
    about=_(
        "上传的文件先核对，确认后才写入；没有确认的不会改动任何数据。内容保留 30 天，之后只留下谁在何时改了哪些记录。"
    ),
    surfaces=frozenset({"page"}),
    related=(),
    access=_LOOKED_AT,
)
EXPORTS = Listing(
    "export_request",
    ExportRequest,
    ExportRequestFilterSet,
    ExportRequestTable,
    at="export-requests",
    states=EXPORT_STATES,
    facts=(
        "noun", "query", "purpose", "note", "by", "region", "requested_at", "expected", "decided_by", "decided_at",
        "reason", "rows", "sha256", "ready_at", "expires_at",
    ),
    related=(),
    access=Access(look="", keep="view add", decide="approve", rule="view add approve", partner=""),
    hint=_("在人员、志愿者等列表页点“申请完整导出”。平常的导出都是遮盖的，不用申请。"),
    about=_("完整导出含姓名、证件号码、电话等，须由别人批准；文件带水印，只有申请人能在有效期内下载，过期自动删除。"),
)  # fmt: skip
ACCEPTED_FINDINGS = Listing(
    "accepted_finding", AcceptedFinding, AcceptedFindingFilterSet, AcceptedFindingTable,
    remove=findings.take_back, surfaces=frozenset({"page", "admin"}), related=(),
    facts=("check_name", "key", "region", "reason", "by", "accepted_at"),
    access=Access(look="", keep="view", rule="view add delete", partner=""),
    hint=_("在数据质量页的问题清单里，核对无误的可以注明理由接受，接受后列在这里。"),
    about=_("核对过、确实没有错的。删除就是撤回：问题还在的，会重新列出。"),
)  # fmt: skip
