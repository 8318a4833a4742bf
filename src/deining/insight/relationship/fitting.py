"""Fitting the model on the brand's own past windows.

A logistic regression over all past windows together (the prior keeps small logs near "nothing matters"),
then two adjustments that the past itself supplies: the level follows the most recent windows, and the drift
is what earlier windows did beyond their prediction. Choices and what they gained:
docs/decisions/011-fit.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deining.insight.relationship.counting import Columns, DayBook
from deining.insight.relationship.events import Ledger, read_events
from deining.insight.relationship.features import NAMES, Matrix, inputs
from deining.insight.relationship.logistic import Posterior, Vector, fit_logistic, sigmoid
from deining.insight.relationship.model import Model
from deining.insight.relationship.notes import Note
from deining.insight.relationship.plan import FULL_HORIZON, UNLABELLED, Plan, as_day
from deining.insight.relationship.reasons import typical_facts
from deining.insight.relationship.rhythm import expected
from deining.insight.relationship.share import NOTHING_SEEN, drift_from
from deining.insight.relationship.stated import FEW_ANSWERS, read_answers, recalibrate
from deining.insight.relationship.trials import Trial, trials
from deining.insight.relationship.windows import Past, Window, apart, past_of, present

MOST_WINDOWS: Final = 24
FORGETTING: Final = 3000.0
"""Half-life, in days, of what an old window says about how inputs relate to outcome."""
LEVEL_FORGETTING: Final = 180.0
LEVEL_SPREAD: Final = 0.5
PRIOR_PRECISION: Final = 20.0
ENOUGH_WINDOWS: Final = 4


def fit(events: Any, at: date | datetime | int | None = None, stated: Any = None, tz: str = "UTC") -> Model:
    """The model of `events` as they stood on day `at` (default: the last day with activity).

    `stated`: a table of person and stated (bool); then the model shows the stated layer. Raises
    `UnusableEvents`.
    """
    ledger = read_events(events, tz)
    day = as_day(at) if at is not None else ledger.last_day() or 0
    past = ledger.until(day)
    return fit_book(DayBook.of(past.rows), past, day, stated)[0]


def fit_book(book: DayBook, ledger: Ledger, at: int, stated: Any = None) -> tuple[Model, list[Trial]]:
    """The model and the trials that say how good it is, of a ledger that holds nothing after `at`."""
    past = past_of(book, at, ledger.people)
    now = present(book.states(), at)
    if past.plan is None or not past.windows:
        model, done = unlabelled(past, now, at), []
    else:
        done = trials(past.plan, past.windows, fit_windows)
        known = [trial.miss for trial in done]
        model = replace(fit_windows(past.plan, past.windows, at), drift=drift_from(known))
    if past.left_out:
        model = replace(model, notes=(*model.notes, Note("holes", {"windows": past.left_out})))
    return (model if stated is None else with_stated(model, ledger.people, now, stated)), done


def fit_windows(plan: Plan, windows: Sequence[Window], at: int) -> Model:
    """The model learned from past windows (newest first); drift is left at its prior."""
    windows = windows[:MOST_WINDOWS]
    stacked = np.concatenate([window.inputs for window in windows])
    outcome = np.concatenate([window.outcome for window in windows]).astype(np.float64)
    weight = _recency(windows, FORGETTING * plan.horizon / FULL_HORIZON)
    model = _fitted(plan, at, stacked, outcome, weight)
    level = _level(model, windows, plan)
    count = len(apart(windows, plan))
    return replace(
        model,
        beta=(model.beta[0] + level, *model.beta[1:]),
        windows=count,
        provisional=count < ENOUGH_WINDOWS,
        typical=typical_facts(windows[0].state, windows[0].cutoff),
        notes=(Note("few_windows", {"windows": count}),) if count < ENOUGH_WINDOWS else (),
    )


def _recency(windows: Sequence[Window], half_life: float) -> Vector:
    newest = windows[0].cutoff
    weights = [np.full(len(w.outcome), np.exp2(-(newest - w.cutoff) / half_life)) for w in windows]
    return np.concatenate(weights)


def _fitted(plan: Plan, at: int, stacked: Matrix, outcome: Vector, weight: Vector) -> Model:
    mean, scale = stacked.mean(axis=0), stacked.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    design = np.column_stack([np.ones(len(stacked)), (stacked - mean) / scale])
    posterior = _posterior(design, outcome, weight)
    covariance = tuple(map(_plain, posterior.covariance))
    return Model(plan, at, _plain(mean), _plain(scale), _plain(posterior.mean), covariance)


def _plain(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _posterior(design: Matrix, outcome: Vector, weight: Vector) -> Posterior:
    precision = np.full(len(NAMES) + 1, PRIOR_PRECISION)
    precision[0] = 1e-3
    return fit_logistic(design, outcome, weight, np.zeros(len(precision)), precision)


def _level(model: Model, windows: Sequence[Window], plan: Plan) -> float:
    """How far the whole community now lies above or below the long-run fit, by its most recent windows."""
    odds = np.concatenate([model.log_odds(model.standard(window.inputs))[0] for window in windows])
    came = np.concatenate([window.outcome for window in windows]).astype(np.float64)
    weight = _recency(windows, LEVEL_FORGETTING * plan.horizon / FULL_HORIZON)
    level = 0.0
    for _ in range(20):
        p = sigmoid(odds + level)
        slope = float((weight * (came - p)).sum()) - level / LEVEL_SPREAD**2
        level += slope / (float((weight * p * (1 - p)).sum()) + 1 / LEVEL_SPREAD**2)
    return level


def unlabelled(past: Past, now: Columns, at: int) -> Model:
    """The model when nobody's outcome is known yet: it copies what people's rhythm would give (`rhythm`)."""
    plan = past.plan or UNLABELLED
    code = "too_short" if past.plan is None else "too_few_people"
    if not len(now["person"]):
        size = len(NAMES)
        empty = Model(
            plan, at, (0.0,) * size, (1.0,) * size, (0.0,) * (size + 1), ((0.0,) * (size + 1),) * (size + 1)
        )
        return replace(empty, drift=NOTHING_SEEN, notes=(Note(code, {}),))
    model = _fitted(plan, at, inputs(now, at), expected(now, at, plan), np.ones(len(now["person"])))
    return replace(model, drift=NOTHING_SEEN, typical=typical_facts(now, at), notes=(Note(code, {}),))


def with_stated(model: Model, people: pa.Array, now: Columns, stated: Any) -> Model:
    """The model with its layer moved to what people said, as far as their answers carry."""
    answers = read_answers(stated, people)
    place = np.full(len(people), -1, dtype=np.int64)
    place[now["person"].astype(np.int64)] = np.arange(len(now["person"]))
    rows = place[answers.person]
    wish, rows = answers.wish[rows >= 0], rows[rows >= 0]
    notes = (Note("stated_unknown", {"answers": answers.unknown}),) if answers.unknown else ()
    if not len(wish):
        return replace(model, notes=(*model.notes, *notes, Note("stated_none", {})))
    state = {name: column[rows] for name, column in now.items()}
    shown, _ = model.log_odds(model.standard(inputs(state, model.at)))
    posterior = recalibrate(shown, wish)
    said, seen = round(100 * float(wish.mean())), round(100 * float(sigmoid(shown).mean()))
    gap = Note("stated_gap", {"stated": said, "shown": seen, "answers": len(wish)})
    few = (Note("stated_few", {"answers": len(wish)}),) if len(wish) < FEW_ANSWERS else ()
    return replace(
        model,
        stated=(float(posterior.mean[0]), float(posterior.mean[1])),
        stated_covariance=tuple(map(_plain, posterior.covariance)),
        notes=(*model.notes, *notes, *few, gap),
    )
