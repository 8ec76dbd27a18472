"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "volunteers"
urlpatterns = app_pages("volunteers")
