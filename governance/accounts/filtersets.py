"""How lists of this app are filtered."""

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.accounts import roles
from governance.accounts.models import FailedLogin, PartnerClient, Post, User
from governance.kit.filters import FilterSet


class UserFilterSet(FilterSet):
    """Filters of the user list."""

    search = ("username__icontains", "name__contains")
    search_hint = _("用户名、姓名")

    kind = django_filters.ChoiceFilter(label=_("类别"), choices=User.Kind)
    is_active = django_filters.BooleanFilter(label=_("启用"))

    class Meta:
        model = User
        fields = ()


class PostFilterSet(FilterSet):
    """Filters of the post list."""

    search = ("user__username__icontains", "user__name__contains", "region__name__contains")
    search_hint = _("用户、地区")

    role = django_filters.ChoiceFilter(label=_("角色"), choices=roles.choices)

    class Meta:
        model = Post
        fields = ()


class PartnerClientFilterSet(FilterSet):
    """Filters of the partner clients."""

    search = ("name__contains", "client_id__startswith")
    search_hint = _("名称、客户端编号")

    class Meta:
        model = PartnerClient
        fields = ()


class FailedLoginFilterSet(FilterSet):
    """Filters of the failed logins."""

    search = ("key__icontains",)
    search_hint = _("用户名、网络地址")

    kind = django_filters.ChoiceFilter(label=_("类别"), choices=FailedLogin.Kind)

    class Meta:
        model = FailedLogin
        fields = ()
