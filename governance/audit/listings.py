"""The trail as lists, which nobody writes: for the auditor alone."""

from django.utils.translation import gettext_lazy as _

from governance.audit.filtersets import AuditEventFilterSet, AuditSealFilterSet, RowChangeFilterSet
from governance.audit.models import AuditEvent, AuditSeal, RowChange
from governance.audit.tables import AuditEventTable, AuditSealTable, RowChangeTable
from governance.kit.access import APART
from governance.kit.listing import Listing
from governance.kit.navigation import Line

AUDIT_EVENTS = Listing(
    "audit_event",
    AuditEvent,
    AuditEventFilterSet,
    AuditEventTable,
    surfaces=frozenset({"page", "admin"}),
    access=APART,
    related=(),
    facts=("at", "actor_name", "surface", "address", "action", "model", "record_id", "record_name"),
    nav=Line("data", 96, "shield-check"),
    about=_("谁在什么时候、从哪里做了或看了什么。只增不改，定时封存。"),
    hint=_("登录、新增、修改、导出等都会记在这里。"),
)
ROW_CHANGES = Listing(
    "row_change",
    RowChange,
    RowChangeFilterSet,
    RowChangeTable,
    surfaces=frozenset({"page", "admin"}),
    access=APART,
    related=(),
    facts=(
        "at",
        "table_name",
        "record_id",
        "operation",
        "actor",
        "surface",
        "address",
        "action",
        "session_name",
        "transaction",
    ),
    nav=Line("audit.audit_event", 1),
    about=_("每条数据的新增、修改、删除，由数据库自己记录，不论从哪里改。"),
    hint=_("数据一有变更就会出现在这里。"),
)
AUDIT_SEALS = Listing(
    "audit_seal",
    AuditSeal,
    AuditSealFilterSet,
    AuditSealTable,
    surfaces=frozenset({"page"}),
    access=APART,
    related=(),
    facts=("at", "events", "changes", "last_at", "from_transaction", "to_transaction", "digest", "previous"),
    nav=Line("audit.audit_event", 2),
    about=_("每几秒把新的审计记录封存一次，前后相连；运行 manage.py verify_audit 核对。"),
    hint=_("有了审计记录，几秒之后就会封存。"),
)
