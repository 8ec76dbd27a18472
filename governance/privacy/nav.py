"""Lines of this app in the navigation; its lists stand below them."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry("privacy", "data", 20, _("个人信息保护"), "privacy:consent_list", "shield-lock", "privacy.view_consent"),
    Entry(
        "privacy.periods", "", 4, _("保存期限"), "privacy:retention", permission="privacy.view_retentionrun",
        parent="privacy",
    ),
)  # fmt: skip
