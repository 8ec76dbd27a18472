from __future__ import annotations

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "tests.trial"
    label = "trial"
    verbose_name = "试验"
