"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from organizations.views import DissolutionPage, OrganizationPage, RelocationPage, RestorationPage, StatusPage

app_name = "organizations"
urlpatterns = [
    path("<int:pk>/standing/", StatusPage.as_view(), name="organization_standing"),
    path("<int:pk>/relocate/", RelocationPage.as_view(), name="organization_relocate"),
    path("<int:pk>/dissolve/", DissolutionPage.as_view(), name="organization_dissolve"),
    path("<int:pk>/restore/", RestorationPage.as_view(), name="organization_restore"),
    *app_pages("organizations", {"organization": {"detail": OrganizationPage}}),
]
