"""The Django project: settings, root URLs, Celery, WSGI and ASGI. It names apps by string and imports none."""

from governance.config.celery import app as celery_app

__all__ = ["celery_app"]
