# ruff: noqa: S608 -- only whole numbers are put into these statements
"""From the relationship room's people to the columns of a person: segment, change, since when."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from deining.core.models import Brand
from deining.insight import relationship
from deining.people.models import SegmentName
from deining.people.scoring.reading import Rows, joined
from deining.people.scoring.segments import segments_of
from deining.people.scoring.tally import lined_up
from deining.people.scoring.writing import Existing, Score

FOUR_WEEKS: Final = 28
LOOKING_BACK: Final = ((7, 14, 21, 28), tuple(range(56, 28 * 27, 28)))
"""Days before the present at which a new seeker is looked up, nearest first."""
ROWS_AT_ONCE: Final = 3_000_000
FELT: Final = 0.001
"""A change of probability below this is not worth a write; people see whole percents."""

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


def existing_scores(brand: Brand, person_ids: list[int] | None = None) -> Existing:
    """What is stored now, by person: (probability, change, segment, seeker_since, events, first, last, kinds)
    with instants in microseconds. `person_ids`: only these, at most some thousands."""
    among = "" if person_ids is None else f"AND id IN ({','.join(map(str, person_ids)) or 'NULL'})"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, probability, change, segment, seeker_since, events, first_seen, last_seen, kinds "
            f"FROM people_person WHERE brand_id = %s {among}",
            [brand.pk],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def probabilities_on(model: relationship.Model, rows: Rows, days: Sequence[int]) -> list[tuple[Ids, Floats]]:
    """For each of these earlier days: person ids, and what they would have scored, knowing what was known.

    Counted in one go, each (person, day) as if it were a person of its own; day by day when that would be
    more than `ROWS_AT_ONCE` rows.
    """
    if len(rows) * len(days) > ROWS_AT_ONCE and len(days) > 1:
        return [found for day in days for found in probabilities_on(model, rows, [day])]
    times = len(days)
    past = joined([_as_of(rows, day, n, times) for n, day in enumerate(days)])
    states = relationship.states(past.events())
    key = states["person"].to_numpy()
    states = states.set_column(states.column_names.index("person"), "person", pa.array(key // times))
    scored = [model.score(states.filter(pa.array(key % times == n)), at=day) for n, day in enumerate(days)]
    return [(people["person"].to_numpy(), people["probability"].to_numpy()) for people in scored]


def _as_of(rows: Rows, day: int, number: int, times: int) -> Rows:
    past = rows.where(rows.day <= day)
    answers = np.where(past.answers > 0, past.answers * times + number, 0)
    return replace(past, person=past.person * times + number, answers=answers)


def matched(keys: npt.NDArray[np.int64], values: Floats, wanted: npt.NDArray[np.int64]) -> Floats:
    """The value for each wanted key; 0 where there is none."""
    place = pc.fill_null(pc.index_in(pa.array(wanted), value_set=pa.array(keys)), len(keys)).to_numpy()
    return np.asarray(np.append(values, 0.0)[place])


def since_when(
    model: relationship.Model, rows: Rows, person: npt.NDArray[np.int64], threshold: float, day: int
) -> dict[int, int]:
    """The day since when, without a break that we would have seen, each of these seekers has been one.

    Looks back a week at a time for four weeks, then four weeks at a time for two years: exact to that step.
    """
    since = dict.fromkeys(person.tolist(), day)
    still = person
    mine = rows.where(np.isin(rows.person, still))
    for steps in LOOKING_BACK:
        mine = mine.where(np.isin(mine.person, still))
        on_days = probabilities_on(model, mine, [day - back for back in steps])
        for back, (who, probability) in zip(steps, on_days, strict=True):
            still = np.intersect1d(still, who[probability >= threshold])
            since.update(dict.fromkeys(still.tolist(), day - back))
        if not len(still):
            break
    return since


def scores_of(
    people: pa.Table,
    states: pa.Table,
    tally: pa.Table,
    before: Floats,
    threshold: float | None,
    since: Callable[[npt.NDArray[np.int64], npt.NDArray[Any]], list[int | None]],
) -> Iterator[Score]:
    """A `Score` for each row of `people` (as `Model.score` gives them).

    `before`: the probability four weeks ago, in the same order. `since(person, is_seeker)`: days.
    """
    beside = lined_up(tally, people["person"])
    person = people["person"].to_numpy()
    probability = people["probability"].to_numpy()
    segment = segments_of(
        probability, people["events"].to_numpy(), beside["gains"].fill_null(0).to_numpy(), threshold
    )
    return map(
        Score,
        person.tolist(),
        probability.tolist(),
        people["low"].to_pylist(),
        people["high"].to_pylist(),
        (probability - before).tolist(),
        reasons_as_json(people),
        segment.tolist(),
        since(person, segment == SegmentName.SEEKER.value),
        people["events"].to_pylist(),
        beside["first_at"].to_pylist(),
        beside["last_at"].to_pylist(),
        kinds_of(people, states),
    )


def kinds_of(people: pa.Table, states: pa.Table) -> list[int]:
    """What each did, as `Person.kinds` has it: the state numbers the kinds from 0, the ledger from 1."""
    mask = lined_up(states.select(["person", "kinds_mask"]), people["person"])["kinds_mask"]
    return list(pc.shift_left(mask, 1).to_pylist())


def reasons_as_json(people: pa.Table) -> list[str]:
    """The reasons of each row as JSON text, `{"reasons": [{code, effect, n, of, day}, ...]}`."""
    reasons = people["reasons"].combine_chunks()
    facts = reasons.values
    numbers = [
        piece
        for name in ("effect", "n", "of", "day")
        for piece in (f', "{name}": ', pc.fill_null(pc.cast(facts.field(name), pa.string()), "null"))
    ]
    each = pc.binary_join_element_wise('{"code": "', facts.field("code"), '"', *numbers, "}", "")
    lists = pa.ListArray.from_arrays(reasons.offsets, each)
    return list(
        pc.binary_join_element_wise('{"reasons": [', pc.binary_join(lists, ", "), "]}", "").to_pylist()
    )


def is_news(score: Score, stored: tuple[Any, ...] | None) -> bool:
    """Whether this differs from what is stored by as much as anybody would see."""
    if stored is None:
        return False  # not a person any more
    probability, change, segment, since, events, first, last, kinds = stored
    if score.probability is None or probability is None:
        return (score.probability, score.events, score.segment) != (probability, events, segment)
    return (
        abs(score.probability - probability) >= FELT
        or abs(score.change - change) >= FELT
        or (score.segment, score.seeker_since, score.events) != (segment, since, events)
        or (score.first_at, score.last_at, score.kinds) != (first, last, kinds)
    )
