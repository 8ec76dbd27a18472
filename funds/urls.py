"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "funds"
urlpatterns = app_pages("funds")
