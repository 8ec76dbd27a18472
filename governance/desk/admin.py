"""Admin of this app."""

from django.contrib import admin

from governance.desk.listings import ACCEPTED_FINDINGS, JOBS
from governance.desk.models import AcceptedFinding, Job
from governance.kit.admin import ListingAdmin


@admin.register(Job)
class JobAdmin(ListingAdmin):
    """Jobs, to look at."""

    listing = JOBS


@admin.register(AcceptedFinding)
class AcceptedFindingAdmin(ListingAdmin):
    """Findings that were accepted; to remove one is to take it back."""

    listing = ACCEPTED_FINDINGS
