"""What may be wrong with persons."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.kit.quality import Check, Kind, register, twice
from governance.people.models import Person

OLDEST = 115

register(
    Check(
        Person, "same_name_and_phone", Kind.DUPLICATE, _("姓名和电话相同的人员"),
        _("很可能是同一个人建了两份档案。核对证件号码后保留一份；确是两个人（如家人同名同号）的，注明理由接受。"),
        lambda rows: twice(rows, "name", "phone_index", among=Q(phone_index__isnull=False)),
    ),
    Check(
        Person, "birth_year", Kind.IMPOSSIBLE, _("年龄不可能的人员"),
        _("按出生年份算，还没有出生，或者超过 115 岁。请核对证件号码。"),
        lambda rows: rows.filter(
            Q(birth_year__gt=timezone.localdate().year) | Q(birth_year__lt=timezone.localdate().year - OLDEST)
        ),
    ),
    Check(
        Person, "no_number_no_phone", Kind.MISSING, _("没有证件号码也没有电话的人员"),
        _("以后再登记这个人时认不出来，会重复建档。请补填一项。"),
        lambda rows: rows.filter(identity_index=None, phone_index=None),
    ),
)  # fmt: skip
