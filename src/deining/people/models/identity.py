from django.db import models

from deining.core import clock
from deining.core.models import Brand


class Identity(models.Model):
    """One account of somebody on one network. The ledger hangs on identities, and an identity points to a
    person: a merge moves pointers, and its undo moves them back with all that arrived meanwhile."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="identities")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="identities")
    network = models.CharField(max_length=40)
    external_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    batch = models.ForeignKey("people.Batch", null=True, on_delete=models.SET_NULL, related_name="identities")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "network", "external_id"], name="one_identity_per_account"
            )
        ]
        indexes = [
            models.Index(fields=["brand", "network", "person"], name="identity_by_network"),
            models.Index(fields=["brand", "email"], name="identity_by_email", condition=~models.Q(email="")),
        ]
