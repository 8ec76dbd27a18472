"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "people"
urlpatterns = app_pages("people")
