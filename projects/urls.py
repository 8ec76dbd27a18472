"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from projects.views import CasePage, ProjectPage, summary_page

app_name = "projects"
urlpatterns = [
    path("cases/<int:pk>/summary/", summary_page, name="service_case_summary"),
    *app_pages("projects", {"project": {"detail": ProjectPage}, "service_case": {"detail": CasePage}}),
]
