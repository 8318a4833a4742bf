"""Taking the log along: that, too, is in the log."""

from collections.abc import Iterator

from django.db import transaction

from deining.core import log
from deining.core.actors import Actor
from deining.core.log_kinds import LOG_EXPORTED
from deining.core.queries.log_entries import LogFilter, rows_for_export
from deining.core.roles import Capability


def export_log(actor: Actor, *, wanted: LogFilter) -> Iterator[list[str]]:
    """Rows of the log, filtered, the first with names of columns. The rows are read while they are sent."""
    actor.require(Capability.SEE_LOG)
    with transaction.atomic():
        log.record(
            actor, LOG_EXPORTED, of_kind=wanted.kind, of_user=wanted.user_id, of_person=wanted.person_id
        )
    return rows_for_export(actor, wanted)
