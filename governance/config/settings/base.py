"""Settings that are safe for production; everything secret or local comes from the environment."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from governance.config import env
from governance.config.settings.logs import LOGGING as LOGGING
from governance.config.settings.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parents[3]

SECRET_KEY = env.text("SECRET_KEY", "")
# What is sensitive is encrypted with the first of these and found again by the first of those; older ones follow.
SEALING_KEYS = env.names("SEALING_KEYS")
INDEX_KEYS = env.names("INDEX_KEYS")
DEBUG = False
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
DEMO = False  # whether the data are synthetic; every page says so

INSTALLED_APPS = [
    "governance.kit",
    "governance.regions",
    "governance.accounts",
    "governance.audit",
    "governance.desk",
    "governance.people",
    "governance.privacy",
    "governance.ledger",
    "governance.policies",
    "governance.attainment",
    "governance.deliberation",
    "organizations",
    "projects",
    "volunteers",
    "funds",
    "governance.kit.admin_config.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "oauth2_provider",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "governance.kit.answers.PrivateAnswers",
    "governance.accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "governance.accounts.gate.GateMiddleware",
    "governance.accounts.behalf.BehalfMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "governance.kit.origin.OriginMiddleware",
    "governance.kit.errors.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "governance.config.urls"
WSGI_APPLICATION = "governance.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "governance.kit.context.portal",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(dj_database_url.parse(env.text("DATABASE_URL", "postgres:///portal"), conn_max_age=60))
    | {"CONN_HEALTH_CHECKS": True}
}
REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["governance.accounts.guard.Guard", "governance.accounts.backends.PostBackend"]
PASSWORDS_REMEMBERED = 5
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "governance.accounts.passwords.KindsOfSigns", "OPTIONS": {"kinds": 3}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "governance.accounts.passwords.NotUsedBefore", "OPTIONS": {"last": PASSWORDS_REMEMBERED}},
]
PASSWORD_DAYS = env.number("PASSWORD_DAYS", 90)  # 0: a password does not end
ONE_TIME_PASSWORD_DAYS = env.number("ONE_TIME_PASSWORD_DAYS", 7)  # 0: one that nobody has used stays good
QUALITY_STALE_MONTHS = env.number("QUALITY_STALE_MONTHS", 12, least=1)  # after which a register counts as not kept up
UNUSED_DAYS = env.number("UNUSED_DAYS", 90)  # 0: an account that nobody uses stays enabled
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR", default=True)  # for roles that are administrators
LOGIN_CONTACT = env.text("LOGIN_CONTACT", "")  # whom the page for a forgotten password names
# Failures in a row that lock a name or an address, and for how long. Many people of an office share one address.
LOGIN_FAILURES_PER_ACCOUNT = env.number("LOGIN_FAILURES_PER_ACCOUNT", 5, least=1)
LOGIN_FAILURES_PER_ADDRESS = env.number("LOGIN_FAILURES_PER_ADDRESS", 30, least=1)
LOGIN_LOCK_MINUTES = env.number("LOGIN_LOCK_MINUTES", 20, least=1)
AXES_HANDLER = "governance.accounts.guard.Handler"
AXES_CLIENT_IP_CALLABLE = "governance.kit.origin.address_of"
AXES_LOCKOUT_CALLABLE = "governance.accounts.guard.too_many"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what is tried meanwhile is not looked at
AXES_VERBOSE = False
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk:workbench"
LOGOUT_REDIRECT_URL = "accounts:login"

# Tables whose rows have no history: the trail itself, what is computed from other rows, and what the portal keeps for
# its own running. Everything else has one.
HISTORY_LEFT_OUT = frozenset(
    {
        "audit.auditevent", "audit.rowchange", "audit.auditseal", "audit.auditarchive",
        "accounts.usersession", "accounts.failedlogin",
        "desk.job", "desk.importbatch", "desk.importrow", "desk.lastused", "desk.message", "desk.qualitycount", "desk.savedfilter",
        "privacy.retentionitem",
        "people.personplace", "organizations.qualifiedspan", "volunteers.recordstart",
        "attainment.attainmentrun", "attainment.runchunk", "attainment.dirtymark", "attainment.measure",
        "attainment.computedarea", "attainment.measurevalue", "attainment.currentstatus",
    }
)  # fmt: skip
AUDIT_DAYS = env.number("AUDIT_DAYS", 365, least=180)  # days that the trail stays in the database, never less than 180

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["governance.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / ".staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "governance.kit.packages.PackageFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
# Files of front-end packages that the portal serves: where they appear -> where they lie in the package tree.
PACKAGE_FILES = {
    "echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler-icons/tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "tabler-icons/fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "tabler-icons/fonts/tabler-icons.woff": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff",
    "tabler-icons/fonts/tabler-icons.ttf": "@tabler/icons-webfont/dist/fonts/tabler-icons.ttf",
}
# Uploaded evidence lies outside every folder that is served.
PRIVATE_ROOT = env.text("PRIVATE_ROOT", "/var/lib/portal/private")
STORAGES = {
    "default": {"BACKEND": "governance.kit.files.PrivateStorage"},
    "staticfiles": {"BACKEND": "governance.kit.packages.HashedStaticFiles"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
REVEALS_PER_DAY = 100  # looks of one user at what is masked (kit.revealing)
FULL_EXPORT_HOURS = 24  # how long the file of a full export can be fetched (desk.exporting)
FULL_EXPORT_ROWS = 50_000
SUBJECT_ANSWER_DAYS = env.number(
    "SUBJECT_ANSWER_DAYS", 15, least=1
)  # working days to answer a person who asks for her data
SUBJECT_COPY_DAYS = 7  # how long the copy that was made for her can be fetched
PUBLIC_HOLIDAYS = env.names("PUBLIC_HOLIDAYS")  # days such as 2026-10-01 on which nobody works (privacy.workdays)
RETENTION_MONTHS: dict[str, int] = {}  # other lengths than those that apps declare, by label: {"people.person": 24}
RETENTION_NOTICE_DAYS = env.number("RETENTION_NOTICE_DAYS", 7, least=1)  # from the list to the emptying
PAGES_KEPT_SECONDS = 60  # how long the answer of a page of results is kept (kit.remembered)
SESSION_ENGINE = "governance.accounts.sessions"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 8, least=1) * 3600  # from the login on, however busy
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 30, least=2)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "governance.kit.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a secret shown once stays on the server
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DEFAULT_EXCEPTION_REPORTER_FILTER = "governance.kit.reporting.NothingTyped"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "kit/table.html"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "governance.accounts.authentication.PartnerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["governance.kit.permissions.RecordPermissions"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["governance.kit.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "governance.kit.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "governance.kit.errors.api_exception_handler",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "五社联动治理门户",
    "VERSION": "1",
    "DEFAULT_GENERATOR_CLASS": "governance.kit.openapi.KeptSchemaGenerator",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["governance.kit.permissions.SignedIn"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAUTH2_FLOWS": ["clientCredentials"],
    "OAUTH2_TOKEN_URL": "/api/v1/token/",
    # one name for what several fields share, or what is called the same and is not
    "ENUM_NAME_OVERRIDES": {
        "LevelEnum": "governance.regions.models.region.Level",
        "CertificateLevelEnum": "organizations.models.certificate.SocialWorkCertificate.Level",
        "AttainmentStatusEnum": "governance.attainment.results.standings_request.STATUSES",
        "RevealPurposeEnum": "governance.kit.revealing.Purpose",
        "RunStatusEnum": "governance.attainment.models.run.AttainmentRun.Status",
    },
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.PartnerClient"
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "SCOPES": {"view": "read records", "add": "create records", "change": "change records", "delete": "remove records"},
    "OAUTH2_VALIDATOR_CLASS": "governance.accounts.validators.PartnerValidator",
    "ALLOWED_GRANT_TYPES": ["client-credentials"],
    # RFC 9700 throughout. Tokens are kept as checksums and read from the header alone; what speaks of browsers,
    # redirects and refreshing goes for grants that are not offered, and is shut all the same.
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
