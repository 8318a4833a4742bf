"""Questions about the log: who did what, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from deining.core import log
from deining.core.actors import Actor
from deining.core.models import LogEntry
from deining.core.roles import Capability

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What to look for; None and empty mean everything. `system` asks for what nobody did in person."""

    kind: str = ""
    user_id: int | None = None
    system: bool = False
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, the latest first, and the id from which older and newer ones are asked."""

    entries: list[LogEntry]
    older: int | None
    newer: int | None


def entries_of(actor: Actor, wanted: LogFilter) -> QuerySet[LogEntry]:
    """The brand's log, filtered, the latest first."""
    actor.require(Capability.SEE_LOG)
    found = LogEntry.objects.filter(brand=actor.brand).select_related("user")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.system:
        found = found.filter(user=None)
    elif wanted.user_id is not None:
        found = found.filter(user=wanted.user_id)
    if wanted.person_id is not None:
        found = found.filter(_about_person(wanted.person_id))
    return found


def page_of(
    actor: Actor, wanted: LogFilter, *, before: int | None = None, after: int | None = None
) -> LogPage:
    """One page by the entries' own ids, so that new entries do not shift what is being read."""
    found = entries_of(actor, wanted)
    if after is not None:
        rows = list(found.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        entries, more_newer = rows[:PAGE][::-1], len(rows) > PAGE
        return LogPage(entries, _id(entries, -1), _id(entries, 0) if more_newer else None)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    entries = rows[:PAGE]
    return LogPage(
        entries, _id(entries, -1) if len(rows) > PAGE else None, _id(entries, 0) if before else None
    )


def rows_for_export(actor: Actor, wanted: LogFilter) -> Iterator[list[str]]:
    """The log as rows of text, the first with names: moment (UTC), who, kind, words, about, why, details."""
    found = entries_of(actor, wanted)
    words = log.declared_kinds()
    yield [_("moment"), _("who"), _("kind"), _("what"), _("about"), _("why"), _("details")]
    for entry in found.iterator(chunk_size=2000):
        about = f"{entry.subject_type} {entry.subject_id}" if entry.subject_id else ""
        details = "; ".join(f"{name}={value}" for name, value in details_of(entry))
        yield [
            entry.happened_at.isoformat(timespec="seconds"),
            entry.actor_label,
            entry.kind,
            str(words.get(entry.kind, entry.kind)),
            about,
            entry.why,
            details,
        ]


def details_of(entry: LogEntry) -> list[tuple[str, object]]:
    """What the entry adds, by name, "before" ahead of "after": the databases keep no order of their own."""
    return sorted(entry.data.items(), key=lambda pair: (pair[0] == "after", pair[0]))


def kinds_in_use(actor: Actor) -> list[tuple[str, str]]:
    """Every kind this installation can write, with its words, for the filter."""
    actor.require(Capability.SEE_LOG)
    return sorted(((name, str(words)) for name, words in log.declared_kinds().items()), key=lambda k: k[1])


def _about_person(person_id: int) -> Q:
    return Q(subject_type="person", subject_id=person_id)


def _id(entries: list[LogEntry], position: int) -> int | None:
    return entries[position].pk if entries else None
