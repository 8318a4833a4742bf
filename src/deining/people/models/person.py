from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from deining.core import clock
from deining.core.fields import InstantField
from deining.core.models import Brand
from deining.people.models.list_index import EmbeddedIndex

LIVE = Q(merged_into__isnull=True)


class SegmentName(models.TextChoices):
    """The three kinds of people of spec P4, told from behaviour."""

    SEEKER = "seeker", _("wants a relationship")
    BENEFIT = "benefit", _("comes for a benefit")
    PASSER_BY = "passer_by", _("passer-by")


class Person(models.Model):
    """Somebody, seen through one or more identities.

    The columns from `probability` on are derived from the ledger and only written by scoring. A person who
    was merged into another keeps its row, with notes and tags, so that the merge can be undone without loss;
    its `merged_into` is the live person that stands for it, never one that is merged away itself.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=200, blank=True)
    name_by_hand = models.BooleanField(default=False, help_text="What a colleague typed wins over an import.")
    search = models.TextField(blank=True, help_text="Folded names, handles and addresses of all identities.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_people",
    )
    name_lent = models.BooleanField(
        default=False, db_default=False, help_text="Had no name; this is a merged person's, until the undo."
    )
    owner_lent = models.BooleanField(default=False, db_default=False, help_text="Likewise for the owner.")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_people")
    batch = models.ForeignKey("people.Batch", null=True, on_delete=models.SET_NULL, related_name="people")
    created_at = models.DateTimeField(default=clock.now)

    probability = models.FloatField(null=True)
    probability_low = models.FloatField(null=True)
    probability_high = models.FloatField(null=True)
    change = models.FloatField(default=0, help_text="Probability now minus four weeks ago.")
    reasons = models.JSONField(default=dict, help_text="What the sentence is made of.")
    segment = models.CharField(max_length=10, choices=SegmentName.choices, default=SegmentName.PASSER_BY)
    seeker_since = models.IntegerField(null=True, help_text="Day number on which they became a seeker.")
    events = models.IntegerField(default=0)
    kinds = models.BigIntegerField(
        default=0, db_default=0, help_text="One bit for each kind they did: 1 << (code of the kind)."
    )
    first_seen = InstantField(null=True)
    last_seen = InstantField(null=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                F("brand"), F("probability").desc(), F("id"), name="person_by_probability", condition=LIVE
            ),
            models.Index(
                F("brand"), F("last_seen").desc(), F("id"), name="person_by_last_seen", condition=LIVE
            ),
            models.Index(
                F("brand"), F("first_seen").desc(), F("id"), name="person_by_first_seen", condition=LIVE
            ),
            models.Index(F("brand"), F("events").desc(), F("id"), name="person_by_events", condition=LIVE),
            models.Index(F("brand"), F("name"), F("id"), name="person_by_name", condition=LIVE),
            models.Index(F("brand"), F("change"), F("id"), name="person_by_change", condition=LIVE),
            models.Index(
                F("brand"), F("seeker_since").desc(), F("id"), name="person_by_seeker_since", condition=LIVE
            ),
            EmbeddedIndex(
                F("brand"),
                F("probability").desc(),
                F("id"),
                *map(F, ("merged_into", "segment", "owner", "change", "last_seen", "first_seen", "events")),
                *map(F, ("seeker_since", "kinds", "name", "search")),
                name="person_for_list",
                condition=LIVE,
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("nameless"))
