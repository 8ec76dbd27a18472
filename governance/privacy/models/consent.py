"""On what the use of a person's data rests: her consent under a version of the notice, or a duty by law."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.files import FileCheck, evidence_path
from governance.kit.past import refuse_future
from governance.kit.privacy import classified
from governance.kit.sealed import SealedField
from governance.people.models import PersonRecord
from governance.privacy.models.notice import PrivacyNotice


@classified(
    internal="id purpose basis duty notice how given_on state withdrawn_on changed_at file guardian_relation",
    personal="person",
    sensitive="guardian_name",
)
class Consent(PersonRecord):
    """in force → withdrawn, and nothing else ever changes: a new consent is a new record (art. 14–16, 28–31)."""

    class Purpose(models.TextChoices):
        """What the data are used for; what is sensitive needs a consent of its own (art. 29)."""

        SERVICE = "service", _("登记和提供服务")
        IDENTITY = "identity", _("登记居民身份证号（敏感）")
        HEALTH = "health", _("登记健康、残疾、困难情况（敏感）")
        MINOR = "minor", _("登记不满十四周岁的未成年人（敏感）")
        PUBLICATION = "publication", _("公开姓名、照片等")
        PROVISION = "provision", _("向其他组织提供")

    class Basis(models.TextChoices):
        """Why the law allows it (art. 13)."""

        CONSENT = "consent", _("本人或监护人同意")
        CONTRACT = "contract", _("订立、履行合同所必需")
        DUTY = "duty", _("履行法定职责或法定义务")
        EMERGENCY = "emergency", _("应对突发事件、紧急保护")
        DISCLOSED = "disclosed", _("本人已公开的信息")

    class How(models.TextChoices):
        """How a consent was given."""

        PAPER = "paper", _("书面签名")
        IN_PERSON = "in_person", _("当面口头")
        GUARDIAN = "guardian", _("监护人代为同意")
        ORGANIZATION = "organization", _("所在组织的登记表")

    class Guardian(models.TextChoices):
        """What the guardian is to the child (Civil Code art. 27)."""

        PARENT = "parent", _("父母")
        GRANDPARENT = "grandparent", _("祖父母、外祖父母")
        SIBLING = "sibling", _("兄、姐")
        RELATIVE = "relative", _("其他愿意担任监护人的个人")
        INSTITUTION = "institution", _("民政部门、居（村）委会等组织")

    class State(models.TextChoices):
        """Whether it still holds."""

        STANDING = "standing", _("有效")
        WITHDRAWN = "withdrawn", _("已撤回")

    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    basis = models.CharField(
        _("依据"), max_length=10, choices=Basis, default=Basis.CONSENT,
        help_text=_("依法履职必需的，不需要同意，选“履行法定职责或法定义务”，并写明依据的条文。"),
    )  # fmt: skip
    duty = models.CharField(_("依据的条文或合同"), max_length=200, blank=True)
    notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("告知版本"),
        limit_choices_to={"state__in": ["standing", "former"]}, help_text=_("本人看到的那一版；没有填的，取当地现行的一版。"),
    )  # fmt: skip
    how = models.CharField(_("同意方式"), max_length=12, choices=How, blank=True)
    file = models.FileField(
        _("签名扫描件"), upload_to=evidence_path, max_length=120, blank=True, validators=[FileCheck()]
    )
    guardian_name = SealedField(_("监护人姓名"), longest=60)
    guardian_relation = models.CharField(_("监护关系"), max_length=12, choices=Guardian, blank=True)
    given_on = models.DateField(_("同意或确定依据的日期"))
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.STANDING, editable=False)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("同意与处理依据")
        verbose_name_plural = pgettext_lazy("plural", "同意与处理依据")
        ordering = ("-given_on", "-pk")
        default_permissions = ("view", "add")
        permissions = (
            ("withdraw_consent", "Can note that a consent was withdrawn"),
            ("reveal_consent", "Can reveal the guardian behind a consent"),
        )
        constraints = (
            models.CheckConstraint(
                name="consent_has_its_basis",
                condition=Q(basis="consent", notice__isnull=False) & ~Q(how="")
                | ~Q(basis="consent") & ~Q(duty="") & Q(how=""),
                violation_error_message=_("同意须有告知版本和方式；其他依据须写明条文或合同，不填同意方式。"),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(state="standing", withdrawn_on__isnull=True)
                | Q(state="withdrawn", withdrawn_on__gte=F("given_on"), basis="consent"),
                violation_error_message=_("只有同意可以撤回；撤回日期不能早于同意日期。"),
            ),
            models.CheckConstraint(
                name="consent_guardian_only_where_one_agrees",
                condition=Q(how="guardian") & ~Q(guardian_relation="")
                | ~Q(how="guardian") & Q(guardian_name__isnull=True, guardian_relation=""),
                violation_error_message=_("监护人代为同意的须填监护关系；其他的不填监护人。"),
            ),
        )
        indexes = (
            models.Index(fields=("notice", "state"), name="consent_notice"),  # what rests on an older version
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_purpose_display()}"

    def clean(self) -> None:
        """Refuse days that are still to come."""
        super().clean()
        refuse_future(self, "given_on", "withdrawn_on")

    def clean_fields(self, exclude: Any = None) -> None:
        """Take the version that holds where the person is recorded, where none is named."""
        if self.notice_id is None and self.basis == self.Basis.CONSENT and self.person_id is not None:
            self.notice = PrivacyNotice.objects.holding_at(self.person.region.path)
        super().clean_fields(exclude)
