from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from deining.core import clock
from deining.core.models import Brand


class ImportState(models.TextChoices):
    """How far an import is."""

    DRAFT = "draft", _("check the columns")
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class Import(models.Model):
    """One file (or folder) on its way into the ledger. `rows_done` is the cursor: it moves in the transaction
    that writes the rows it covers, so that a killed import goes on where it was."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="imports")
    batch = models.OneToOneField(
        "people.Batch", null=True, on_delete=models.SET_NULL, related_name="import_run"
    )
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=1000)
    is_upload = models.BooleanField(default=True)
    size_bytes = models.BigIntegerField(default=0)
    format = models.CharField(max_length=20, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.DRAFT)
    rows_done = models.BigIntegerField(default=0)
    rows_added = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(default=0)
    rows_erased = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    rows_left_out = models.BigIntegerField(default=0)
    people_added = models.BigIntegerField(default=0)
    left_out = models.JSONField(default=dict, help_text="Rows skipped on purpose: reason -> how many.")
    notes = models.JSONField(default=dict, help_text="What had to be interpreted: what -> how often.")
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["brand", "-id"], name="import_by_brand")]

    @property
    def is_at_work(self) -> bool:
        """Whether a job is on it, or about to be."""
        return self.state in {ImportState.QUEUED, ImportState.RUNNING, ImportState.UNDOING}

    @property
    def can_be_undone(self) -> bool:
        """Whether rows may have gone into the ledger, which can be taken out again."""
        return self.batch_id is not None and self.state not in {ImportState.UNDOING, ImportState.UNDONE}

    @property
    def job_key(self) -> str:
        """At most one open job has this key."""
        return f"undo-import:{self.pk}" if self.state == ImportState.UNDOING else f"import:{self.pk}"
