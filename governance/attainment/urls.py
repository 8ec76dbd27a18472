"""Pages of this app."""

from governance.attainment import listings
from governance.kit.routes import pages

app_name = "attainment"
urlpatterns = pages(listings.REPORTED_FIGURES, "figures/")
