from django.db import models

from deining.core import clock
from deining.core.kinds import KIND_CODES
from deining.core.models import Brand


class Erased(models.Model):
    """Somebody who was erased: only a keyed hash of an account is left, so that an import does not bring
    the person back."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="erased")
    keyed_hash = models.CharField(max_length=64)
    erased_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "keyed_hash"], name="erased_once")]


class RetentionRule(models.Model):
    """How long ledger rows of one kind are kept."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="retention_rules")
    kind = models.SmallIntegerField(choices=[(code, kind.value) for kind, code in KIND_CODES.items()])
    keep_days = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "kind"], name="one_rule_per_kind")]
