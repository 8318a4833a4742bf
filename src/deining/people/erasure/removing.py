"""Takes rows away so that nothing of them can be read back, from a table or from the file under it."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import OperationalError, connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from deining.people.models import Identity, LedgerEntry, Person, Subject, Tag

_CHUNK: Final = 5000


def overwrite_what_goes() -> None:
    """Have SQLite write noughts over what is deleted on this connection (PostgreSQL leaves it to vacuum)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.fetchall()


def empty_write_ahead_log() -> bool:
    """Carry SQLite's log into the file and cut it to nothing: earlier states of pages live on in there.

    Call it outside a transaction. False when a reader was in the way; try again later.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_ = cursor.fetchone()
        except OperationalError:
            return False
    return not busy


def remove_people(person_ids: Sequence[int]) -> int:
    """Remove these persons with all that hangs on them; returns the number of ledger rows that went.

    Every row merged into one of them must be among them. Call it in a transaction.
    """
    overwrite_what_goes()
    accounts = list(Identity.objects.filter(person__in=person_ids).values_list("pk", flat=True))
    removed = remove_accounts(accounts)
    tags = Tag.objects.filter(people__in=person_ids)
    touched = list(tags.values_list("pk", flat=True))
    Person.objects.filter(pk__in=person_ids).update(merged_into=None)
    Person.objects.filter(pk__in=person_ids).delete()
    Tag.objects.filter(pk__in=touched, people=None).delete()
    return removed


def remove_accounts(identity_ids: Sequence[int]) -> int:
    """Remove these identities, their ledger rows, and the words of subjects nobody else has rows about."""
    overwrite_what_goes()
    rows = LedgerEntry.objects.filter(identity__in=identity_ids)
    subjects = set(rows.exclude(subject=None).values_list("subject", flat=True))
    removed, _ = rows.delete()
    unname_alone(subjects)
    Identity.objects.filter(pk__in=identity_ids).delete()
    return removed


def unname_alone(subjects: Iterable[int | None]) -> None:
    """Overwrite what a subject is called (it may be the person's own words) when no row is left about it.

    The row itself stays: without an index on subjects, deleting it would cost a look through the whole
    ledger for each one.
    """
    wanted = sorted(subject for subject in subjects if subject is not None)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        still = set(
            LedgerEntry.objects.filter(subject__in=chunk).values_list("subject", flat=True).distinct()
        )
        alone = [subject for subject in chunk if subject not in still]
        plain = Concat(Value("erased "), Cast("pk", CharField()))
        Subject.objects.filter(pk__in=alone).update(name=plain)
