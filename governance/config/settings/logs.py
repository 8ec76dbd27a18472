"""What goes to the log, and what of every second does not."""

from governance.config import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "everyday": {
            "()": "governance.kit.everyday.Everyday",
            "tasks": ["attainment.refresh", "attainment.revive", "audit.seal"],
        }
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        name: {"filters": ["everyday"]}
        for name in ("celery.beat", "celery.worker.strategy", "celery.worker.request", "celery.app.trace")
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
