"""Taking a whole batch out of the ledger again, in short transactions, so that the web never waits.

What exists only because of the batch goes with it: its rows, its accounts, its people. Who has rows from
elsewhere, or was touched by a colleague (a note, a tag, a name, an owner, a merge), stays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.actions.regrouping import lock_regrouping
from deining.people.models import (
    Batch,
    Identity,
    LedgerEntry,
    Merge,
    MergeMove,
    MergeProposal,
    Note,
    Person,
    RelationshipState,
    StatedAnswer,
    Tag,
)

STEP: Final = 10_000
AT_ONCE: Final = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BatchUndone:
    """How much went. `kept` counts accounts that the batch brought and that stay, because of other rows or
    because a colleague did something with their person."""

    rows: int
    identities: int
    people: int
    kept: int


def undo_batch(*, actor: Actor, batch: Batch, progress: Progress | None = None) -> BatchUndone:
    """Remove what exists only because of this batch. Safe to call again after a crash: it goes on.

    Call it outside a transaction. `progress` is called with (steps done, steps in all) between the steps.
    Raises `NotAllowed`.
    """
    actor.require(Capability.IMPORT)
    tell = progress or _nothing
    _close(actor, batch)
    rows = LedgerEntry.objects.filter(batch=batch)
    brought = Identity.objects.filter(batch=batch)
    total = rows.count() + brought.count()
    removed = 0
    for count in _delete_in_steps(rows):
        removed += count
        tell(removed, total)
    for _gone in _delete_in_steps(StatedAnswer.objects.filter(batch=batch)):
        tell(removed, total)
    gone = kept = people = done = 0
    for accounts in _slices(brought):
        went, whole = _forget_accounts(actor, batch, accounts)
        gone, people, kept = gone + went, people + whole, kept + len(accounts) - went
        done += len(accounts)
        tell(removed + done, total)
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(undone_at=clock.now())
        record(actor, log_kinds.BATCH_UNDONE, batch, rows=removed, identities=gone, people=people, kept=kept)
    return BatchUndone(removed, gone, people, kept)


def _close(actor: Actor, batch: Batch) -> None:
    """From here on an import that still runs adds nothing more."""
    with transaction.atomic():
        lock_regrouping(actor.brand)
        found = Batch.objects.filter(pk=batch.pk, brand=actor.brand)
        if not found.update(undone_at=Coalesce("undone_at", clock.now())):
            raise NotFound(_("There is no such import here."))


def _nothing(done: int, total: int) -> None:
    """Nobody wants to know."""


def _delete_in_steps(rows: QuerySet[Any]) -> Iterator[int]:
    while True:
        with transaction.atomic():
            ids = list(rows.order_by("pk").values_list("pk", flat=True)[:STEP])
            for start in range(0, len(ids), AT_ONCE):
                _delete(rows.model._default_manager.filter(pk__in=ids[start : start + AT_ONCE]))
        if not ids:
            return
        yield len(ids)


def _delete(rows: QuerySet[Any]) -> None:
    """Straight from the table: what refers to these rows was looked after before."""
    rows._raw_delete(rows.db)


def _slices(brought: QuerySet[Identity]) -> Iterator[list[int]]:
    last = 0
    while True:
        ids = list(brought.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return
        yield ids
        last = ids[-1]


def _forget_accounts(actor: Actor, batch: Batch, ids: list[int]) -> tuple[int, int]:
    """Remove those of these accounts that nothing else holds; gives how many accounts and people went."""
    with transaction.atomic():
        lock_regrouping(actor.brand)
        mine = Identity.objects.filter(pk__in=ids, batch=batch)
        free = list(mine.filter(~_held()).values_list("pk", "person_id"))
        going = [pk for pk, _ in free]
        for related in (
            MergeProposal.objects.filter(Q(first__in=going) | Q(second__in=going)),
            MergeMove.objects.filter(identity__in=going),
            Identity.objects.filter(pk__in=going),
        ):
            _delete(related)
        people = _forget_people(batch, {person for _, person in free})
        _hand_over(batch, mine)
    return len(going), people


def _held() -> Q:
    """Accounts with rows or an answer from elsewhere, or whose person a colleague did something with."""
    rows = LedgerEntry.objects.filter(identity=OuterRef("pk"))
    answers = StatedAnswer.objects.filter(identity=OuterRef("pk"))
    moved = MergeMove.objects.filter(identity=OuterRef("pk"))
    return Q(Exists(rows)) | Q(Exists(answers)) | Q(Exists(moved)) | _touched("person")


def _touched(person: str) -> Q:
    prefix = f"{person}__" if person != "pk" else ""
    by_hand = Q(**{f"{prefix}name_by_hand": True}) | Q(**{f"{prefix}owner__isnull": False})
    notes = Note.objects.filter(person=OuterRef(person))
    tags = Tag.people.through.objects.filter(person=OuterRef(person))
    merges = Merge.objects.filter(Q(kept=OuterRef(person)) | Q(gone=OuterRef(person)))
    return by_hand | Q(Exists(notes)) | Q(Exists(tags)) | Q(Exists(merges))


def _forget_people(batch: Batch, ids: set[int]) -> int:
    """Remove people who have no account left, if this batch made them."""
    accounts = Identity.objects.filter(person=OuterRef("pk"))
    alone = Person.objects.filter(pk__in=ids, batch=batch).filter(~Exists(accounts)).filter(~_touched("pk"))
    going = list(alone.values_list("pk", flat=True))
    _delete(RelationshipState.objects.filter(person__in=going))
    _delete(Person.objects.filter(pk__in=going))
    return len(going)


def _hand_over(batch: Batch, staying: QuerySet[Identity]) -> None:
    """Accounts that stay because of rows from elsewhere belong to the oldest of those batches from now on,
    and so do their people: should that one be undone too, nothing of them is left over.
    """
    rows = LedgerEntry.objects.filter(identity=OuterRef("pk"))
    oldest = rows.order_by().values("identity").annotate(oldest=Min("batch")).values("oldest")
    held = staying.annotate(oldest=Subquery(oldest)).filter(oldest__isnull=False)
    for pk, person_id, batch_id in list(held.values_list("pk", "person_id", "oldest")):
        Person.objects.filter(pk=person_id, batch=batch).update(batch_id=batch_id)
        Identity.objects.filter(pk=pk).update(batch_id=batch_id)
