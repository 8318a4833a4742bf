"""The work itself: a file through its reader into the ledger, the cursor moving with the rows it covers."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F

from deining.channels.imports import log_kinds
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import in_their_words, open_import, reading_language
from deining.channels.imports.places import forget_upload, report_of
from deining.core import clock, jobs
from deining.core.actors import Actor
from deining.core.log import record

if TYPE_CHECKING:
    from deining.channels.files import Batch, RejectedFile
    from deining.people.ledger import Added, Appender

TELL_EVERY: Final = 1.0
"""Seconds between two notes of how far it is; far below the lease of a job."""


class Run:
    """One pass over the file: from the start, or on from the cursor after a crash or a failure."""

    def __init__(self, actor: Actor, run: Import, ledger: "Appender", rejected: "RejectedFile") -> None:
        self._actor = actor
        self._run = run
        self._ledger = ledger
        self._rejected = rejected
        self._cursor = run.rows_done
        self._seen = 0
        self._left_out: dict[str, int] = {}
        self._notes: dict[str, int] = {}
        self._told = 0.0

    def take(self, batch: "Batch") -> None:
        """One piece of the file: the rows before the cursor are only counted."""
        for row in batch.rejected:
            self._rejected.write([row])
        _add(self._left_out, batch.left_out)
        _add(self._notes, batch.notes)
        done_before = min(max(self._cursor - self._seen, 0), batch.happenings.num_rows)
        self._seen += batch.happenings.num_rows
        self._ledger.pass_over(batch.happenings.slice(0, done_before))
        self._ledger.append(batch.happenings.slice(done_before), self._move_cursor)

    def tell(self, done: int, total: int) -> None:
        """Say how far it is, once a second; raises `LeaseLost` when another worker took over."""
        if time.monotonic() - self._told >= TELL_EVERY or done == total:
            jobs.progress(done, total)
            self._told = time.monotonic()

    def finish(self) -> None:
        """The file is through: the last counts, and the state."""
        with transaction.atomic():
            self._update(state=ImportState.DONE, finished_at=clock.now(), error="")
            self._run.refresh_from_db()
            run = self._run
            record(
                self._actor, log_kinds.IMPORT_FINISHED, run, added=run.rows_added, rejected=run.rows_rejected
            )

    def _move_cursor(self, added: "Added") -> None:
        rows = added.added + added.known + added.erased
        self._update(
            rows_done=F("rows_done") + rows,
            rows_added=F("rows_added") + added.added,
            rows_known=F("rows_known") + added.known,
            rows_erased=F("rows_erased") + added.erased,
            people_added=F("people_added") + added.people,
        )
        # only a committed step moves it: when the commit fails, this object is of no use any more
        self._cursor += rows

    def _update(self, **fields: object) -> None:
        """Raises `LeaseLost` unless the row still stands where this pass left it."""
        mine = Import.objects.filter(pk=self._run.pk, state=ImportState.RUNNING, rows_done=self._cursor)
        changed = mine.update(
            **fields,
            rows_rejected=self._rejected.count,
            rows_left_out=sum(self._left_out.values()),
            left_out=self._left_out,
            notes=self._notes,
        )
        if not changed:
            raise jobs.LeaseLost(f"import {self._run.pk} was undone or taken over")


def run_file(actor: Actor, run: Import) -> None:
    """Read the whole file into the ledger. Raises `UnusableFile`, `LeaseLost`, and whatever the disk says."""
    from deining.channels.files import RejectedFile
    from deining.people.ledger import Appender

    assert run.batch is not None
    report = report_of(run)
    report.parent.mkdir(parents=True, exist_ok=True)
    draft = report.with_suffix(".part")
    source = open_import(run)
    with (
        in_their_words(run),
        RejectedFile(draft, reading_language()) as rejected,
        Appender(actor, run.batch) as ledger,
    ):
        going = Run(actor, run, ledger, rejected)
        for batch in source.batches(going.tell):
            going.take(batch)
    _publish(draft, report, rejected.count)
    going.finish()
    forget_upload(run)


def _publish(draft: Path, report: Path, count: int) -> None:
    """The report is whole before the import says that it is done."""
    if count:
        draft.replace(report)
    else:
        draft.unlink(missing_ok=True)


def _add(totals: dict[str, int], more: dict[str, int]) -> None:
    for name, count in more.items():
        totals[name] = totals.get(name, 0) + count
