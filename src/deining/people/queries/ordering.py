"""The order of the list: how many answer the question, and who stands on one page of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, F, FloatField, Func, QuerySet, TextField, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from deining.people.models import Person, SegmentName
from deining.people.queries.filters import Filters

Column = F | Func

MAYBE_EMPTY: Final = {"probability", "last_seen", "first_seen", "seeker_since"}

LOOK_AHEAD: Final = 40
"""When more than `most` answer the question, so many people are looked through for each that is shown."""
MOST_AHEAD: Final = 6_000


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are, counted up to `most`, and their ids from one place in the order to another."""

    count: int
    ids: Callable[[int, int], list[int]]


def in_order(found: QuerySet[Person], everybody: QuerySet[Person], filters: Filters, most: int) -> Found:
    """Who was found, sorted. `everybody`: whom it was found among (the brand's live people).

    SQLite keeps the first `most` of a sorted answer in a tree, which costs more than reading all people
    does; so it gathers `most` unsorted, and most answers are complete with that. Of the others only a page
    is sorted: docs/decisions/060-one-index-for-the-list.md.
    """
    if not filters.narrows:
        return Found(found[:most].count(), lambda start, end: sorted_ids(found, filters, end)[start:])
    if connection.vendor != "sqlite" or filters.sort_key == "probability":
        ids = sorted_ids(found, filters, most)
        return Found(len(ids), lambda start, end: ids[start:end])
    gathered = list(found.order_by().values_list("pk", filled(filters.sort_key))[:most])
    if len(gathered) < most:
        return Found(len(gathered), lambda start, end: _sorted(gathered, filters)[start:end])
    return Found(most, lambda start, end: _first(found, everybody, filters, end)[start:])


def sorted_ids(found: QuerySet[Person], filters: Filters, most: int) -> list[int]:
    """The first ids in order; who has nothing in the column comes last, or first when turned round."""
    key = filters.sort_key
    if filters.narrows and key != "probability":
        return list(found.order_by(*_order(filled(key), filters)).values_list("pk", flat=True)[:most])
    if key not in MAYBE_EMPTY:
        return list(found.order_by(*_order(F(key), filters)).values_list("pk", flat=True)[:most])
    # In two, since the databases disagree on where nothing sorts, and an index serves only their own way.
    known = found.filter(**{f"{key}__isnull": False}).order_by(*_order(F(key), filters))
    ids = list(known.values_list("pk", flat=True)[:most])
    if len(ids) < most:
        empty = found.filter(**{f"{key}__isnull": True}).order_by("pk")
        ids += empty.values_list("pk", flat=True)[: most - len(ids)]
    return ids


def filled(key: str) -> Column:
    """The column as it sorts, with a number also where there is none."""
    return Coalesce(unindexed(key), Value(-1)) if key in MAYBE_EMPTY else unindexed(key)


class _Unindexed(Func):
    """A column with a plus before it on SQLite, which then takes no index of that column for it."""

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def unindexed(column: str) -> Column:
    """The column, said so that SQLite scans the one index that holds everything (`person_for_list`) instead
    of an index of that column, which costs a jump to the table for each row it finds."""
    if column in {"segment", "name"}:
        return _Unindexed(F(column), output_field=TextField())
    number = FloatField() if column in {"change", "probability"} else BigIntegerField()
    return _Unindexed(F(column), output_field=number)


def _sorted(gathered: list[tuple[int, Any]], filters: Filters) -> list[int]:
    """As SQLite would: text by its code points, equals by id."""
    gathered.sort(key=lambda pair: pair[0], reverse=filters.sort.startswith("-"))
    gathered.sort(key=lambda pair: pair[1], reverse=not filters.is_ascending)
    return [pk for pk, _key in gathered]


def _first(found: QuerySet[Person], everybody: QuerySet[Person], filters: Filters, shown: int) -> list[int]:
    """The first of very many: they mostly stand among the first few of everybody, whom an index knows."""
    ahead = LOOK_AHEAD * shown
    if ahead <= MOST_AHEAD:
        if (filters.segment, filters.sort_key) == (SegmentName.SEEKER, "seeker_since"):
            everybody = everybody.filter(seeker_since__isnull=False)  # turned round, the others come first
        walk = everybody.order_by(*_order(F(filters.sort_key), filters))
        first = list(walk.values_list("pk", flat=True)[:ahead])
        answering = set(found.filter(pk__in=first).values_list("pk", flat=True))
        if len(answering) >= shown:
            return [pk for pk in first if pk in answering][:shown]
    return sorted_ids(found, filters, shown)


def _order(column: Column, filters: Filters) -> tuple[OrderBy, OrderBy]:
    """The way the indexes of `Person` run, or exactly the other way."""
    usual = not filters.sort.startswith("-")
    return (
        column.asc() if filters.is_ascending else column.desc(),
        F("pk").asc() if usual else F("pk").desc(),
    )
