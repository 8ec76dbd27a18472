"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "deliberation"
urlpatterns = app_pages("deliberation")
