"""Claiming work: the one conditional UPDATE that every duty goes through (same SQL on both databases)."""

import secrets
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from deining.core import clock
from deining.core.models import Duty, DutyState

D = TypeVar("D", bound=Duty)
LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


def claimable(duties: QuerySet[D], at: datetime) -> QuerySet[D]:
    """Those that wait and are due, and those whose holder let its lease run out."""
    waiting = Q(state=DutyState.WAITING, next_attempt_at__lte=at)
    abandoned = Q(state=DutyState.CLAIMED, locked_until__lt=at)
    return duties.filter(waiting | abandoned)


def claim(duties: QuerySet[D], *, lease: timedelta = LEASE, at: datetime | None = None) -> D | None:
    """Take the first claimable duty, or None. Of two that try at once exactly one gets it."""
    moment = at or clock.now()
    for duty_id in claimable(duties, moment).values_list("pk", flat=True)[:5]:
        token = secrets.token_hex(16)
        taken = claimable(duties.model._default_manager.filter(pk=duty_id), moment).update(
            state=DutyState.CLAIMED,
            locked_until=moment + lease,
            claim_token=token,
            attempts=F("attempts") + 1,
        )
        if taken:
            return duties.model._default_manager.get(pk=duty_id)
    return None


def keep(duty: Duty, *, lease: timedelta = LEASE) -> bool:
    """Extend the lease. False when somebody else holds the duty by now: then stop at once."""
    return bool(_held(duty).update(locked_until=clock.now() + lease))


def finish(duty: Duty, **fields: object) -> bool:
    """Mark as done. False, and nothing changed, when the lease was lost."""
    return bool(_held(duty).update(state=DutyState.DONE, locked_until=None, last_error="", **fields))


def fail(duty: Duty, error: str, *, retry: bool, pause: timedelta | None = None, **fields: object) -> bool:
    """Note the error, then either wait for another try (longer each time) or give up."""
    wait = pause or min(FIRST_PAUSE * 4 ** max(duty.attempts - 1, 0), LONGEST_PAUSE)
    return bool(
        _held(duty).update(
            state=DutyState.WAITING if retry else DutyState.FAILED,
            next_attempt_at=clock.now() + wait,
            locked_until=None,
            last_error=error[:2000],
            **fields,
        )
    )


def _held(duty: Duty) -> QuerySet[Duty]:
    manager = type(duty)._default_manager
    return manager.filter(pk=duty.pk, state=DutyState.CLAIMED, claim_token=duty.claim_token)
