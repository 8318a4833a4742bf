from django.db import models

from deining.core import clock
from deining.core.models import Brand


class RelationshipState(models.Model):
    """The numbers a person's score is computed from: one small row that a new event updates.

    `numbers` packs eight bytes a number, little-endian, in the order of `people.scoring.packing`; `version`
    is that order's own. Version 0 is a mark: what is counted for this person changed (a merge, removed
    rows), count again from the ledger; `numbers` then holds a token that tells one mark from the next.
    """

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="state"
    )
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    version = models.SmallIntegerField()
    numbers = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["brand", "version"], name="state_by_version")]


class FittedModel(models.Model):
    """A fit on the brand's own past: parameters, how it would have done before, its word on the brand."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="fitted_models")
    fitted_at = models.DateTimeField(default=clock.now)
    is_current = models.BooleanField(default=True)
    layer = models.CharField(max_length=6, choices=[("shown", "shown"), ("stated", "stated")])
    provisional = models.BooleanField()
    parameters = models.JSONField()
    share = models.FloatField(null=True)
    share_low = models.FloatField(null=True)
    share_high = models.FloatField(null=True)
    shown_share = models.FloatField(null=True, help_text="By behaviour alone, also where people were asked.")
    shown_low = models.FloatField(null=True)
    shown_high = models.FloatField(null=True)
    people = models.IntegerField()
    backtest = models.JSONField(default=list)
    calibration = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    seeker_from = models.FloatField(
        null=True, help_text="Who is at least this likely is a seeker; null when nothing was learned yet."
    )
    scored_day = models.IntegerField(null=True, help_text="The day the scores speak of.")
    ledger_until = models.BigIntegerField(
        null=True, help_text="Ledger rows up to this id are in the states; null: count everything again."
    )
    ledger_rows = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], condition=models.Q(is_current=True), name="one_current_model_per_brand"
            )
        ]


class ShareOnDay(models.Model):
    """The brand's share as behaviour showed it on one day: always the shown layer, so that a line through
    the days compares like with like. `from_past`: by the test on earlier windows, before we were there."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="shares")
    day = models.IntegerField()
    share = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    people = models.IntegerField()
    from_past = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "day"], name="one_share_per_day")]


class StatedAnswer(models.Model):
    """What somebody answered to "would you like a closer relation with us?"."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    identity = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="stated_answers")
    wants = models.BooleanField()
    answered_at = models.DateTimeField(default=clock.now)
    batch = models.ForeignKey("people.Batch", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity"], name="one_stated_answer_per_identity")]
