"""The Celery application; tasks are found in each app's ``tasks`` module."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.config.settings.base")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _keep_what_is_imported(**_told: Any) -> None:
    """Spare the collector what lives as long as the process: looking through it takes longer than a refresh."""
    gc.collect()
    gc.freeze()
