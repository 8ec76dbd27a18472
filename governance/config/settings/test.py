"""Settings for the test run: a database of its own that may forget at a crash, quick password hashes."""

from pathlib import Path

from governance.config import env
from governance.config.settings.base import *
from governance.config.settings.base import BASE_DIR, DATABASES, INSTALLED_APPS, STORAGES
from governance.kit.embedded import address

STATE = Path(env.text("PORTAL_STATE", str(BASE_DIR / ".state-test")))
INSTALLED_APPS = [*INSTALLED_APPS, "tests.trial"]
SECRET_KEY = "for tests only"  # noqa: S105
SEALING_KEYS = ["Zm9yIHRlc3RzIG9ubHksIHRoaXJ0eS10d28gYnl0ZXM="]
INDEX_KEYS = ["YW5vdGhlciBvZiB0aGlydHktdHdvIGJ5dGVzIGluYWw="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REQUIRE_SECOND_FACTOR = False  # the tests that are about it turn it on
PRIVATE_ROOT = env.text("PRIVATE_ROOT", str(STATE / "private"))
STATIC_ROOT = str(STATE / "static")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if PRIVATE := address.missing():
    given = DATABASES["default"]
    DATABASES = {"default": address.database(STATE, durable=False, servers=PRIVATE, given=given)}
if address.VALKEY in PRIVATE:
    REDIS_URL = address.redis_url(STATE)
    CELERY_BROKER_URL = address.celery_url(STATE)
WHITENOISE_AUTOREFRESH = True  # or each client of a test begins with reading hundreds of files
PAGES_KEPT_SECONDS = 0  # a test asks for what is, and says so where it asks for what is kept
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
