from django.db import models
from django.utils.translation import gettext_lazy as _

from deining.core import clock


class DutyState(models.TextChoices):
    """Where a piece of background work stands."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("at work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Duty(models.Model):
    """A row that is work to be done: claimed by one conditional UPDATE, under a lease.

    A lease that runs out is a crash that recovered: whoever looks next may claim the row again.
    `claim_token` tells the present holder from one that lost its lease and came back.
    """

    state = models.CharField(max_length=8, choices=DutyState.choices, default=DutyState.WAITING)
    next_attempt_at = models.DateTimeField(default=clock.now)
    locked_until = models.DateTimeField(null=True)
    claim_token = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True
