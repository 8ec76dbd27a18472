"""Pages of this app."""

from governance.kit.routes import pages
from governance.policies import listings, views

app_name = "policies"
urlpatterns = [
    *pages(listings.INDICATORS, "indicators/", detail=views.IndicatorPage),
    *pages(listings.CLAUSES, "clauses/", detail=views.ClausePage),
    *pages(listings.TARGETS, "targets/"),
    *pages(listings.REFERENCE_POINTS, "references/"),
    *pages(listings.POLICIES, detail=views.PolicyPage),
]
