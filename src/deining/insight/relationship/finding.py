"""The whole path: from a table of events to the people who want a relationship, and how sure we are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import numpy as np
import pyarrow as pa

from deining.insight.relationship.backtest import backtest_table, calibration_table
from deining.insight.relationship.counting import DayBook
from deining.insight.relationship.events import Ledger, read_events
from deining.insight.relationship.fitting import fit_book
from deining.insight.relationship.logistic import Vector, logit, sigmoid
from deining.insight.relationship.model import Model
from deining.insight.relationship.notes import Note
from deining.insight.relationship.plan import FULL_HORIZON, as_day
from deining.insight.relationship.sentences import note_sentence, sentence
from deining.insight.relationship.share import Drift, interval
from deining.insight.relationship.windows import present

Progress = Callable[[str, int, int], None]
STEPS: Final = ("reading", "learning", "scoring", "done")
PERSON_KEYS: Final = ("person", "probability", "low", "high", "rank")


@dataclass(frozen=True)
class Found:
    """What `find` found; tables are Arrow (columns: docs/relationship.md).

    `share` (with its 95 % interval) is the mean probability of the people who are present: active in the last
    `model.plan.lookback` days; None when there is nobody. `shown_share` is the same for the shown layer.
    """

    share: float | None
    share_low: float | None
    share_high: float | None
    shown_share: float | None
    shown_low: float | None
    shown_high: float | None
    provisional: bool
    layer: str
    people: pa.Table
    backtest: pa.Table
    calibration: pa.Table
    notes: tuple[Note, ...]
    model: Model
    at: date

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """The JSON of `./deining find --json`."""
        return {
            "share": self.share,
            "share_low": self.share_low,
            "share_high": self.share_high,
            "shown_share": self.shown_share,
            "shown_low": self.shown_low,
            "shown_high": self.shown_high,
            "provisional": self.provisional,
            "layer": self.layer,
            "at": self.at.isoformat(),
            "people": list(self.each_person(lang)),
            "backtest": [_dated(row, "cutoff") for row in self.backtest.to_pylist()],
            "calibration": self.calibration.to_pylist(),
            "notes": [
                {"code": note.code, "params": note.params, "text": note_sentence(note, lang)}
                for note in self.notes
            ],
        }

    def each_person(self, lang: str = "en") -> Iterator[dict[str, Any]]:
        """The people, best first, as dicts with their sentence."""
        for batch in self.people.to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                yield {
                    **{name: row[name] for name in PERSON_KEYS},
                    "sentence": sentence(row, lang),
                    "events": row["events"],
                    "first_seen": row["first_seen"].isoformat(),
                    "last_seen": row["last_seen"].isoformat(),
                }


def _dated(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {**row, name: row[name].isoformat()}


def find(
    events: Any,
    tz: str = "UTC",
    stated: Any = None,
    at: date | datetime | int | None = None,
    progress: Progress | None = None,
) -> Found:
    """Who wants a relationship, how many of ours that is, and how well the method did on our own past.

    `events`: see docs/relationship.md. `tz`: the brand's time zone. `stated`: a table of person and stated
    (bool). `at`: the day to score (default: the last day with activity, at most today). `progress(step,
    done, of)` is called with the steps of `STEPS`. Raises `UnusableEvents`.
    """
    say = progress or _silent
    say(STEPS[0], 0, 3)
    ledger = read_events(events, tz)
    last = ledger.last_day()
    day = as_day(at) if at is not None else min(last or 0, as_day(datetime.now().astimezone()))
    past = ledger.until(day)
    notes = list(ledger.notes)
    if past.rows.num_rows < ledger.rows.num_rows:
        notes.append(Note("future_events", {"rows": ledger.rows.num_rows - past.rows.num_rows}))
    if past.last_day() is None:
        notes.append(Note("no_events"))
    return _found(past, day, stated, notes, say)


def _silent(step: str, done: int, of: int) -> None:
    """Nobody is watching."""
    del step, done, of


def _found(ledger: Ledger, day: int, stated: Any, notes: list[Note], say: Progress) -> Found:
    say(STEPS[1], 1, 3)
    book = DayBook.of(ledger.rows)
    model, done = fit_book(book, ledger, day, stated)
    now = present(book.states(), day)
    say(STEPS[2], 2, 3)
    people = model.score_state(now, day)
    here = people["silent_days"].to_numpy() < model.plan.lookback
    shown = logit(people["shown"].to_numpy()[here])
    low, high = share_interval(model, shown)
    shown_low, shown_high = interval(shown, model.drift)
    keys = ledger.people.take(people["person"].combine_chunks())
    people = people.set_column(0, "person", keys).append_column("present", pa.array(here))
    notes += [_meaning(model), *model.notes]
    say(STEPS[3], 3, 3)
    some = len(shown) > 0
    return Found(
        share=float(sigmoid(model.layered(shown)).mean()) if some else None,
        share_low=low if some else None,
        share_high=high if some else None,
        shown_share=float(sigmoid(shown).mean()) if some else None,
        shown_low=shown_low if some else None,
        shown_high=shown_high if some else None,
        provisional=model.provisional,
        layer=model.layer,
        people=people,
        backtest=backtest_table(done),
        calibration=calibration_table(done),
        notes=tuple(notes),
        model=model,
        at=date(1970, 1, 1) + timedelta(days=day),
    )


def share_interval(model: Model, shown: Vector) -> tuple[float, float]:
    """The 95 % interval of the share in the layer the model shows, from the shown log-odds of those
    present."""
    if model.stated is None:
        return interval(shown, model.drift)
    odds = model.layered(shown)
    p = sigmoid(odds)
    slope = p * (1 - p)
    weight = slope / max(float(slope.sum()), 1e-12)
    gradient = np.array([weight.sum(), float((weight * shown).sum())])
    variance = float(gradient @ np.array(model.stated_covariance) @ gradient)
    return interval(odds, Drift(0.0, 1000), extra=variance)


def _meaning(model: Model) -> Note:
    plan = model.plan
    code = "horizon" if plan.horizon == FULL_HORIZON else "horizon_scaled"
    return Note(code, {"weeks": plan.weeks_needed, "horizon": plan.horizon, "lookback": plan.lookback})
