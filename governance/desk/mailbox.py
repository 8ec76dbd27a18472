"""Messages as they are kept: written once for each person, read, counted, forgotten when they are old."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models.functions import Greatest, Now
from django.utils import timezone
from django.utils.translation import override

from governance.desk.models import ExportRequest, Job, Message
from governance.kit import messages
from governance.kit.messages import Kind

KEPT = timedelta(days=180)
_TITLE, _TEXT = 200, 500


class Mailbox(messages.Store):
    """Rows of `desk.Message`."""

    def write(
        self, users: list[Any], *, kind: str, key: str, title: messages.Text, text: messages.Text, url: str
    ) -> None:
        """Keep a message for each person in the language of her account; of two at once one stays."""
        by_language: dict[str, dict[int, Any]] = defaultdict(dict)
        for user in users:
            by_language[user.language][user.pk] = user
        rows = []
        for language, readers in by_language.items():
            with override(language):
                said = {"title": str(title)[:_TITLE], "text": str(text)[:_TEXT]}
            rows += [Message(user=user, kind=kind, key=key, url=url, **said) for user in readers.values()]
        Message.objects.bulk_create(rows, ignore_conflicts=True)

    def read(self, user: Any, key: str) -> None:
        """Note that it was seen."""
        mark_read(Message.objects.visible_to(user).filter(key=key))

    def unread(self, user: Any, most: int) -> int:
        """Count by the index of unread messages."""
        return int(Message.objects.visible_to(user).unread().order_by()[:most].count())


def mark_read(rows: Any) -> int:
    """Note that these messages have been read, by the clock of the database; return how many had not been."""
    return int(rows.unread().update(read_at=Greatest(Now(), "created_at")))


def tell_of_job(job: Job) -> None:
    """Tell who started a job that it is over."""
    failed = job.status == Job.Status.FAILED
    batch = job.imports.first() or ExportRequest.objects.filter(job=job).first()
    messages.tell(
        users=[job.by],
        kind=Kind.FAILED if failed else Kind.DONE,
        key=f"job:{job.pk}",
        title=job.title,
        text=job.error if failed else batch.get_state_display() if batch else "",
        url=(batch or job).get_absolute_url(),
    )


def forget_messages() -> int:
    """Remove messages that are old, read or not; return how many."""
    return int(Message.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0])
