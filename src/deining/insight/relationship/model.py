"""A fitted model: a handful of numbers that score a person, and the JSON they are kept as.

Loading one and scoring with it needs numpy and Arrow only.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deining.insight.relationship.counting import NEVER, Columns, in_threads
from deining.insight.relationship.features import NAMES, Matrix, inputs
from deining.insight.relationship.logistic import Vector, sigmoid
from deining.insight.relationship.notes import Note
from deining.insight.relationship.plan import Plan, as_day
from deining.insight.relationship.reasons import Reasons, reasons_of
from deining.insight.relationship.share import Drift
from deining.insight.relationship.state import columns_of

VERSION: Final = 1
CHUNK: Final = 8_192


class UnreadableModel(ValueError):
    """The JSON is not a model of this version."""


@dataclass(frozen=True)
class Model:
    """What was learned from the brand's own past windows.

    `mean`, `scale`: of the inputs (`features.NAMES`) where it was fitted. `beta`: coefficients of the
    standardised inputs, intercept first; `covariance`: of beta. `drift`: how much windows move beyond their
    prediction. `windows`: how many past windows without overlap it learned from. `stated`: intercept and
    slope from shown to stated log-odds, None when nobody was asked. `typical`: the median facts of people,
    for reasons.
    """

    plan: Plan
    at: int
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    beta: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    drift: Drift = field(default_factory=Drift)
    windows: int = 0
    provisional: bool = True
    stated: tuple[float, float] | None = None
    stated_covariance: tuple[tuple[float, ...], ...] | None = None
    typical: dict[str, float] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def layer(self) -> str:
        """Which of the two is in `probability`: "shown" behaviour or "stated" wish."""
        return "shown" if self.stated is None else "stated"

    def to_json(self) -> str:
        """The model as JSON text."""
        return json.dumps({"version": VERSION, "inputs": NAMES, **asdict(self)})

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """The model from `to_json`. Raises `UnreadableModel` when it was made by another version."""
        raw: dict[str, Any] = json.loads(text)
        if raw.pop("version", None) != VERSION or tuple(raw.pop("inputs", ())) != NAMES:
            raise UnreadableModel("This model was made by another version of Deining: fit it again.")
        raw["plan"] = Plan(**raw["plan"])
        raw["drift"] = Drift(**raw["drift"])
        raw["notes"] = tuple(Note(**note) for note in raw["notes"])
        return cls(**{name: _frozen(value) for name, value in raw.items()})

    def standard(self, matrix: Matrix) -> Matrix:
        """Inputs as distances from the usual, with the column of ones in front."""
        by_input = np.empty((len(self.mean) + 1, len(matrix)))
        by_input[0] = 1.0
        np.subtract(matrix.T, np.array(self.mean)[:, None], out=by_input[1:])
        by_input[1:] /= np.array(self.scale)[:, None]
        return by_input.T

    def log_odds(self, design: Matrix) -> tuple[Vector, Vector]:
        """Log-odds of the shown layer for standardised inputs, and their standard error (without drift)."""
        by_input = design.T
        spread = np.array(self.covariance) @ by_input
        spread *= by_input
        error = np.sqrt(np.add.reduce(spread, axis=0))
        return np.asarray(np.array(self.beta) @ by_input, dtype=np.float64), error

    def layered(self, shown: Vector) -> Vector:
        """Log-odds of the layer this model shows."""
        return shown if self.stated is None else self.stated[0] + self.stated[1] * shown

    def score(self, states: pa.Table, at: date | datetime | int | None = None) -> pa.Table:
        """People with their probability on day `at` (default: the day of the fit), best first.

        Columns: person, probability, low, high, rank, shown, events, first_seen, last_seen, silent_days,
        reasons (a list of code, effect, n, of, day; see `sentences.sentence`). People who never did
        anything are left out.
        """
        state = columns_of(states.drop_columns("person"))
        state["person"] = np.arange(states.num_rows)
        acted = state["last_day"] != NEVER
        if not acted.all():
            state = {name: column[acted] for name, column in state.items()}
        table = self.score_state(state, self.at if at is None else as_day(at))
        keys = states["person"].combine_chunks().take(table["person"].combine_chunks())
        return table.set_column(0, "person", keys)

    def score_state(self, state: Columns, at: int) -> pa.Table:
        """`score` for columns that are already numpy and hold only people who acted."""
        people = len(state["person"])
        parts = [slice(start, start + CHUNK) for start in range(0, max(people, 1), CHUNK)]
        done = in_threads(
            lambda part: self._part({name: column[part] for name, column in state.items()}, at), parts
        )
        odds, wide, shown = (np.concatenate([part[place] for part in done]) for place in range(3))
        reasons = Reasons.joined([part[3] for part in done])
        order = best_first(odds, state["last_day"])
        odds, wide, shown = odds[order], wide[order], shown[order]
        first, last = state["first_day"][order].astype(np.int32), state["last_day"][order].astype(np.int32)
        return pa.table(
            {
                "person": pa.array(state["person"][order]),
                "probability": sigmoid(odds),
                "low": sigmoid(odds - wide),
                "high": sigmoid(odds + wide),
                "rank": pa.array(np.arange(1, people + 1)),
                "shown": sigmoid(shown),
                "events": state["theirs"][order].astype(np.int64),
                "first_seen": pa.array(first).cast(pa.date32()),
                "last_seen": pa.array(last).cast(pa.date32()),
                "silent_days": np.maximum(at - last.astype(np.int64), 0),
                "reasons": reasons.as_column(order, state["last_day"]),
            }
        )

    def _part(self, state: Columns, at: int) -> tuple[Vector, Vector, Vector, Reasons]:
        """Log-odds, half their interval, those of the shown layer and the reasons of some of the people, in
        the order of `state`; few enough at a time to stay near the processor."""
        design = self.standard(inputs(state, at))
        shown, error = self.log_odds(design)
        wide = self.drift.wide * self._spread(shown, error)
        reasons = reasons_of(state, at, design, np.array(self.beta), self.typical)
        return self.layered(shown), wide, shown, reasons

    def _spread(self, shown: Vector, error: Vector) -> Vector:
        """Standard deviation of each person's log-odds in the layer that is shown."""
        if self.stated is None or self.stated_covariance is None:
            return np.sqrt(error**2 + self.drift.scale**2)
        return np.sqrt((self.stated[1] * error) ** 2 + self.stated_variance(shown))

    def stated_variance(self, shown: Vector) -> Vector:
        """Variance of the stated log-odds that the few answers leave; 0 when nobody was asked."""
        if self.stated_covariance is None:
            return np.zeros(len(shown))
        (intercept, both), (_, slope) = self.stated_covariance
        return np.asarray(intercept + 2 * both * shown + slope * shown**2, dtype=np.float64)


def best_first(odds: Vector, last_day: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The order by odds, then by who was seen last, then as they stood. All three fit in one
    number of at most 62 bits, which sorts several times faster than by three keys."""
    order = np.argsort(-odds)
    best = odds[order]
    differs = best[1:] != best[:-1]
    if differs.all():
        return order
    place = np.concatenate([[0], np.cumsum(differs)])
    back = int(last_day.max()) - last_day[order].astype(np.int64)
    day_bits, who_bits = int(back.max()).bit_length(), len(odds).bit_length()
    if day_bits + 2 * who_bits > 62:
        return np.lexsort((-last_day.astype(np.int64), -odds))
    return np.sort((((place << day_bits) | back) << who_bits) | order) & ((1 << who_bits) - 1)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
