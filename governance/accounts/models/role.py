"""The roles as they stand in the code, in a table: what the database asks, and what the history of rights shows."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.kit.privacy import classified


@classified(public="slug name description permissions levels unit works_in_admin apart")
class RoleInForce(models.Model):
    """A role of `accounts.roles`; the rows follow the code after each migration, and their history tells what changed."""

    slug = models.CharField(_("标识"), max_length=20, primary_key=True)
    name = models.CharField(_("名称"), max_length=50)
    description = models.CharField(_("说明"), max_length=200)
    permissions = ArrayField(models.CharField(max_length=100), verbose_name=_("权限"))
    levels = ArrayField(models.CharField(max_length=10), verbose_name=_("可设级别"))
    unit = models.CharField(_("所属单位类别"), max_length=20, blank=True)
    works_in_admin = models.BooleanField(_("在管理后台工作"))
    apart = models.BooleanField(_("不得兼任"))

    class Meta:
        verbose_name = _("角色")
        verbose_name_plural = pgettext_lazy("plural", "角色")
        ordering = ("slug",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
