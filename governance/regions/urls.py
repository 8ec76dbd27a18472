"""Pages of this app."""

from django.urls import path

from governance.kit.routes import pages
from governance.regions import listings, views

app_name = "regions"
urlpatterns = [
    path("choices/", views.RegionChoices.as_view(), name="region_choices"),
    path("go/", views.RegionGo.as_view(), name="region_go"),
    path("import/", views.RegionImport.as_view(), name="region_import"),
    *pages(listings.ESTATES, "estates/"),
    *pages(listings.FACILITIES, "facilities/"),
    *pages(listings.CAPABILITIES, "capabilities/"),
    *pages(listings.SUCCESSIONS, "successions/"),
    *pages(listings.REGISTER_COVERAGE, "registers/"),
    *pages(listings.REGIONS, detail=views.RegionPage),
]
