"""Rows into the ledger, tens of thousands at a time, each step one short transaction (spec P2, L6)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils.translation import gettext as _

from deining.core.actors import Actor
from deining.core.errors import Conflict
from deining.core.roles import Capability
from deining.people.actions.regrouping import lock_regrouping
from deining.people.ledger import fingerprints
from deining.people.ledger.accounts import REFUSED, Accounts
from deining.people.ledger.added import Added
from deining.people.ledger.claims import Claims
from deining.people.ledger.equal_rows import EqualRows
from deining.people.ledger.fingerprints import Whole
from deining.people.ledger.rows import Rows, read_rows
from deining.people.ledger.same_rows import different_rows
from deining.people.ledger.stated import write_stated
from deining.people.ledger.subjects import Subjects
from deining.people.ledger.tables import stored_values, tables
from deining.people.models import Batch, LedgerEntry

STEP: Final = 25_000
"""Rows of one transaction: under half a second on SQLite, so that a page that writes never waits long."""

WithIt = Callable[[Added], None]


class Appender:
    """Appends one source's rows to a brand's ledger; use it in a `with`, outside a transaction.

    The same object must see the rows of a file from the first on (`pass_over` for those written before a
    crash), because it counts equal rows. Raises `NotAllowed` unless the actor may import.
    """

    def __init__(self, actor: Actor, batch: Batch) -> None:
        actor.require(Capability.IMPORT)
        self._actor = actor
        self._batch = batch
        self._tables = tables()
        self._accounts = Accounts(actor.brand, batch, self._tables)
        self._subjects = Subjects(actor.brand, self._tables)
        self._equal = EqualRows()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self._tables.bulk())
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def pass_over(self, happenings: pa.RecordBatch) -> None:
        """Rows that are in the ledger already: only counted, so that what follows gets the right numbers."""
        for step in steps(happenings):
            read_rows(step, self._actor.brand, self._equal)

    def append(self, happenings: pa.RecordBatch, with_it: WithIt | None = None) -> Added:
        """Write the rows; `with_it` runs inside the transaction of each step with its counts.

        Raises `Conflict` when the batch was undone or removed meanwhile.
        """
        added = Added()
        for step in steps(happenings):
            added += self._write(step, with_it)
        return added

    def _write(self, happenings: pa.RecordBatch, with_it: WithIt | None) -> Added:
        claims, rows = Claims(happenings), read_rows(happenings, self._actor.brand, self._equal)
        with transaction.atomic():
            lock_regrouping(self._actor.brand)
            self._require_batch()
            identities = np.array(self._accounts.ids_of(claims), dtype=np.int64)[claims.codes]
            welcome = rows.where(identities != REFUSED)
            identities = identities[identities != REFUSED]
            inserted = self._insert(welcome, identities)
            write_stated(self._actor.brand, self._batch, welcome, identities)
            added = Added(
                added=inserted,
                known=len(welcome) - inserted,
                erased=len(rows) - len(welcome),
                people=self._accounts.people_added,
            )
            if with_it is not None:
                with_it(added)
        return added

    def _require_batch(self) -> None:
        if not Batch.objects.filter(pk=self._batch.pk, undone_at__isnull=True).exists():
            raise Conflict(_("This import was undone meanwhile, so nothing more is added to it."))

    def _insert(self, rows: Rows, identities: Whole) -> int:
        if not len(rows):
            return 0
        subjects = self._subject_of_each(rows)
        inserted = self._put(rows, identities, subjects, rows.fingerprint)
        if inserted == len(rows):
            return inserted
        other = different_rows(self._actor.brand, self._tables, rows, identities)
        if not len(other):
            return inserted
        rows, identities, subjects = rows.take(other), identities[other], subjects.take(pa.array(other))
        apart = fingerprints.beside(rows.fingerprint, rows.account, rows.instant)
        return inserted + self._put(rows, identities, subjects, apart)

    def _subject_of_each(self, rows: Rows) -> pa.Array:
        coded = rows.about.dictionary_encode()
        ids = pa.array(self._subjects.ids_of(coded.dictionary.to_pylist()), pa.int64())
        return ids.take(coded.indices)

    def _put(self, rows: Rows, identities: Whole, subjects: pa.Array, fingerprint: Whole) -> int:
        order = pa.array(np.argsort(fingerprint, kind="stable"))
        columns: dict[str, pa.Array] = {
            "identity_id": pa.array(identities),
            "happened_at": pa.array(rows.instant),
            "day": pa.array(rows.day),
            "direction": pa.array(rows.direction),
            "kind": pa.array(rows.kind),
            "asked": rows.asked,
            "subject_id": subjects,
            "fingerprint": pa.array(fingerprint),
            "answers": rows.answers,
        }
        same = {
            name: column[0].as_py()
            for name, column in columns.items()
            if name != "fingerprint" and _is_one_value(column)
        }
        varied = {
            name: column.take(order).to_pylist() for name, column in columns.items() if name not in same
        }
        entry = LedgerEntry(brand=self._actor.brand, batch=self._batch)
        return self._tables.insert(LedgerEntry, varied, stored_values(entry, without=columns) | same)


def _is_one_value(column: pa.Array) -> bool:
    """Whether all rows say the same; such a value is written into the statement."""
    if column.null_count:
        return bool(column.null_count == len(column))
    least_and_most = pc.min_max(column)
    return bool(least_and_most["min"] == least_and_most["max"])


def steps(happenings: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Pieces of the size of one transaction."""
    for start in range(0, happenings.num_rows, STEP):
        yield happenings.slice(start, STEP)


def append(
    *, actor: Actor, batch: Batch, happenings: Iterable[pa.RecordBatch], with_it: WithIt | None = None
) -> Added:
    """Append all of a source's happenings (Arrow, `channels.files.happenings.SCHEMA`) under one batch.

    `with_it` runs inside each transaction with its counts: a cursor moves there, with the rows it covers.
    Call it outside a transaction. Raises `NotAllowed`, and `Conflict` when the batch is undone meanwhile.
    """
    added = Added()
    with Appender(actor, batch) as ledger:
        for piece in happenings:
            added += ledger.append(piece, with_it)
    return added
