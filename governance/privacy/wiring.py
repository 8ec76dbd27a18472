"""What this app tells the kit: what belongs to a request's moves, what falls due, and how long its own records are kept."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.kit import dues, erasing, events, retention
from governance.people.models import Person
from governance.privacy import actions
from governance.privacy.models import Consent, DataSubjectRequest

events.listen(actions.follow)
_closed = (DataSubjectRequest.State.ANSWERED, DataSubjectRequest.State.REFUSED)
dues.register(
    dues.Due(DataSubjectRequest, "due_on", ~Q(state__in=_closed), "due_on", _("个人信息权利申请答复期限")),
)
retention.keep(
    Person, ended="changed_at", months=12,
    why=_("所有身份都已结束并各自期满，档案又满一年没有变化（《个人信息保护法》第十九条：实现目的所必要的最短时间）。"),
)  # fmt: skip
retention.keep(
    DataSubjectRequest, ended="answered_at", months=36,
    why=_("答复后三年：与个人信息保护影响评估报告同一期限（《个人信息保护法》第五十六条）。"),
)  # fmt: skip
retention.keep(
    Consent, ended="withdrawn_on", months=36,
    why=_("撤回后三年：证明撤回以前的处理有依据（第十五条第二款），诉讼时效三年（《民法典》第一百八十八条）。"),
)  # fmt: skip
erasing.stays(DataSubjectRequest, _("申请和答复的事实须能证明；申请人的姓名、联系方式和内容清空。"))
erasing.stays(Consent, _("证明处理有依据；监护人姓名和扫描件清空。"))
