"""A user: a person at a desk, or the account through which a partner system acts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.accounts.roles import ROLES, Role
from governance.kit.belonging import Held
from governance.kit.privacy import classified
from governance.kit.scoping import Scope, ScopedQuerySet
from governance.regions.models import Region


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Users are scoped by the region of their unit."""

    use_in_migrations = False

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Create a user; without a password nobody can log in with it."""
        user: User = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@classified(
    public="id",
    internal="username name region kind language is_active last_login joined_at enabled_at password_changed_at "
    "must_change_password",
    sensitive="password",
)
class User(AbstractBaseUser):
    """What a user may do comes from posts alone: there is no superuser and no permission of one's own."""

    class Kind(models.TextChoices):
        """Who stands behind the account."""

        PERSON = "person", _("人员")
        PARTNER = "partner", _("接口")

    username = models.CharField(
        _("用户名"),
        max_length=64,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个用户名已经有人用了。")},
    )
    name = models.CharField(_("姓名"), max_length=50)
    region = models.ForeignKey(Region, models.PROTECT, related_name="users", verbose_name=_("所属地区"))
    kind = models.CharField(_("类别"), max_length=8, choices=Kind, default=Kind.PERSON, editable=False)
    language = models.CharField(_("界面语言"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    is_active = models.BooleanField(_("启用"), default=True)
    joined_at = models.DateTimeField(_("开通时间"), default=timezone.now, editable=False)
    enabled_at = models.DateTimeField(_("启用时间"), default=timezone.now, editable=False)
    password_changed_at = models.DateTimeField(_("密码修改时间"), default=timezone.now, editable=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = pgettext_lazy("plural", "用户")
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(name="user_kind_known", condition=models.Q(kind__in=["person", "partner"])),
            models.CheckConstraint(
                name="user_only_a_person_has_a_password_to_change",
                condition=models.Q(must_change_password=False) | models.Q(kind="person"),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def _current_posts(self) -> list[tuple[str, str, str]]:
        """Role, region path and unit of the posts that hold today; read once per request."""
        return list(self.posts.alive_on(timezone.localdate()).values_list("role", "region__path", "unit"))

    @cached_property
    def _scopes(self) -> dict[str, Scope]:
        """The scopes of the permissions that were asked for."""
        return {}

    @cached_property
    def current_roles(self) -> list[str]:
        """The roles of the posts that hold today."""
        return sorted({role for role, _path, _unit in self._current_posts})

    @property
    def standing(self) -> tuple[Any, ...]:
        """What her pages depend on: who she is and the posts that she holds today."""
        return self.name, self.region_id, self.is_active, tuple(sorted(self._current_posts))

    @property
    def held_roles(self) -> list[Role]:
        """The roles themselves, for pages that say what an account is for."""
        return [ROLES[role] for role in self.current_roles]

    def scope_for(self, perm: str) -> Scope:
        """Return where `perm` is granted; nowhere for a disabled account."""
        if not self.is_active:
            return Scope()
        if perm not in self._scopes:
            self._scopes[perm] = Scope.over(
                path for role, path, unit in self._current_posts if not unit and perm in ROLES[role].permissions
            )
        return self._scopes[perm]

    def held_for(self, perm: str) -> tuple[Held, ...]:
        """Return the units for whose own records `perm` is granted; none for a disabled account."""
        return tuple(
            Held(ROLES[role].unit, unit, path)
            for role, path, unit in (self._current_posts if self.is_active else ())
            if unit and perm in ROLES[role].permissions
        )

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether a current post grants `perm` somewhere; the place is asked by `scope_for`."""
        return bool(self.scope_for(perm) or self.held_for(perm))

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        """Return whether all are granted."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Return whether anything of an app is granted."""
        granted = (perm for role in self.current_roles for perm in ROLES[role].permissions)
        return self.is_active and any(perm.startswith(f"{app_label}.") for perm in granted)

    @property
    def is_staff(self) -> bool:
        """Whether a current role works in the admin."""
        return self.is_active and any(ROLES[role].admin for role in self.current_roles)
