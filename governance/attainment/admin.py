"""Admin of this app."""

from django.contrib import admin

from governance.attainment.listings import REPORTED_FIGURES
from governance.attainment.models import ReportedFigure
from governance.kit.admin import ListingAdmin


@admin.register(ReportedFigure)
class ReportedFigureAdmin(ListingAdmin):
    """Figures."""

    listing = REPORTED_FIGURES
