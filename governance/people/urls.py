"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from governance.people import views

app_name = "people"
urlpatterns = [
    path("find/", views.find_page, name="person_find"),
    *app_pages("people", {"person": {"list": views.PersonListPage}}),
]
