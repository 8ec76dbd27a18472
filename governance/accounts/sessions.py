"""Where sessions are kept: Django's own way in the database, in a table that says whose they are and since when.

A session ends when nobody has used it for a while, at the latest some hours after the login, and when its row is gone.
All three are asked by the one question that reads it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from governance.accounts.models import User, UserSession
from governance.kit.events import Event, emit
from governance.kit.origin import address_of
from governance.kit.scoping import region_path_of

SEEN_EVERY = timedelta(minutes=1)  # how exactly it is known when a session was used last
SIGNED_IN = "_signed_in"  # where the contents say when, from where and with what somebody signed in


class SessionStore(DatabaseStore):
    """The engine of `SESSION_ENGINE`."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table."""
        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row of these contents."""
        told = data.get(SIGNED_IN) or {}
        started = datetime.fromisoformat(told["at"]) if told else timezone.now()
        return UserSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=started + timedelta(seconds=settings.SESSION_COOKIE_AGE),
            user_id=data.get(SESSION_KEY),
            started_at=started,
            address=told.get("address"),
            agent=told.get("agent", ""),
        )

    def _get_session_from_db(self) -> UserSession | None:
        now = timezone.now()
        row: UserSession | None = UserSession.objects.filter(open_at(now), session_key=self.session_key).first()
        if row is None:
            self._session_key = None
        elif now - row.seen_at > SEEN_EVERY:
            UserSession.objects.filter(pk=row.pk).update(seen_at=now)
        return row

    @classmethod
    def clear_expired(cls) -> None:
        """Remove the rows of sessions that have ended."""
        UserSession.objects.exclude(open_at(timezone.now())).delete()


def open_at(moment: datetime) -> Q:
    """Return the condition that a session had not ended by itself."""
    return Q(expire_date__gt=moment, seen_at__gt=moment - timedelta(minutes=settings.SESSION_IDLE_MINUTES))


def note_login(sender: Any, request: HttpRequest, user: User, **options: Any) -> None:
    """Note in the session when, from where and with what somebody has signed in."""
    agent = "".join(sign for sign in request.META.get("HTTP_USER_AGENT", "") if sign.isprintable())
    request.session[SIGNED_IN] = {
        "at": timezone.now().isoformat(),
        "address": address_of(request),
        "agent": agent[:300],
    }


def own_sessions(user: User) -> list[UserSession]:
    """Return the open sessions of a user, the one that was used last first."""
    return list(UserSession.objects.visible_to(user).filter(open_at(timezone.now())))


def end_sessions(user: User, *, by: Any, why: str, kept: str | None = None, number: Any = None) -> int:
    """End the sessions of a user at once, but for the one with the key `kept`; with `number`, that one alone."""
    ended = UserSession.objects.filter(user=user).exclude(session_key=kept or "")
    ended = ended if number is None else ended.filter(number=number)
    count = int(ended.delete()[0])
    if count:
        after = {"sessions": count, "why": why}
        emit(Event("accounts.user.sessions_ended", by, user, region_path_of(user), after=after))
    return count
