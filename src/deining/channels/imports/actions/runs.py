"""Starting an import, starting it again after a failure, undoing it."""

from django.db import transaction
from django.utils.translation import gettext as _

from deining.channels.imports import log_kinds
from deining.channels.imports.access import get_import_for
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import in_their_words, open_import
from deining.core.actors import Actor
from deining.core.errors import Conflict
from deining.core.jobs import enqueue_once
from deining.core.log import record
from deining.people.models import Batch


def start(*, actor: Actor, run: Import) -> Import:
    """Put a draft in the queue. Raises `NotAllowed`, `NotFound`, `Conflict`, `UnusableFile`."""
    mine = get_import_for(actor, run.pk)
    source = open_import(mine)
    with in_their_words(mine):
        source.checked()
    with transaction.atomic():
        batch = Batch.objects.create(brand=actor.brand, label=mine.name[:200])
        _move(mine, [ImportState.DRAFT], ImportState.QUEUED, batch=batch)
        record(actor, log_kinds.IMPORT_STARTED, mine)
        _queue_run(actor, mine)
    return mine


def retry(*, actor: Actor, run: Import) -> Import:
    """Go on with an import, or with its undo, that failed: where it stopped.

    Raises `NotAllowed`, `NotFound`, `Conflict`.
    """
    mine = get_import_for(actor, run.pk)
    with transaction.atomic():
        undone = mine.batch is not None and mine.batch.undone_at is not None
        state = ImportState.UNDOING if undone else ImportState.QUEUED
        _move(mine, [ImportState.FAILED], state, error="", finished_at=None)
        record(actor, log_kinds.IMPORT_UNDONE if undone else log_kinds.IMPORT_STARTED, mine, again=True)
        (_queue_undo if undone else _queue_run)(actor, mine)
    return mine


def undo(*, actor: Actor, run: Import) -> Import:
    """Take everything out of the ledger that is there only because of this import; a running one stops.

    Raises `NotAllowed`, `NotFound`, `Conflict`.
    """
    mine = get_import_for(actor, run.pk)
    begun = [ImportState.QUEUED, ImportState.RUNNING, ImportState.DONE, ImportState.FAILED]
    with transaction.atomic():
        _move(mine, begun, ImportState.UNDOING, error="")
        record(actor, log_kinds.IMPORT_UNDONE, mine)
        _queue_undo(actor, mine)
    return mine


def _queue_run(actor: Actor, run: Import) -> None:
    from deining.channels.imports.duties import run_import

    enqueue_once(run_import, key=run.job_key, brand=actor.brand, created_by=actor.user, import_id=run.pk)


def _queue_undo(actor: Actor, run: Import) -> None:
    from deining.channels.imports.duties import undo_import

    enqueue_once(undo_import, key=run.job_key, brand=actor.brand, created_by=actor.user, import_id=run.pk)


def _move(run: Import, states: list[ImportState], to: ImportState, **fields: object) -> None:
    """Change the state, unless a colleague was first."""
    if not Import.objects.filter(pk=run.pk, state__in=states).update(state=to, **fields):
        now = Import.objects.get(pk=run.pk)
        raise Conflict(
            _("%(name)s is in another state by now: %(state)s. Look again.")
            % {"name": run.name, "state": now.get_state_display()}
        )
    run.refresh_from_db()
