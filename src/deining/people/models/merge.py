from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deining.core import clock
from deining.core.models import Brand


class Merge(models.Model):
    """Two persons turned out to be one: `gone` hangs under `kept` until the merge is undone.

    The merges that stand form a forest. `Person.merged_into` points at the root of the tree at once, so that
    no query has to climb; who hung under whom is only told here.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merges_kept")
    gone = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merges_gone")
    merged_at = models.DateTimeField(default=clock.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=models.Q(undone_at__isnull=True),
                name="one_standing_merge_per_person",
            )
        ]
        indexes = [models.Index(fields=["brand", "-id"], name="merge_by_brand")]


class MergeMove(models.Model):
    """One identity that a merge moved. The first move of an identity ever tells whose it was originally."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="moves")
    identity = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="moves")
    came_from = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")


class ProposalState(models.TextChoices):
    """What a colleague said of a proposed merge."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("the same person")
    REJECTED = "rejected", _("not the same person")
    LATER = "later", _("later")


class MergeProposal(models.Model):
    """Two identities that may belong to one person, with a score and readable reasons.

    It names identities, not persons, so that "not the same" outlives merges and undos.
    `first` has the lower id.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="proposals")
    first = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="proposals_first")
    second = models.ForeignKey("people.Identity", on_delete=models.CASCADE, related_name="proposals_second")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN)
    later_until = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_proposal_per_pair"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="lower_identity_first"
            ),
        ]
        indexes = [models.Index(fields=["brand", "state", "-score"], name="proposal_by_score")]
