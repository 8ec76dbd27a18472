"""What may be wrong with social organisations and with the people who work there."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.creditcode import ALPHABET, LENGTH
from governance.kit.quality import (
    Check,
    Kind,
    check_sign,
    ended,
    register,
    sign_at,
    stale_since,
    still_there,
    twice,
)
from organizations.models import (
    CommunityWorkerPost,
    Organization,
    OrganizationStatus,
    SocialWorkCertificate,
    SocialWorkPost,
)

_MODULUS = 31
_WEIGHTS = [pow(3, place, _MODULUS) for place in range(LENGTH - 1)]
_STATUSES = OrganizationStatus.objects.filter(organization=OuterRef("pk"))
_YOUNGEST = 16


def _gone(organization: str) -> Any:
    """Return the condition that an organisation had statuses and has none today."""
    every = OrganizationStatus.objects.filter(organization=OuterRef(organization))
    return Exists(every) & ~Exists(every.filter(still_there()))


register(
    Check(
        Organization, "same_name_and_contact", Kind.DUPLICATE, _("名称和联系人相同的组织"),
        _("在几个地区各登记了一次，很可能是同一个组织。保留一条，其余的删除或注销。"),
        lambda rows: twice(rows, "name", "contact", among=Q(contact__isnull=False)),
    ),
    Check(
        Organization, "same_filing_no", Kind.DUPLICATE, _("备案编号相同的组织"),
        _("一个备案编号只给一个组织。请核对备案证。"),
        lambda rows: twice(rows, "filing_no", among=~Q(filing_no="")),
    ),
    Check(
        Organization, "credit_code", Kind.NUMBER, _("统一社会信用代码校验不符的组织"),
        _("最后一位校验码和前 17 位对不上，多半抄错了一位。确有证书的，在组织里填校验未通过的依据。"),
        lambda rows: rows.filter(uscc__isnull=False, uscc_proof="").exclude(
            pk__in=rows.model._default_manager.alias(
                wanted=check_sign("uscc", ALPHABET, LENGTH, _WEIGHTS, _MODULUS), found=sign_at("uscc", ALPHABET, LENGTH)
            ).filter(uscc__isnull=False, wanted=F("found")).values("pk")
        ),
    ),
    Check(
        Organization, "no_status", Kind.MISSING, _("没有登记状态和日期的组织"),
        _("没有状态的组织不计入任何指标。请补录指导、备案或登记的起始日期。"),
        lambda rows: rows.filter(~Exists(_STATUSES)),
    ),
    Check(
        Organization, "stale", Kind.STALE, _("久未更新的组织"),
        _("一年多没有核对过。请核对后保存一次。"),
        lambda rows: rows.filter(~_gone("pk"), changed_at__date__lt=stale_since()),
    ),
    Check(
        OrganizationStatus, "in_future", Kind.IMPOSSIBLE, _("起始日期在将来的组织状态"),
        _("还没有到的状态不计入；请核对年份。"),
        lambda rows: rows.filter(since__gt=timezone.localdate()),
    ),
    Check(
        SocialWorkPost, "organization_is_gone", Kind.ORPHAN, _("所在组织已注销的社工岗位"),
        _("组织已经没有有效的状态，岗位还在。请填离任日期，或者改到现在的用人单位。"),
        lambda rows: rows.filter(still_there(), _gone("organization")),
    ),
    Check(
        SocialWorkPost, "place_is_gone", Kind.ORPHAN, _("岗位所在地已停用的社工"),
        _("所在地区已经停用。请改到现在的地区。"),
        lambda rows: rows.filter(still_there() & ended("region__until")),
    ),
    Check(
        SocialWorkPost, "too_young", Kind.IMPOSSIBLE, _("任职时不满 16 岁的社工"),
        _("按证件号码的出生年份，任职时不满 16 岁。请核对人员和任职日期。"),
        lambda rows: rows.filter(since__year__lt=F("person__birth_year") + _YOUNGEST),
    ),
    Check(
        CommunityWorkerPost, "in_future", Kind.IMPOSSIBLE, _("任职日期在将来的社区工作者"),
        _("还没有到任的不计入；请核对年份。"),
        lambda rows: rows.filter(since__gt=timezone.localdate()),
    ),
    Check(
        SocialWorkCertificate, "in_future", Kind.IMPOSSIBLE, _("取得日期在将来的证书"),
        _("请按证书核对取得日期。"),
        lambda rows: rows.filter(since__gt=timezone.localdate()),
    ),
)  # fmt: skip
