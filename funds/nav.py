"""Lines of this app in the navigation; its lists stand below them."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(Entry("charity", "actors", 50, _("慈善资源"), "funds:fund_list", "heart-handshake", "funds.view_fund"))
