from django.db import models

from deining.core.fields import InstantField
from deining.core.kinds import DIRECTION_BY_CODE, DIRECTION_CODES, KIND_BY_CODE, KIND_CODES, Direction, Kind
from deining.core.models import Brand


class Subject(models.Model):
    """What a ledger row is about: a thread, a product. Stored once, because it is named a million times."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="one_subject_per_name")]


class LedgerEntry(models.Model):
    """One thing that passed between a person and the brand, in either direction. Append-only.

    `fingerprint` is 63 bits of a hash of what makes the row this row: its id on its network or, where the
    file gives none, who, when, what and the how-manieth of equal rows. It is unique, so nothing is counted
    twice. `answers` holds the fingerprint of the row this one answers, whether that has arrived or not.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)
    identity = models.ForeignKey(
        "people.Identity", on_delete=models.CASCADE, related_name="entries", db_index=False
    )
    happened_at = InstantField()
    day = models.IntegerField(help_text="Days since 1970 on the brand's own calendar.")
    direction = models.SmallIntegerField(choices=[(code, way.value) for way, code in DIRECTION_CODES.items()])
    kind = models.SmallIntegerField(choices=[(code, kind.value) for kind, code in KIND_CODES.items()])
    asked = models.BooleanField(null=True, help_text="In answer to us; null when the source does not say.")
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    batch = models.ForeignKey("people.Batch", on_delete=models.CASCADE, related_name="entries")
    fingerprint = models.BigIntegerField()
    answers = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "fingerprint"], name="nothing_counted_twice")]
        indexes = [models.Index(fields=["identity", "happened_at"], name="ledger_by_identity")]

    @property
    def kind_word(self) -> Kind:
        return KIND_BY_CODE[self.kind]

    @property
    def direction_word(self) -> Direction:
        return DIRECTION_BY_CODE[self.direction]
