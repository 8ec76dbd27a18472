"""What this app offers the kit: how persons are named everywhere, and how often somebody has looked at what is masked."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from governance.audit.models import AuditEvent
from governance.kit import revealing
from governance.kit.references import Reference, register
from governance.people.fields import PersonField, PersonFilter, PersonKeyField
from governance.people.models import Person
from governance.people.naming import Finding


def _reveals_today(user: Any) -> int:
    """Return how often a user has looked at what is masked since midnight."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    looks = AuditEvent.objects.filter(actor_id=user.pk, at__gte=midnight, action__endswith=f".{revealing.VERB}")
    return looks.count()


def _form_field(field: Any) -> PersonField:
    return PersonField(label=capfirst(field.verbose_name), required=not field.blank)


register(
    Reference(
        model=Person,
        form=_form_field,
        filter=PersonFilter,
        serializer=PersonKeyField,
        key=lambda person: str(person.pk),
        resolve=Finding().resolve,
        columns=(
            ("name", gettext_lazy("姓名")),
            ("identity_number", gettext_lazy("居民身份证号")),
            ("phone", gettext_lazy("电话")),
        ),
        show="masked",  # no field: a table shows the person as a text, which is the masked name
        others={
            "name": ("人员姓名",),
            "identity_number": (
                "身份证",
                "身份证号",
                "身份证号码",
                "居民身份证",
                "居民身份证号码",
                "公民身份号码",
                "证件号",
                "证件号码",
            ),
            "phone": ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码"),
        },
        sealed=frozenset({"identity_number", "phone"}),
        notes={
            "name": gettext_lazy("身份证上的姓名。登记后不能换人：已有记录的可以不填。"),
            "identity_number": gettext_lazy("按号码找已有的档案，同一个人只建一份。核对时遮盖，导出中没有。"),
            "phone": gettext_lazy("手机号，或区号和固定电话号码。核对时遮盖，导出中没有。"),
        },
    )
)
revealing.counted_by(_reveals_today)
