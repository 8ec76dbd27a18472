"""What lists of this app show."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from governance.accounts.models import FailedLogin, PartnerClient, Post, User
from governance.kit.tables import DateColumn, Table, TimeColumn


class UserTable(Table):
    """Columns of the user list."""

    region = django_tables2.Column(accessor="region__name", verbose_name=_("所属地区"))
    last_login = TimeColumn()

    class Meta(Table.Meta):
        model = User
        fields = ("username", "name", "region", "kind", "is_active", "last_login")
        related = ("region",)


class PostTable(Table):
    """Columns of the post list."""

    region = django_tables2.Column(accessor="region__name", verbose_name=_("地区"))
    since = DateColumn()
    until = DateColumn()

    class Meta(Table.Meta):
        model = Post
        fields = ("user", "role", "region", "since", "until")
        related = ("user", "region")


class PartnerClientTable(Table):
    """Columns of the partner clients."""

    region = django_tables2.Column(accessor="user__region__name", verbose_name=_("地区"))
    created = TimeColumn()

    class Meta(Table.Meta):
        model = PartnerClient
        fields = ("name", "client_id", "region", "verbs", "created")
        related = ("user__region",)


class FailedLoginTable(Table):
    """Columns of the failed logins."""

    region = django_tables2.Column(accessor="region__name", verbose_name=_("所属地区"))
    last_at = TimeColumn()
    locked_until = TimeColumn()

    class Meta(Table.Meta):
        model = FailedLogin
        fields = ("key", "kind", "locked_until", "failures", "turned_away", "last_at", "region")
        related = ("region",)
