"""Asking for scores. Cheap enough for a web request: rows are marked, a job is queued."""

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from deining.core.jobs import enqueue_once
from deining.core.models import Brand, Job, User
from deining.people.models import Batch, FittedModel, LedgerEntry, Person, RelationshipState

MARK = 0
"""The `RelationshipState.version` that says: count this person again from the ledger."""


def ask_for_scoring(brand: Brand, *, whole: bool = False, created_by: User | None = None) -> Job:
    """Queue the scoring of this brand; at most one such job is open at a time.

    Added rows and undone imports are found by the job itself. `whole`: count everything again, for whoever
    removed rows of more people than can be named (retention).
    """
    from deining.people.scoring.duties import score_brand

    with transaction.atomic():
        if whole:
            FittedModel.objects.filter(brand=brand, is_current=True).update(ledger_until=None)
        return enqueue_once(
            score_brand, key=f"score:{brand.pk}", brand=brand, created_by=created_by, brand_id=brand.pk
        )


def rescore_people(brand: Brand, person_ids: Iterable[int], *, created_by: User | None = None) -> Job | None:
    """Have these people counted again from their ledger rows: after a merge, its undo, or removed rows.

    Call it in the transaction of the change. It only marks and queues; the marks survive a crash, and the
    job that is running already does not overlook them. Ids that are no (longer a) person of the brand are
    left out; None when nobody is left.
    """
    wanted = set(person_ids)
    with transaction.atomic():
        there = [
            person_id
            for chunk in _chunks(sorted(wanted))
            for person_id in Person.objects.filter(brand=brand, pk__in=chunk).values_list("pk", flat=True)
        ]
        marks = [
            RelationshipState(
                person_id=person_id, brand_id=brand.pk, version=MARK, numbers=secrets.token_bytes(8)
            )
            for person_id in there
        ]
        RelationshipState.objects.bulk_create(
            marks,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["version", "numbers"],
        )
        return ask_for_scoring(brand, created_by=created_by) if there else None


def needs_scoring(brand: Brand) -> bool:
    """Whether the ledger holds something that the scores do not know yet."""
    fit = FittedModel.objects.filter(brand=brand, is_current=True).first()
    if fit is None:
        return LedgerEntry.objects.filter(brand=brand).exists()
    if fit.ledger_until is None or RelationshipState.objects.filter(brand=brand, version=MARK).exists():
        return True
    if Batch.objects.filter(brand=brand, undone_at__gt=fit.fitted_at).exists():
        return True
    # the sum keeps both databases from walking the index by brand: the newest rows are found by id
    newer = LedgerEntry.objects.filter(pk__gt=fit.ledger_until).alias(whose=F("brand_id") + 0)
    return newer.filter(whose=brand.pk).exists()


def _chunks(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
