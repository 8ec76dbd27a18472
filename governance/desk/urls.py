"""Pages of this app."""

from django.urls import path

from governance.desk import exportpages, importpages, listings, manual, messagepages, qualitypages, views
from governance.desk.filterpages import RemoveFilter, SaveFilter
from governance.desk.searchpage import SearchPage
from governance.kit.routes import pages

app_name = "desk"
urlpatterns = [
    path("", views.Workbench.as_view(), name="workbench"),
    path("due/", views.Dues.as_view(), name="dues"),
    path("messages/", messagepages.MessageList.as_view(), name="message_list"),
    path("messages/read/", messagepages.ReadMessages.as_view(), name="message_read"),
    path("manual/", manual.Contents.as_view(), name="manual"),
    path("manual/<slug:section>/", manual.Section.as_view(), name="manual_section"),
    path("search/", SearchPage.as_view(), name="search"),
    path("filters/add/", SaveFilter.as_view(), name="saved_filter_add"),
    path("filters/<int:pk>/remove/", RemoveFilter.as_view(), name="saved_filter_remove"),
    path("jobs/<int:pk>/file/", views.JobFile.as_view(listing=listings.JOBS), name="job_file"),
    *pages(listings.JOBS, "jobs/", detail=views.JobPage),
    path("quality/", qualitypages.Overview.as_view(), name="quality"),
    path("quality/recount/", qualitypages.Recount.as_view(), name="quality_recount"),
    *pages(listings.ACCEPTED_FINDINGS, "quality/accepted/"),
    path("quality/<str:name>/", qualitypages.FindingList.as_view(), name="quality_list"),
    path("quality/<str:name>/export/<slug:kind>/", qualitypages.FindingExport.as_view(), name="quality_export"),
    path("quality/<str:name>/<int:key>/accept/", qualitypages.Accept.as_view(), name="quality_accept"),
    path("export-requests/ask/", exportpages.AskPage.as_view(), name="export_request_ask"),
    path(
        "export-requests/<int:pk>/file/<str:token>/",
        exportpages.FetchPage.as_view(listing=listings.EXPORTS),
        name="export_request_fetch",
    ),
    *pages(listings.EXPORTS, "export-requests/", detail=exportpages.RequestPage),
    *(
        path(f"imports/<int:pk>/{at}/", view.as_view(listing=listings.IMPORTS), name=f"import_batch_{at}")
        for at, view in importpages.STEPS.items()
    ),
    *pages(listings.IMPORTS, "imports/", detail=importpages.ImportBatchPage),
]
