"""One person's page: accounts, what passed between us in both directions, what we asked and what they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import DIRECTION_BY_CODE, DIRECTION_CODES, KIND_BY_CODE, KIND_CODES, Direction, Kind
from deining.core.models import LogEntry
from deining.core.roles import Capability
from deining.people.models import Identity, LedgerEntry, Merge, Person
from deining.people.queries.whole import rows_of
from deining.people.scoring import current_fit, model_of

PAGE: Final = 60
WE, THEY = DIRECTION_CODES[Direction.WE], DIRECTION_CODES[Direction.THEY]
MOST_FOR_HISTORY: Final = 50_000


@dataclass(frozen=True, slots=True)
class Moment:
    """One row of the timeline; `answers` is the row of ours (or theirs) that it answers, when we have it."""

    entry: LedgerEntry
    network: str
    answers: LedgerEntry | None

    @property
    def is_ours(self) -> bool:
        return self.entry.direction == WE


@dataclass(frozen=True, slots=True)
class Day:
    """What passed between us on one day, newest first."""

    day: date
    moments: list[Moment]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of days, newest first. `older`: where the next page starts, empty at the beginning of time."""

    days: list[Day]
    older: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What we asked and what came of it; `share` is None when nothing was asked."""

    asked: int
    answered: int
    unasked: int

    @property
    def share(self) -> float | None:
        return min(self.answered / self.asked, 1.0) if self.asked else None


def accounts_of(person: Person) -> list[Identity]:
    """The person's accounts, by network."""
    return list(person.identities.order_by("network", "pk"))


def timeline_of(actor: Actor, person: Person, before: str = "", kinds: str = "") -> Timeline:
    """A page of what passed between us. `before`: where an earlier page said the next one starts.

    kinds: "they", "we" or "" for both directions.
    """
    actor.require(Capability.SEE)
    networks = {identity.pk: identity.network for identity in person.identities.only("pk", "network")}
    entries = LedgerEntry.objects.filter(identity__in=networks).select_related("subject")
    if kinds:
        entries = entries.filter(direction=THEY if kinds == "they" else WE)
    rows = list(_before(entries, before).order_by("-happened_at", "-pk")[: PAGE + 1])
    shown, more = rows[:PAGE], rows[PAGE:]
    older = f"{clock.to_micros(shown[-1].happened_at or clock.EPOCH)}-{shown[-1].pk}" if more else ""
    return Timeline(list(_by_day(shown, networks, _answered_by(actor, shown))), older)


def asked_and_did(person: Person) -> Asked:
    """How often we asked, how often they answered, and how often they came of their own accord."""
    told = entries_of(person).aggregate(
        asks=Count("pk", filter=Q(direction=WE, kind=KIND_CODES[Kind.ASK])),
        when_asked=Count("pk", filter=Q(direction=THEY, asked=True)),
        unasked=Count("pk", filter=Q(direction=THEY, asked=False)),
    )
    # a source may tell of answers without the questions: each answer was to a question
    return Asked(max(told["asks"], told["when_asked"]), told["when_asked"], told["unasked"])


def entries_of(person: Person) -> QuerySet[LedgerEntry]:
    """Everything that passed between us."""
    return LedgerEntry.objects.filter(identity__in=list(person.identities.values_list("pk", flat=True)))


def merges_of(person: Person) -> list[Merge]:
    """Merges that made this person, newest first, undone ones left out."""
    involved = Merge.objects.filter(kept__in=rows_of(person), undone_at__isnull=True)
    return list(involved.select_related("gone", "merged_by").order_by("-pk"))


def log_of(actor: Actor, person: Person, most: int = 20) -> list[LogEntry]:
    """What colleagues did with this person, newest first; empty for who may not read the log."""
    if not actor.may(Capability.SEE_LOG):
        return []
    entries = LogEntry.objects.filter(
        brand=actor.brand, subject_type="person", subject_id__in=rows_of(person)
    )
    return list(entries.select_related("user").order_by("-pk")[:most])


def history_of(person: Person, points: int = 24) -> list[tuple[date, float]]:
    """The probability as today's model would have seen it, at even steps since the first deed; the last point
    is the present estimate. Empty without a model or without deeds. Loads the relationship room.
    """
    fit = current_fit(person.brand)
    model = model_of(fit) if fit is not None else None
    rows = _rows_for_history(person) if model is not None else []
    days = [day for day, _kind, direction, _asked in rows if direction == THEY]
    if fit is None or model is None or not days or fit.scored_day is None or person.probability is None:
        return []
    first, last = min(days), max(fit.scored_day, *days)
    steps = sorted({first + (last - first) * step // points for step in range(1, points)})
    seen = _history(model, rows, steps)
    return [*((clock.day_of(day), value) for day, value in zip(steps, seen, strict=True)),
            (clock.day_of(last), person.probability)]  # fmt: skip


def _history(model: Any, rows: list[tuple[int, int, int, bool | None]], days: list[int]) -> list[float]:
    from deining.insight import relationship

    day, kind, direction, asked = zip(*rows, strict=True)
    events = {
        "person": [1] * len(rows),
        "day": list(day),
        "kind": [KIND_BY_CODE[code].value for code in kind],
        "direction": [DIRECTION_BY_CODE[code].value for code in direction],
        "asked": list(asked),
    }
    return [float(value) for value in relationship.history(model, events, days)]


def _rows_for_history(person: Person) -> list[tuple[int, int, int, bool | None]]:
    """(day, kind code, direction code, asked) of the newest rows, oldest first."""
    newest = entries_of(person).order_by("-happened_at").values_list("day", "kind", "direction", "asked")
    return list(reversed(newest[:MOST_FOR_HISTORY]))


def _before(entries: QuerySet[LedgerEntry], before: str) -> QuerySet[LedgerEntry]:
    micros, _, last = before.partition("-")
    if not (micros.isdecimal() and last.isdecimal() and len(micros) < 18 and len(last) < 19):
        return entries
    moment = clock.from_micros(int(micros))
    return entries.filter(Q(happened_at__lt=moment) | Q(happened_at=moment, pk__lt=int(last)))


def _answered_by(actor: Actor, rows: list[LedgerEntry]) -> dict[int, LedgerEntry]:
    """The rows that these answer, by fingerprint."""
    wanted = [row.answers for row in rows if row.answers is not None]
    found = LedgerEntry.objects.filter(brand=actor.brand, fingerprint__in=wanted).select_related("subject")
    return {row.fingerprint: row for row in found}


def _by_day(
    rows: list[LedgerEntry], networks: dict[int, str], answered: dict[int, LedgerEntry]
) -> Iterator[Day]:
    for number, group in groupby(rows, key=lambda row: row.day):
        moments = [
            Moment(row, networks.get(row.identity_id, ""), answered.get(row.answers or 0)) for row in group
        ]
        yield Day(clock.day_of(number), moments)
