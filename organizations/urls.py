"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from organizations.views import DissolutionPage, OrganizationPage, RelocationPage, StatusPage

app_name = "organizations"
urlpatterns = [
    path("<int:pk>/standing/", StatusPage.as_view(), name="organization_standing"),
    path("<int:pk>/relocate/", RelocationPage.as_view(), name="organization_relocate"),
    path("<int:pk>/dissolve/", DissolutionPage.as_view(), name="organization_dissolve"),
    *app_pages("organizations", {"organization": {"detail": OrganizationPage}}),
]
