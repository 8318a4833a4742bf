from django.conf import settings
from django.db import models

from deining.core import clock
from deining.core.models.brand import Brand


class LogEntry(models.Model):
    """Who did what, and why. Written by actions, in the same transaction; never changed, never deleted
    while the brand exists. It names objects by id, so that an erasure need not rewrite it."""

    brand = models.ForeignKey(Brand, null=True, on_delete=models.CASCADE, related_name="log")
    happened_at = models.DateTimeField(default=clock.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    actor_label = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["brand", "-id"], name="log_by_brand"),
            models.Index(fields=["brand", "subject_type", "subject_id"], name="log_by_subject"),
        ]
