from django.conf import settings
from django.db import models
from django.db.models import Q

from deining.core import clock
from deining.core.models.brand import Brand
from deining.core.models.duty import Duty


class Job(Duty):
    """Ad-hoc background work: a function with arguments, its progress, and what came of it."""

    brand = models.ForeignKey(Brand, null=True, on_delete=models.CASCADE, related_name="jobs")
    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True, help_text="At most one open job has this key.")
    priority = models.SmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["waiting", "claimed"]) & ~Q(key=""),
                name="one_open_job_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="job_by_turn"),
            models.Index(fields=["brand", "-id"], name="job_by_brand"),
        ]
