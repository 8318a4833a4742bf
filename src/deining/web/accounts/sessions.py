"""Where somebody is signed in, and how they sign out elsewhere.

Django keeps a session under a random key without saying whose it is; at each sign-in we add when and with
which browser. An installation has tens of colleagues, so reading every live session is cheap enough.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.models import User

_SINCE, _BROWSER = "signed_in_at", "browser"
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which the user is signed in."""

    key: str
    browser: str
    since: datetime | None
    is_here: bool


def remember_sign_in(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:  # noqa: ARG001
    """Note when and with which browser this session began."""
    request.session[_SINCE] = clock.now().isoformat()
    request.session[_BROWSER] = browser_words(request.headers.get("User-Agent", ""))


def places_of(user: User, here: str | None) -> list[Place]:
    """Where the user is signed in: this browser first, then the latest first."""
    found = []
    for session in Session.objects.filter(expire_date__gt=clock.now()).iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(user.pk):
            since = datetime.fromisoformat(kept[_SINCE]) if kept.get(_SINCE) else None
            browser = kept.get(_BROWSER) or _("a browser")
            found.append(Place(session.session_key, browser, since, session.session_key == here))
    return sorted(found, key=lambda p: (not p.is_here, -(p.since.timestamp() if p.since else 0)))


def sign_out_elsewhere(user: User, here: str | None) -> int:
    """End every other session of the user; returns how many."""
    others = [place.key for place in places_of(user, here) if not place.is_here]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)


def browser_words(user_agent: str) -> str:
    """`Firefox, Linux` from a browser's long description of itself; nothing that identifies anybody."""
    words = [
        next((name for mark, name in known if mark in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(word for word in words if word)


user_logged_in.connect(remember_sign_in, dispatch_uid="deining.remember_sign_in")
