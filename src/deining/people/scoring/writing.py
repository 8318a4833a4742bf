# ruff: noqa: S608 -- only whole numbers and names of this module are put into these statements
"""Scores into the database, many rows a statement: `executemany` on SQLite, arrays on PostgreSQL.

Both were the fastest of what the two drivers offer (docs/decisions/040-reading-the-ledger.md). Every
statement passes over a person who was erased in the meantime.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db import connection

from deining.core import clock
from deining.people.scoring.asking import MARK

AT_ONCE: Final = 5_000
"""Rows in one transaction: others who want to write wait for a fraction of a second."""


ROOM: Final = 96_000
"""Kilobytes of pages that SQLite may keep while scores are written: their indexes lie all over the file,
and a page that is put out of memory before the end of the transaction is written more than once."""


class Score(NamedTuple):
    """What scoring writes of one person; `reasons` is JSON text, instants are microseconds."""

    person: int
    probability: float | None
    low: float | None
    high: float | None
    change: float
    reasons: str
    segment: str
    seeker_since: int | None
    events: int
    first_at: int | None
    last_at: int | None
    kinds: int


Existing = dict[int, tuple[Any, ...]]
"""By person, what is stored: see `scores.existing_scores`."""

_COLUMNS: Final = (
    ("probability", "float8"), ("probability_low", "float8"), ("probability_high", "float8"),
    ("change", "float8"), ("reasons", "text"), ("segment", "text"), ("seeker_since", "int4"),
    ("events", "int4"), ("first_seen", "int8"), ("last_seen", "int8"), ("kinds", "int8"),
)  # fmt: skip


@contextmanager
def roomy() -> Iterator[None]:
    """Give SQLite `ROOM` for the writes within; nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{ROOM}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


_PLACE: Final = {name: place for place, (name, _) in enumerate(_COLUMNS, start=1)}
_ALWAYS: Final = ("probability", "probability_low", "probability_high", "change", "reasons")
_BY_DEEDS: Final = ("events", "last_seen")
_RARELY: Final = ("segment", "seeker_since", "first_seen", "kinds")


def write_scores(scores: Sequence[Score], stored: Existing) -> None:
    """Update the people's columns. Call it in a transaction, with at most `AT_ONCE` scores.

    `stored`: what was read of these people before; columns that are the same there are not written where
    that spares work.
    """
    if not scores:
        return
    moment = clock.now()
    if connection.vendor == "postgresql":
        _write_arrays(scores, moment)
        return
    # SQLite rewrites every index that holds a column which is set, also when its value stays the same
    groups: dict[tuple[str, ...], list[Score]] = {}
    for score in sorted(scores):
        groups.setdefault(_columns_to_set(score, stored.get(score.person)), []).append(score)
    instant = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        for names, some in groups.items():
            _write_rows(cursor, names, some, instant)


def _columns_to_set(score: Score, old: tuple[Any, ...] | None) -> tuple[str, ...]:
    if old is None:
        return (*_ALWAYS, *_BY_DEEDS, *_RARELY)
    _, _, segment, since, events, first, last, kinds = old
    names: tuple[str, ...] = _ALWAYS
    if (score.events, score.last_at) != (events, last):
        names += _BY_DEEDS
    if (score.segment, score.seeker_since, score.first_at, score.kinds) != (segment, since, first, kinds):
        names += _RARELY
    return names


def _write_rows(cursor: Any, names: Sequence[str], scores: Sequence[Score], instant: Any) -> None:
    values = itemgetter(*(_PLACE[name] for name in names))
    settings = ", ".join(f"{name} = %s" for name in names)
    cursor.executemany(
        f"UPDATE people_person SET {settings}, scored_at = %s WHERE id = %s",
        [(*values(score), instant, score.person) for score in scores],
    )


def _write_arrays(scores: Sequence[Score], moment: datetime) -> None:
    settings = ", ".join(f"{n} = {'n.reasons::jsonb' if n == 'reasons' else f'n.{n}'}" for n, _ in _COLUMNS)
    arrays = ", ".join(["%s::int8[]", *(f"%s::{kind}[]" for _, kind in _COLUMNS)])
    names = ", ".join(["id", *(name for name, _ in _COLUMNS)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person AS p SET {settings}, scored_at = %s "
            f"FROM unnest({arrays}) AS n({names}) WHERE p.id = n.id",
            [moment, *(list(column) for column in zip(*scores, strict=True))],
        )


def write_states(
    brand_id: int,
    version: int,
    person_ids: Sequence[int],
    numbers: Sequence[bytes],
    known: Collection[int] = (),
) -> None:
    """Insert or replace states, but never over a mark: a mark that came since is work still to be done.

    `known`: who had a state of this version a moment ago; where it went since, nothing is written.
    """
    keep_marks = f"WHERE people_relationshipstate.version <> {MARK}"
    replace = "ON CONFLICT (person_id) DO UPDATE SET version = excluded.version, numbers = excluded.numbers"
    into = "INSERT INTO people_relationshipstate (person_id, brand_id, version, numbers)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"{into} SELECT p.id, %s, %s, n.numbers "
                "FROM unnest(%s::int8[], %s::bytea[]) AS n(id, numbers) "
                f"JOIN people_person p ON p.id = n.id {replace} {keep_marks}",
                [brand_id, version, list(person_ids), list(numbers)],
            )
        else:
            states = list(zip(numbers, person_ids, strict=True))
            cursor.executemany(
                "UPDATE people_relationshipstate SET numbers = %s WHERE person_id = %s AND version = %s",
                [(n, p, version) for n, p in states if p in known],
            )
            cursor.executemany(
                f"{into} SELECT id, %s, %s, %s FROM people_person WHERE id = %s {replace} {keep_marks}",
                [(brand_id, version, n, p) for n, p in states if p not in known],
            )


def clear_states(person_ids: Sequence[int]) -> None:
    """Remove the states of people of whom nothing is left to count, unless marked again."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM people_relationshipstate WHERE person_id = %s AND version <> %s",
            [(person_id, MARK) for person_id in person_ids],
        )


def lift_marks(marks: dict[int, bytes]) -> None:
    """Take off the marks (person -> token) that were worked off; one that was set anew stays."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM people_relationshipstate WHERE person_id = %s AND version = %s AND numbers = %s",
            [(person_id, MARK, token) for person_id, token in marks.items()],
        )


def nothing_known(person_id: int) -> Score:
    """The columns of somebody of whom no deed is in the ledger."""
    return Score(person_id, None, None, None, 0.0, "{}", "passer_by", None, 0, None, None, 0)
