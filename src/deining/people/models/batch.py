from django.db import models

from deining.core import clock
from deining.core.models import Brand


class Batch(models.Model):
    """Where a set of identities and ledger rows came from: one import, or one run of a source.

    Undoing an import means removing what carries its batch.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="batches")
    label = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
