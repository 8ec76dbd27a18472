"""The lists of this app."""

from django.utils.translation import gettext_lazy as _

from governance.desk.filtersets import ImportBatchFilterSet, JobFilterSet
from governance.desk.models import ImportBatch, Job
from governance.desk.tables import ImportBatchTable, JobTable
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
