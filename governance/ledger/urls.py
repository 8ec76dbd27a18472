"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "ledger"
urlpatterns = app_pages("ledger")
