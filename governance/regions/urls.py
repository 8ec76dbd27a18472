"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from governance.regions import views

app_name = "regions"
urlpatterns = [
    path("go/", views.RegionGo.as_view(), name="region_go"),
    path("import/", views.RegionImport.as_view(), name="region_import"),
    *app_pages("regions", {"region": {"detail": views.RegionPage, "choices": views.RegionChoices}}),
]
