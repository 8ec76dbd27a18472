"""What the beat has done, and when."""

from typing import Any

from celery.schedules import crontab

# A message that no worker has taken in time is dropped: the next one says the same.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "contents of old imports": {"task": "desk.forget_imports", "schedule": crontab(hour="4", minute="10")},
    "files of full exports": {"task": "desk.expire_exports", "schedule": crontab(minute="5")},
    "copies for data subjects": {"task": "privacy.expire_copies", "schedule": crontab(minute="15")},
    "what was kept long enough": {"task": "privacy.retention", "schedule": crontab(hour="1", minute="20")},
    "old messages": {"task": "desk.forget_messages", "schedule": crontab(hour="4", minute="20")},
    "sessions and failed logins that are over": {
        "task": "accounts.forget_logins",
        "schedule": crontab(hour="4", minute="30"),
    },
    "accounts that nobody uses": {"task": "accounts.disable_unused", "schedule": crontab(hour="4", minute="40")},
    "what may be wrong with records": {"task": "desk.count_findings", "schedule": crontab(hour="5", minute="10")},
    # in the morning, when the numbers of the night are there
    "records that fall due": {"task": "desk.tell_dues", "schedule": crontab(hour="6", minute="30")},
    "targets that fall due": {"task": "attainment.tell_dues", "schedule": crontab(hour="6", minute="40")},
    "the trail sealed": {"task": "audit.seal", "schedule": 5.0, "options": {"expires": 5}},
    "old months of the trail": {"task": "audit.archive", "schedule": crontab(hour="3", minute="40")},
    "jobs that lost their worker": {"task": "desk.revive_jobs", "schedule": 60.0},
    "numbers up to date": {"task": "attainment.refresh", "schedule": 1.0, "options": {"expires": 5}},
    "runs that lost a worker": {"task": "attainment.revive", "schedule": 10.0, "options": {"expires": 10}},
    "all numbers anew": {"task": "attainment.nightly", "schedule": crontab(hour="2", minute="30")},
    # also in the other hours, for the one at which a month began may have been missed
    "new month": {"task": "attainment.month", "schedule": crontab(minute="1")},
}
