"""A list of people as a file, for whoever may take data out. The log says how many, and by which filter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from deining.core import clock
from deining.core.actors import Actor
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.models import Person
from deining.people.queries.filters import Filters
from deining.people.queries.listing import people_in_turn
from deining.people.scoring import current_fit, sentence_of

COLUMNS: Final = (
    "person", "name", "accounts", "probability", "probability_low", "probability_high", "change", "segment",
    "seeker_since", "did", "first_seen", "last_seen", "owner", "tags", "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """One line of the export. Probabilities from 0 to 1; days on the brand's calendar, instants in UTC."""

    person: int
    name: str
    accounts: str
    probability: float | None
    probability_low: float | None
    probability_high: float | None
    change: float | None
    segment: str
    seeker_since: date | None
    did: int
    first_seen: datetime | None
    last_seen: datetime | None
    owner: str
    tags: str
    why: str


def export_people(
    *, actor: Actor, filters: Filters, language: str, chosen: list[int] | None = None
) -> Iterator[list[ExportedPerson]]:
    """Everybody the question is about (or `chosen`), in chunks; memory does not grow with the list.

    Raises `NotAllowed`, before anything is handed out.
    """
    actor.require(Capability.EXPORT)
    names = sorted(filters.words()) if chosen is None else []
    record(
        actor, log_kinds.PEOPLE_EXPORTED, filters=names, chosen=len(chosen) if chosen is not None else None
    )
    return _chunks(actor, filters, language, chosen)


def _chunks(
    actor: Actor, filters: Filters, language: str, chosen: list[int] | None
) -> Iterator[list[ExportedPerson]]:
    fit = current_fit(actor.brand)
    scored_day = fit.scored_day if fit else None
    for people in people_in_turn(actor, filters, chosen):
        yield [
            _line(
                person, sentence_of(person, language, scored_day=scored_day, time_zone=actor.brand.time_zone)
            )
            for person in people
        ]


def _line(person: Person, why: str) -> ExportedPerson:
    accounts = (
        f"{identity.network}:{identity.handle or identity.external_id}"
        for identity in person.identities.all()
    )
    return ExportedPerson(
        person=person.pk,
        name=person.name,
        accounts="; ".join(accounts),
        probability=person.probability,
        probability_low=person.probability_low,
        probability_high=person.probability_high,
        change=person.change if person.probability is not None else None,
        segment=person.segment,
        seeker_since=clock.day_of(person.seeker_since) if person.seeker_since is not None else None,
        did=person.events,
        first_seen=person.first_seen,
        last_seen=person.last_seen,
        owner=person.owner.display_name if person.owner else "",
        tags="; ".join(tag.name for tag in person.tags.all()),
        why=why,
    )
