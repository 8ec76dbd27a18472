"""Admin of this app."""

from django.contrib import admin

from governance.desk.listings import JOBS
from governance.desk.models import Job
from governance.kit.admin import ListingAdmin


@admin.register(Job)
class JobAdmin(ListingAdmin):
    """Jobs, to look at."""

    listing = JOBS
