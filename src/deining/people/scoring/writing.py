# ruff: noqa: S608 -- only whole numbers and names of this module are put into these statements
"""Scores into the database, many rows a statement: `executemany` on SQLite, arrays on PostgreSQL.

Both were the fastest of what the two drivers offer (docs/decisions/040-reading-the-ledger.md). Every
statement passes over a person who was erased in the meantime.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from deining.core import clock
from deining.people.scoring.asking import MARK

AT_ONCE: Final = 5_000
"""Rows in one transaction: others who want to write wait for a fraction of a second."""


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


_COLUMNS: Final = (
    ("probability", "float8"), ("probability_low", "float8"), ("probability_high", "float8"),
    ("change", "float8"), ("reasons", "text"), ("segment", "text"), ("seeker_since", "int4"),
    ("events", "int4"), ("first_seen", "int8"), ("last_seen", "int8"), ("kinds", "int8"),
)  # fmt: skip


def write_scores(scores: Sequence[Score]) -> None:
    """Update the people's columns. Call it in a transaction, with at most `AT_ONCE` scores."""
    if not scores:
        return
    moment = clock.now()
    if connection.vendor == "postgresql":
        _write_arrays(scores, moment)
        return
    settings = ", ".join(f"{name} = %s" for name, _ in _COLUMNS)
    stored = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE people_person SET {settings}, scored_at = %s WHERE id = %s",
            [(*score[1:], stored, score.person) for score in scores],
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


def write_states(brand_id: int, version: int, person_ids: Sequence[int], numbers: Sequence[bytes]) -> None:
    """Insert or replace states, but never over a mark: a mark that came since is work still to be done."""
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
            cursor.executemany(
                f"{into} SELECT id, %s, %s, %s FROM people_person WHERE id = %s {replace} {keep_marks}",
                [(brand_id, version, n, p) for p, n in zip(person_ids, numbers, strict=True)],
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


Existing = dict[int, tuple[Any, ...]]
