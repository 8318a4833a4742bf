# ruff: noqa: S608 -- only whole numbers are put into these statements
"""Counting on: new ledger rows advance the states of the people they touch, and only these are scored again.

States, scores and `ledger_until` move in one transaction, so that a row is counted once whatever happens.
Marked people (a merge, removed rows) are counted again from their own rows first.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from deining.core import clock
from deining.core.errors import Conflict
from deining.core.models import Brand
from deining.insight import relationship
from deining.people.models import FittedModel
from deining.people.scoring import packing, writing
from deining.people.scoring.outcome import Outcome
from deining.people.scoring.reading import IDS_AT_ONCE, Rows, read_rows_of
from deining.people.scoring.scores import existing_scores, scores_of
from deining.people.scoring.tally import tally_of, together
from deining.people.scoring.writing import Existing, Score


@dataclass(frozen=True)
class Counted:
    """States and tallies of the touched people; `silent`: those of whom nothing is left; `known`: those
    of whom a state was stored."""

    states: pa.Table
    tally: pa.Table
    silent: list[int]
    known: frozenset[int]


def score_changed(
    brand: Brand, fit: FittedModel, model: relationship.Model, rows: Rows, marks: dict[int, bytes], until: int
) -> Outcome:
    """Count `rows` (from `fit.ledger_until` to `until`) and the marked people; score who was touched.

    Raises `Conflict` when the fit was replaced meanwhile: then nothing was written.
    """
    assert fit.scored_day is not None
    today = clock.day_number(clock.now(), brand.time_zone)
    counted = _count(brand, rows.where(rows.day <= today), marks, until, today)
    touched = [*counted.states["person"].to_pylist(), *counted.silent]
    stored: Existing = {}
    for start in range(0, len(touched), IDS_AT_ONCE):
        stored |= existing_scores(brand, touched[start : start + IDS_AT_ONCE])
    scores = _scores(model, fit, counted, stored)
    person, numbers = packing.pack(counted.states, counted.tally)
    with writing.roomy(), transaction.atomic():
        _move_cursor(fit, until)
        writing.lift_marks(marks)
        writing.write_states(brand.pk, packing.layout().version, person.tolist(), numbers, counted.known)
        writing.clear_states(counted.silent)
        writing.write_scores(scores, stored)
    seekers = sum(score.segment == "seeker" for score in scores)
    return Outcome(False, len(rows), len(touched), seekers, fit.share)


def _count(brand: Brand, rows: Rows, marks: dict[int, bytes], until: int, today: int) -> Counted:
    marked = np.array(sorted(marks), np.int64)
    fresh = rows.where(~np.isin(rows.person, marked))
    touched = np.setdiff1d(np.union1d(fresh.person, fresh.answers[fresh.answers > 0]), marked)
    before, tally = _stored_states(touched)
    advanced = relationship.advance(before, fresh.events(), tz=brand.time_zone)
    sure = advanced.filter(pc.invert(advanced["needs_recount"]))
    again = np.union1d(marked, _left_over(touched, sure["person"].to_numpy()))
    recounted = read_rows_of(brand, again.tolist(), until=until)
    recounted = recounted.where((recounted.day <= today) & np.isin(recounted.person, again))
    states = pa.concat_tables([sure, relationship.states(recounted.events()).cast(sure.schema)])
    kept = fresh.where(np.isin(fresh.person, sure["person"].to_numpy()))
    old = tally.filter(pc.is_in(tally["person"], value_set=sure["person"].combine_chunks()))
    silent = np.setdiff1d(again, states["person"].to_numpy()).tolist()
    known = frozenset(before["person"].to_pylist())
    return Counted(states, together([old, tally_of(kept), tally_of(recounted)]), silent, known)


def _left_over(touched: npt.NDArray[np.int64], sure: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Whoever was touched and could not be counted on: late events, or only answered by somebody."""
    return np.setdiff1d(touched, sure)


def _stored_states(person_ids: npt.NDArray[np.int64]) -> tuple[pa.Table, pa.Table]:
    found: list[tuple[int, bytes]] = []
    ids = person_ids.tolist()
    with connection.cursor() as cursor:
        for start in range(0, len(ids), IDS_AT_ONCE):
            among = ",".join(map(str, ids[start : start + IDS_AT_ONCE]))
            cursor.execute(
                "SELECT person_id, numbers FROM people_relationshipstate "
                f"WHERE version = %s AND person_id IN ({among})",
                [packing.layout().version],
            )
            found += cursor.fetchall()
    return packing.unpack(np.array([p for p, _ in found], np.int64), [bytes(n) for _, n in found])


def _scores(model: relationship.Model, fit: FittedModel, counted: Counted, stored: Existing) -> list[Score]:
    people = model.score(counted.states, at=fit.scored_day)
    gone = [writing.nothing_known(person) for person in counted.silent]
    if not people.num_rows:
        return gone
    person = people["person"].to_numpy()
    # four weeks ago as the last whole count saw it: at most a day old, and exact again with the next one
    before = np.array([(old[0] or 0.0) - old[1] if (old := stored.get(p)) else 0.0 for p in person.tolist()])

    def since(person: npt.NDArray[np.int64], is_seeker: npt.NDArray[np.bool_]) -> list[int | None]:
        known = {p: old[3] for p, old in stored.items()}
        return [
            (known.get(p) or fit.scored_day) if seeks else None
            for p, seeks in zip(person.tolist(), is_seeker, strict=True)
        ]

    return [*scores_of(people, counted.states, counted.tally, before, fit.seeker_from, since), *gone]


def _move_cursor(fit: FittedModel, until: int) -> None:
    same = FittedModel.objects.filter(pk=fit.pk, is_current=True, ledger_until=fit.ledger_until)
    if not same.update(ledger_until=until):
        raise Conflict("The scores were counted anew in the meantime; nothing was written twice.")
