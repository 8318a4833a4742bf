"""The whole path: from a table of events to the people who want a relationship, and how sure we are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from deining.insight.relationship import backtest, engine
from deining.insight.relationship.events import Ledger, read_events
from deining.insight.relationship.fitting import as_day, fit_windows, past_windows
from deining.insight.relationship.model import Model
from deining.insight.relationship.notes import Note
from deining.insight.relationship.sentences import note_sentence, sentence
from deining.insight.relationship.windows import present

EVER = 1_000_000  # days
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Found:
    """What `find` found; tables are Arrow (columns in docs/relationship.md)."""

    share: float | None
    share_low: float | None
    share_high: float | None
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
            "share": self.share, "share_low": self.share_low, "share_high": self.share_high,
            "provisional": self.provisional, "layer": self.layer, "at": self.at.isoformat(),
            "people": list(self.each_person(lang)),
            "backtest": [_dated(row, "cutoff") for row in self.backtest.to_pylist()],
            "calibration": self.calibration.to_pylist(),
            "notes": [{"code": n.code, "params": n.params, "text": note_sentence(n, lang)} for n in self.notes],
        }  # fmt: skip

    def each_person(self, lang: str = "en") -> Iterator[dict[str, Any]]:
        """The people, best first, as dicts with their sentence."""
        kept = ("person", "probability", "low", "high", "rank")
        for batch in self.people.to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                dated = _dated(_dated(row, "first_seen"), "last_seen")
                yield {
                    **{name: row[name] for name in kept}, "sentence": sentence(row, lang), "events": row["events"],
                    "first_seen": dated["first_seen"], "last_seen": dated["last_seen"],
                }  # fmt: skip


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

    `events`: see docs/relationship.md. `tz`: the brand's time zone. `stated`: a table of person and stated (bool).
    `at`: the day to score (default: the last day with activity, at most today). `progress(step, done, of)`.
    """
    say = progress or (lambda step, done, of: None)
    say("reading", 0, 3)
    ledger = read_events(events, tz)
    last = ledger.last_day()
    if last is None:
        return _nothing(ledger)
    today = as_day(datetime.now().astimezone())
    day = as_day(at) if at is not None else min(last, today)
    past = ledger.until(day)
    notes = list(ledger.notes)
    if past.rows.num_rows < ledger.rows.num_rows:
        notes.append(Note("future_events", {"rows": ledger.rows.num_rows - past.rows.num_rows}))
    if past.last_day() is None:
        return _nothing(past)
    return _found(past, day, stated, notes, say)


def _found(ledger: Ledger, day: int, stated: Any, notes: list[Note], say: Progress) -> Found:
    days = engine.day_rows_of(ledger.rows)
    say("learning", 1, 3)
    plan, windows = past_windows(days, day, most=None)
    model = fit_windows(plan, windows[:12], day)
    say("testing", 2, 3)
    done = backtest.trials(plan, windows)
    people = model.score_state(present(engine.state_rows_of(days), day, EVER), day)
    here = people.filter(pc.less(people["silent_days"], plan.lookback))["probability"].to_numpy()
    low, high = backtest.share_interval(here, model.drift)
    keys = ledger.people.take(people["person"].combine_chunks())
    people = people.set_column(0, "person", keys)
    notes.append(
        Note("horizon", {"weeks": plan.weeks_needed, "horizon": plan.horizon, "lookback": plan.lookback})
    )
    share = float(here.mean()) if len(here) else None
    say("done", 3, 3)
    return Found(
        share, low, high, model.provisional, model.layer, people, backtest.backtest_table(done),
        backtest.calibration_table(done), (*notes, *model.notes), model, _date(day),
    )  # fmt: skip


def _nothing(ledger: Ledger) -> Found:
    plan, windows = past_windows(engine.day_rows_of(ledger.rows), 0)
    model = fit_windows(plan, windows, 0)
    empty = model.score_state(present(engine.state_rows_of(engine.day_rows_of(ledger.rows)), 0, 1), 0)
    notes = (*ledger.notes, Note("no_events", {}))
    return Found(
        None, None, None, True, "shown", empty, backtest.backtest_table([]), backtest.calibration_table([]),
        notes, model, _date(0),
    )  # fmt: skip


def _date(day: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)
