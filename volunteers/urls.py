"""Pages of this app."""

from governance.kit.routes import app_pages
from volunteers import views

app_name = "volunteers"
urlpatterns = app_pages("volunteers", {"volunteer": {"choices": views.VolunteerChoices}})
