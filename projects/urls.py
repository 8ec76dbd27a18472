"""Pages of this app."""

from governance.kit.routes import app_pages
from projects.views import ProjectPage

app_name = "projects"
urlpatterns = [
    *app_pages("projects", {"project": {"detail": ProjectPage}}),
]
