"""Pages of this app."""

from django.urls import path

from governance.kit.routes import app_pages
from volunteers import views

app_name = "volunteers"
urlpatterns = [
    path("volunteers/<int:pk>/move/", views.MoveHomePage.as_view(), name="volunteer_move_home"),
    *app_pages(
        "volunteers",
        {
            "volunteer": {"detail": views.VolunteerPage, "choices": views.VolunteerChoices},
            "service_record": {"detail": views.ServiceRecordPage},
            "points_issue": {"detail": views.PointsIssuePage},
        },
    ),
]
