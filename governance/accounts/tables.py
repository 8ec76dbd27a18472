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
    stands_in_for = django_tables2.Column(accessor="stands_in_for__user__name", verbose_name=_("代理谁"))

    class Meta(Table.Meta):
        model = Post
        fields = ("user", "role", "region", "unit_name", "since", "until", "stands_in_for")
        related = ("user", "region", "stands_in_for__user")


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
