"""Background work of this room: running an import, undoing one, forgetting drafts that were left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from deining.channels.imports import log_kinds
from deining.channels.imports.faults import sentence_for
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.places import forget_upload, report_of
from deining.core import clock, jobs
from deining.core.actors import Actor, system_actor
from deining.core.log import record
from deining.core.models import Brand, Job

DRAFTS_STAY: Final = timedelta(days=7)


@task()
def run_import(import_id: int) -> dict[str, int]:
    """Bring a queued import's file into the ledger, on from its cursor."""
    from deining.channels.imports.running import run_file

    waiting = [ImportState.QUEUED, ImportState.RUNNING]
    if not Import.objects.filter(pk=import_id, state__in=waiting).update(state=ImportState.RUNNING):
        return {}
    run = _stored(import_id)
    with _told_to(run, ImportState.RUNNING):
        run_file(_actor(run), run)
    _ask_for_more(run.brand)
    run.refresh_from_db()
    return {"added": run.rows_added, "known": run.rows_known, "rejected": run.rows_rejected}


@task()
def undo_import(import_id: int) -> dict[str, int]:
    """Take an import out of the ledger again."""
    from deining.people.ledger import undo_batch

    run = _stored(import_id)
    if run.state != ImportState.UNDOING or run.batch is None:
        return {}
    with _told_to(run, ImportState.UNDOING):
        undone = undo_batch(actor=_actor(run), batch=run.batch, progress=jobs.progress)
        forget_upload(run)
        report_of(run).unlink(missing_ok=True)
        finished = Import.objects.filter(pk=run.pk, state=ImportState.UNDOING)
        finished.update(state=ImportState.UNDONE, finished_at=clock.now(), error="")
    _ask_for_more(run.brand)
    return {"rows": undone.rows, "people": undone.people, "kept": undone.kept}


@jobs.every(minutes=60)
def queue_forgetting() -> None:
    """Have old drafts forgotten."""
    jobs.enqueue_once(forget_old_drafts, key="forget-old-drafts")


@task()
def forget_old_drafts() -> int:
    """Remove drafts of a week ago with their files: data that nobody uses is not kept (spec P7)."""
    old = Import.objects.filter(state=ImportState.DRAFT, created_at__lt=clock.now() - DRAFTS_STAY)
    count = 0
    for run in list(old.select_related("brand")):
        if Import.objects.filter(pk=run.pk, state=ImportState.DRAFT).delete()[0]:
            why = _("nobody started it for a week")
            record(_actor(run), log_kinds.IMPORT_DISCARDED, why=why, import_id=run.pk)
            forget_upload(run)
            count += 1
    return count


def _stored(import_id: int) -> Import:
    return Import.objects.select_related("brand", "batch", "created_by").get(pk=import_id)


def _actor(run: Import) -> Actor:
    return system_actor(run.brand, f"import {run.pk}")


@contextmanager
def _told_to(run: Import, state: ImportState) -> Iterator[None]:
    """A failure becomes a sentence beside the import, in the language of who started it."""
    language = run.created_by.language if run.created_by else settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            yield
        except jobs.LeaseLost:
            raise
        except Exception as error:
            sentence = sentence_for(error)
            if sentence:
                _fail(run, state, sentence)
                raise jobs.JobRefused(sentence) from error
            if _is_last_attempt(run):
                words = _("It stopped several times, the last time with: %(error)s")
                _fail(run, state, words % {"error": str(error) or type(error).__name__})
            raise


def _fail(run: Import, state: ImportState, sentence: str) -> None:
    """Unless somebody gave it another state meanwhile."""
    failed = Import.objects.filter(pk=run.pk, state=state)
    failed.update(state=ImportState.FAILED, error=sentence, finished_at=clock.now())


def _is_last_attempt(run: Import) -> bool:
    job = Job.objects.filter(key=run.job_key).order_by("-pk").first()
    return job is None or job.attempts >= jobs.MAX_ATTEMPTS


def _ask_for_more(brand: Brand) -> None:
    """The new rows are to be scored, the new accounts compared."""
    from deining.people import duties

    asks: list[Callable[[Brand], object]] = [duties.ask_for_scoring, duties.ask_for_proposals]
    for ask in asks:
        ask(brand)
