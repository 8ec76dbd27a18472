"""Pages of this app."""

from django.urls import path

from governance.kit.routes import pages
from governance.policies import listings, views

app_name = "policies"
urlpatterns = [
    *pages(listings.INDICATORS, "indicators/", detail=views.IndicatorPage),
    *pages(listings.CLAUSES, "clauses/", detail=views.ClausePage),
    *pages(listings.TARGETS, "targets/"),
    *pages(listings.REFERENCE_POINTS, "references/"),
    path("<str:slug>/pack.yaml", views.PackPage.as_view(listing=listings.POLICIES), name="policy_pack"),
    *pages(listings.POLICIES, detail=views.PolicyPage),
]
