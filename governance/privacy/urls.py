"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from governance.privacy import pages, views

app_name = "privacy"
urlpatterns = [
    path("", pages.PublicNotice.as_view(), name="public"),
    path("version/<int:pk>/", pages.PublicNotice.as_view(), name="public_version"),
    path("retention/", views.Periods.as_view(), name="retention"),
    path("requests/<int:pk>/copy/<str:token>/", views.FetchCopy.as_view(), name="data_subject_request_fetch"),
    *app_pages("privacy", {"data_subject_request": {"detail": views.RequestPage}}),
]
