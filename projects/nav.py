"""The line of this app in the navigation; its lists stand below it."""

from django.utils.translation import gettext_lazy as _

from governance.kit.navigation import Entry, register

register(
    Entry("projects", "linkage", 60, _("项目"), "projects:project_list", "list-check", "projects.view_project"),
)
