"""Erasing somebody for good (spec P7): every copy goes, a keyed hash stays against imports."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError
from deining.core.events import publish
from deining.core.log import record
from deining.core.models import Brand
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_person_for
from deining.people.actions.regrouping import lock_regrouping
from deining.people.erasure import kept
from deining.people.erasure.removing import empty_write_ahead_log, remove_accounts, remove_people
from deining.people.erasure.tracing import hashes_of, traces_of, traces_of_accounts
from deining.people.events import PersonErased
from deining.people.forgetting import Traces, forget_elsewhere
from deining.people.models import Erased, Identity, Person
from deining.people.queries.whole import rows_of


def erase_person(*, actor: Actor, person: Person, why: str) -> None:
    """Remove the person, whoever was merged into them, and every copy; it cannot be undone.

    Other rooms forget first (`people.forgetting`): when one cannot, its error comes through and the person
    is still there. `why` stands in the log, without the person's name or address should they be in it.
    Raises `NotAllowed`, `NotFound`, and `Conflict` when the person changed meanwhile.
    """
    actor.require(Capability.ERASE)
    mine = get_person_for(actor, person.pk)
    traces = traces_of(mine)
    _forget_elsewhere(actor.brand, traces)
    with transaction.atomic():
        lock_regrouping(actor.brand)
        mine.refresh_from_db(fields=["merged_into"])
        if mine.merged_into_id is not None or set(rows_of(mine)) != set(traces.person_ids):
            raise Conflict(_("This person was merged or split meanwhile. Open the page again, then decide."))
        number = mine.pk
        entries = remove_people(traces.person_ids)
        _remember(actor.brand, traces)
        record(
            actor, log_kinds.PERSON_ERASED, Person(pk=number), why=without_traces(why, traces),
            rows=len(traces.person_ids), identities=len(traces.accounts), entries=entries,
        )  # fmt: skip
        publish(PersonErased(actor.brand.pk, traces.person_ids))
        transaction.on_commit(_sweep)


def _sweep() -> None:
    """What a reader keeps from being overwritten now, the hourly sweep does."""
    empty_write_ahead_log()


def erase_accounts(*, actor: Actor, accounts: list[Identity]) -> None:
    """Remove these accounts with their ledger rows, and leave their persons: for erasures applied again."""
    actor.require(Capability.ERASE)
    traces = traces_of_accounts(accounts)
    _forget_elsewhere(actor.brand, traces)
    with transaction.atomic():
        lock_regrouping(actor.brand)
        entries = remove_accounts([account.pk for account in accounts if account.brand_id == actor.brand.pk])
        record(actor, log_kinds.PERSON_ERASED, why="", identities=len(accounts), entries=entries)


def without_traces(text: str, traces: Traces) -> str:
    """The text with whatever would tell who it was about taken out."""
    return re.sub(pattern, "…", text) if (pattern := _telling(traces)) else text


def _telling(traces: Traces) -> re.Pattern[str] | None:
    ids = (external_id for _, external_id in traces.accounts)
    words = sorted({*traces.names, *traces.emails, *traces.handles, *ids}, key=len, reverse=True)
    told = "|".join(re.escape(word) for word in words if len(word) > 1)
    return re.compile(told, re.IGNORECASE) if told else None


def _forget_elsewhere(brand: Brand, traces: Traces) -> None:
    try:
        forget_elsewhere(brand, traces)
    except OSError as error:
        raise DeiningError(
            _(
                "A copy in a file could not be changed (%(reason)s), so nothing was erased. "
                "Make room or mend the folder, then try again."
            )
            % {"reason": error.strerror or error}
        ) from error


def _remember(brand: Brand, traces: Traces) -> None:
    now = clock.now()
    marks = hashes_of(brand, traces)
    Erased.objects.bulk_create(
        [Erased(brand=brand, keyed_hash=mark, erased_at=now) for mark in marks], ignore_conflicts=True
    )
    kept.append(kept.Line(brand.pk, mark, now.isoformat(timespec="seconds")) for mark in marks)
