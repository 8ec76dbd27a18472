"""What may be wrong with funds: sums that disagree, days that cannot be."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funds.models import Fund, FundBudget, FundGrant
from governance.kit.quality import Check, Kind, register, twice

_SPENT = (
    FundGrant.objects.filter(fund=OuterRef("fund"))
    .annotate(year=ExtractYear("granted_on"))
    .filter(year=OuterRef("year"))
    .order_by()
    .values("fund")
    .annotate(total=Sum("amount"))
    .values("total")
)

register(
    Check(
        FundBudget, "overspent", Kind.IMPOSSIBLE, _("当年拨付超过预算的基金"),
        _("这只基金当年拨付的合计大于预算。请核对拨付和预算的金额。"),
        lambda rows: rows.filter(fund__isnull=False).alias(spent=Subquery(_SPENT)).filter(spent__gt=F("amount")),
    ),
    Check(
        FundGrant, "in_future", Kind.IMPOSSIBLE, _("拨付日期在将来的资助"),
        _("还没有拨付的不登记。请核对日期。"),
        lambda rows: rows.filter(granted_on__gt=timezone.localdate()),
    ),
    Check(
        FundGrant, "before_fund", Kind.IMPOSSIBLE, _("拨付早于基金设立的资助"),
        _("拨付日期早于基金的设立日期。请核对两个日期。"),
        lambda rows: rows.filter(granted_on__lt=F("fund__since")),
    ),
    Check(
        Fund, "no_agreement_day", Kind.MISSING, _("没有协议签订日期的基金"),
        _("请按设立协议补填。"),
        lambda rows: rows.filter(agreement_on=None, until=None),
    ),
    Check(
        Fund, "same_document_no", Kind.DUPLICATE, _("同一地区文号相同的基金"),
        _("很可能登记了两次。保留一条，另一条填终止日期。"),
        lambda rows: twice(rows, "region", "document_no", among=Q(until=None) & ~Q(document_no="")),
    ),
)  # fmt: skip
