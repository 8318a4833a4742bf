"""What people say they want, beside what they show (spec P3).

A random sample is asked "would you like a closer relation with us?". Their answers move the shown log-odds
by an intercept and a slope (Platt 1999) under a prior that stands at "stated is as shown": with three
answers the prior holds, with thirty the answers speak.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship.events import UnusableEvents, as_table
from deining.insight.relationship.logistic import Posterior, Vector, fit_logistic

PRIOR_MEAN: Final = np.array([0.0, 1.0])
PRIOR_SPREAD: Final = np.array([0.8, 0.35])
FEW_ANSWERS: Final = 10


@dataclass(frozen=True)
class Answers:
    """The answers of people who are in the ledger: `person` their number, `wish` 0..1 (a mean when somebody
    answered twice), and how many answers came from people who are not."""

    person: np.ndarray[Any, np.dtype[np.int64]]
    wish: Vector
    unknown: int


def read_answers(stated: Any, people: pa.Array) -> Answers:
    """`stated`: a table with person and stated (true: wants a closer relation; null: no answer).

    Raises `UnusableEvents` when a column is missing or is not yes/no.
    """
    table = as_table(stated)
    for name in ("person", "stated"):
        if name not in table.column_names:
            raise UnusableEvents(f'The stated answers have no column "{name}".')
    if not pa.types.is_boolean(table["stated"].type):
        raise UnusableEvents(f'The column "stated" must hold true or false, not {table["stated"].type}.')
    table = table.filter(pc.is_valid(table["stated"]))
    number = pc.index_in(pc.cast(table["person"], people.type), value_set=people)
    known = pc.is_valid(number)
    place = number.filter(known).to_numpy().astype(np.int64)
    wish = pc.cast(table["stated"].filter(known), pa.float64()).to_numpy()
    person, where = np.unique(place, return_inverse=True)
    mean = np.bincount(where, weights=wish) / np.maximum(np.bincount(where), 1)
    return Answers(person, mean, len(number) - len(place))


def recalibrate(shown: Vector, wish: Vector) -> Posterior:
    """Intercept and slope from shown to stated log-odds, with their covariance."""
    design = np.column_stack([np.ones(len(shown)), shown])
    return fit_logistic(design, wish, np.ones(len(shown)), PRIOR_MEAN, 1 / PRIOR_SPREAD**2)
