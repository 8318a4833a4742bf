"""The list of people: found, filtered, sorted, counted, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import F, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce, StrIndex

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import KIND_CODES, Kind
from deining.core.roles import Capability
from deining.people.models import Identity, Person, Tag
from deining.people.models.person import LIVE
from deining.people.queries.filters import ME, NOBODY, Filters
from deining.people.queries.ordering import in_order, sorted_ids, unindexed
from deining.people.scoring.saying import current_fit
from deining.people.search_text import fold

PAGE: Final = 50
MOST_LISTED: Final = 10_000
"""Nobody pages further than this: narrow the question, or export. The count says "more than"."""

SLIPS_BY: Final = 0.10
"""Somebody slips away when four weeks took this much off a probability that made them a seeker."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the list. `count` is exact up to `MOST_LISTED`; `is_more`: there are more than that."""

    people: list[Person]
    number: int
    count: int
    is_more: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1 if self.people else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * PAGE + len(self.people)

    @property
    def has_next(self) -> bool:
        return self.number * PAGE < self.count


def people_matching(actor: Actor, filters: Filters) -> QuerySet[Person]:
    """Everybody the question is about, unsorted."""
    actor.require(Capability.SEE)
    found = _everybody(actor)
    for place, word in enumerate(fold(filters.q).split()):
        found = found.alias(**{f"word_{place}": StrIndex("search", Value(word))}).filter(
            **{f"word_{place}__gt": 0}
        )
    if filters.segment:
        found = found.alias(its_segment=unindexed("segment")).filter(its_segment=filters.segment)
    if filters.kind:
        found = found.alias(did=F("kinds").bitand(1 << KIND_CODES[Kind(filters.kind)])).exclude(did=0)
    if filters.least is not None:
        found = found.filter(probability__gte=filters.least / 100)
    if filters.most is not None:
        found = found.filter(probability__lte=filters.most / 100)
    return _about_time(actor, _about_others(actor, found, filters), filters)


def list_people(actor: Actor, filters: Filters, number: int = 1) -> PeoplePage:
    """A page of the list, with tags, owner and accounts: a few queries, whatever the filter or the length."""
    found = in_order(people_matching(actor, filters), _everybody(actor), filters, MOST_LISTED + 1)
    count = min(found.count, MOST_LISTED)
    number = min(max(number, 1), max(1, -(-count // PAGE)))
    wanted = found.ids((number - 1) * PAGE, min(number * PAGE, count))
    rows = {person.pk: person for person in with_what_is_shown(Person.objects.filter(pk__in=wanted))}
    return PeoplePage([rows[pk] for pk in wanted if pk in rows], number, count, found.count > count)


def with_what_is_shown(people: QuerySet[Person]) -> QuerySet[Person]:
    """With tags and owner, in two queries."""
    return people.select_related("owner").prefetch_related(Prefetch("tags", Tag.objects.order_by("name")))


def first_and_count(
    actor: Actor, found: QuerySet[Person], filters: Filters, shown: int
) -> tuple[list[Person], int]:
    """The first few in order, and how many there are, counted up to one more than `MOST_LISTED`."""
    told = in_order(found, _everybody(actor), filters, MOST_LISTED + 1)
    ids = told.ids(0, shown)
    rows = Person.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows], told.count


def find_people(actor: Actor, text: str, most: int = 8) -> list[Person]:
    """The likeliest few whose names, handles or addresses hold every word of the text."""
    if not fold(text):
        return []
    ids = sorted_ids(people_matching(actor, Filters(q=text)), Filters(), most)
    rows = Person.objects.in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def people_in_turn(
    actor: Actor, filters: Filters, chosen: list[int] | None = None, step: int = 2000
) -> Iterator[list[Person]]:
    """Everybody the question is about, in chunks by id and without an upper bound, for exports.

    `chosen`: only these ids, whatever the question.
    """
    found = people_matching(actor, Filters() if chosen is not None else filters).order_by("pk")
    if chosen is not None:
        found = found.filter(pk__in=chosen)
    after = 0
    while rows := list(with_what_is_shown(found.filter(pk__gt=after)).prefetch_related("identities")[:step]):
        yield rows
        after = rows[-1].pk


def _everybody(actor: Actor) -> QuerySet[Person]:
    return Person.objects.filter(LIVE, brand=actor.brand)


def _about_others(actor: Actor, found: QuerySet[Person], filters: Filters) -> QuerySet[Person]:
    """Filters on what hangs on the person. `its_id` keeps SQLite from walking the many people of a network
    one by one; those with a tag are few, and walked."""
    found = found.alias(its_id=unindexed("pk"))
    if filters.network:
        accounts = Identity.objects.filter(brand=actor.brand, network=filters.network)
        found = found.filter(its_id__in=accounts.values("person_id"))
    if filters.tag:
        tagged = Tag.people.through.objects.filter(tag__brand=actor.brand, tag__name=filters.tag)
        live = tagged.values_list(Coalesce("person__merged_into_id", "person_id"))
        found = found.filter(pk__in=live)
    if not filters.owner:
        return found
    if filters.owner == NOBODY:
        return found.filter(owner__isnull=True)
    theirs = getattr(actor.user, "pk", None) if filters.owner == ME else int(filters.owner)
    return found.filter(owner=theirs)


def _about_time(actor: Actor, found: QuerySet[Person], filters: Filters) -> QuerySet[Person]:
    now = clock.now()
    found = found.alias(seen=unindexed("last_seen"), since=unindexed("seeker_since"))
    if filters.seen:
        found = found.filter(seen__gte=clock.to_micros(now - timedelta(days=filters.seen)))
    if filters.unseen:
        found = found.filter(seen__lt=clock.to_micros(now - timedelta(days=filters.unseen)))
    if filters.new:
        found = found.filter(since__gt=clock.day_number(now, actor.brand.time_zone) - filters.new)
    if filters.slipping:
        fit = current_fit(actor.brand)
        was_close = (fit.seeker_from if fit else None) or 0.5
        found = found.filter(change__lte=-SLIPS_BY, probability__gte=F("change") + was_close)
    return found
