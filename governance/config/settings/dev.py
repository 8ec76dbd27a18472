"""A private portal on one machine: own PostgreSQL and Valkey unless URLs are given, keys made once, plain HTTP."""

import os
from pathlib import Path

from governance.config import env
from governance.config.settings.base import *
from governance.config.settings.base import BASE_DIR, DATABASES, INDEX_KEYS, PASSWORD_DAYS, SEALING_KEYS, UNUSED_DAYS
from governance.kit.embedded import address, keys

STATE = Path(env.text("PORTAL_STATE", str(BASE_DIR / ".state")))
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO", default=not os.environ.get("DATABASE_URL"))  # somebody else's database holds real data
# Whoever tries the demonstration has the password in front of her eyes: neither phone nor a new password is asked for.
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=not DEMO)
PASSWORD_DAYS, UNUSED_DAYS = (0, 0) if DEMO else (PASSWORD_DAYS, UNUSED_DAYS)
SECRET_KEY = env.text("SECRET_KEY", "") or keys.secret_key(STATE)
SEALING_KEYS = SEALING_KEYS or [keys.kept(STATE, "sealing_key", keys.sealing_key)]
INDEX_KEYS = INDEX_KEYS or [keys.kept(STATE, "index_key", keys.sealing_key)]
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PRIVATE_ROOT = env.text("PRIVATE_ROOT", str(STATE / "private"))
STATIC_ROOT = env.text("STATIC_ROOT", str(STATE / "static"))

if PRIVATE := address.missing():
    given = DATABASES["default"]
    DATABASES = {"default": address.database(STATE, durable=True, servers=PRIVATE, given=given)}
if address.VALKEY in PRIVATE:
    REDIS_URL = address.redis_url(STATE)
    CELERY_BROKER_URL = address.celery_url(STATE)
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
