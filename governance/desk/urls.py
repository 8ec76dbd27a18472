"""Pages of this app."""

from django.urls import path

from governance.desk import listings, views
from governance.kit.routes import pages

app_name = "desk"
urlpatterns = [
    path("", views.Workbench.as_view(), name="workbench"),
    path("jobs/<int:pk>/file/", views.JobFile.as_view(listing=listings.JOBS), name="job_file"),
    *pages(listings.JOBS, "jobs/", detail=views.JobPage),
]
