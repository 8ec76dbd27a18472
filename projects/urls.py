"""Pages of this app."""

from governance.kit.routes import app_pages

app_name = "projects"
urlpatterns = app_pages("projects")
