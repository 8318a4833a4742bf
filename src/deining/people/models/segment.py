from django.conf import settings
from django.db import models

from deining.core import clock
from deining.core.models import Brand


class Segment(models.Model):
    """A saved filter over people, in the words of the People page's address (`segment=seeker&tag=gent`)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="segments")
    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="one_segment_per_name")]
