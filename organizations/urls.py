"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "organizations"
urlpatterns = app_pages("organizations")
