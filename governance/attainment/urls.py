"""Pages of this app."""

from django.urls import path

from governance.attainment import listings
from governance.attainment.views.allocation import AllocationPage
from governance.attainment.views.children import ChildrenPage
from governance.attainment.views.comparison import ComparisonPage
from governance.attainment.views.dashboard import DashboardPage
from governance.attainment.views.evidence import EvidenceExport, EvidencePage
from governance.attainment.views.files import ChildrenFile, DashboardFile, IndicatorFile
from governance.attainment.views.indicator import IndicatorPage
from governance.attainment.views.months import ConfirmedMonthList, ConfirmMonthPage, MonthsPage
from governance.attainment.views.place import ResultChoices, ResultGo
from governance.attainment.views.plans import PlanPage
from governance.attainment.views.runs import RunList, RunPage, StartRunPage
from governance.kit.routes import app_pages, pages
from governance.regions.listings import REGIONS

app_name = "attainment"
urlpatterns = [
    path("", DashboardPage.as_view(), name="dashboard"),
    path("export.<slug:kind>", DashboardFile.as_view(), name="dashboard_export"),
    path("children/", ChildrenPage.as_view(), name="children"),
    path("children/export.<slug:kind>", ChildrenFile.as_view(), name="children_export"),
    path("comparison/", ComparisonPage.as_view(), name="comparison"),
    path("places/", ResultChoices.as_view(listing=REGIONS), name="place_choices"),
    path("places/go/", ResultGo.as_view(), name="place_go"),
    path("indicators/<slug:slug>/", IndicatorPage.as_view(), name="indicator"),
    path("indicators/<slug:slug>/allocation/", AllocationPage.as_view(), name="allocation"),
    path("indicators/<slug:slug>/export.<slug:kind>", IndicatorFile.as_view(), name="indicator_export"),
    path("evidence/", EvidencePage.as_view(), name="evidence"),
    path("evidence/export.<slug:kind>", EvidenceExport.as_view(), name="evidence_export"),
    path("confirmed_months/below/", MonthsPage.as_view(), name="months"),
    *app_pages(
        "attainment",
        {
            "confirmed_month": {"list": ConfirmedMonthList, "add": ConfirmMonthPage},
            "improvement_plan": {"detail": PlanPage},
        },
    ),
    path("runs/add/", StartRunPage.as_view(listing=listings.ATTAINMENT_RUNS), name="attainment_run_add"),
    *pages(listings.ATTAINMENT_RUNS, "runs/", list=RunList, detail=RunPage),
]
