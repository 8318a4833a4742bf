"""How fast people are scored, beside a plain pandas version and beside `lifetimes`, in one run.

*Scoring* is from the whole ledger to everybody's probability, with a model that is there already, as it is
done between two fits. *Learning* adds everybody's inputs at as many past days as ours learns from, what came
after those days, and a logistic regression. Ours gives intervals and reasons, too, and tests itself on its
past; that it does more is not taken off. `lifetimes` has no scoring without fitting a whole ledger's summary;
as ours and pandas do, it starts from the raw events, which it sums up by its own
`summary_data_from_transaction_data`.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from deining.bench.people.synthetic import DAYS, FIRST_DAY, Crowd, crowd
from deining.bench.rows import Beside, Row, skipped
from deining.insight import relationship
from deining.insight.relationship.counting import THREADS

PEOPLE: Final = 1_000_000
ROWS: Final = 10_000_000
NEW_EVENTS: Final = 10_000
HORIZON, LOOKBACK, WEEKS_NEEDED, STEP = 180, 365, 3, 90
SMALL: Final = "small"
HALF_LIVES: Final = (7, 30, 90, 365)
LAST_DAY: Final = FIRST_DAY + DAYS


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """The rows of this part. `only` with "small" in it measures a tenth of the size, and the rows say so."""
    people, rows = (PEOPLE // 10, ROWS // 10) if only and SMALL in only else (PEOPLE, ROWS)
    size = f"{rows:,} rows, {people:,} people"
    everybody = crowd(people, rows)
    events = everybody.events()
    learned, found = _timed(lambda: relationship.find(events))
    lifetimes, _ = _timed(lambda: score_with_lifetimes(everybody))
    return [
        *_scoring_rows(everybody, found.model, lifetimes, size),
        _learning_row(everybody, learned, found.model.windows, lifetimes, size),
        _new_events(everybody, found.model, size),
        _find_command(data),
    ]


def _scoring_rows(everybody: Crowd, model: relationship.Model, lifetimes: float, size: str) -> list[Row]:
    """Everybody's score out of the whole ledger, with a model that is there already."""
    events = everybody.events()
    ours = _median(lambda: model.score(relationship.states(events), at=LAST_DAY))
    pandas = _median(lambda: score_with_pandas(everybody))
    beside: Beside = {
        "ours s": round(ours, 2), "pandas s": round(pandas, 2),
        "lifetimes, summary, fit and score s": round(lifetimes, 2),
        "ours, threads": THREADS, "size": size,
    }  # fmt: skip
    return [
        Row(
            "full scoring, times as fast as pandas", pandas / ours, "×", "≥ 3 × (aim 5)",
            pandas / ours >= 3, beside,
        ),
        Row(
            "full scoring, times as fast as lifetimes from raw events (summary, fit, score)",
            lifetimes / ours, "×", "≥ 20 ×",
            lifetimes / ours >= 20, beside,
        ),
    ]  # fmt: skip


def _learning_row(everybody: Crowd, ours: float, windows: int, lifetimes: float, size: str) -> Row:
    """Learning included: ours also tests itself on its past, and gives intervals and reasons."""
    pandas, _ = _timed(lambda: learn_with_pandas(everybody, windows))
    beside: Beside = {
        "ours s": round(ours, 2), "pandas s": round(pandas, 2),
        "lifetimes, summary, fit and score s": round(lifetimes, 2),
        "past windows": windows, "size": size,
    }  # fmt: skip
    return Row("learning, testing and scoring, times as fast as pandas", pandas / ours, "×", beside=beside)


def score_with_pandas(everybody: Crowd) -> Any:
    """Everybody's inputs at the present, and a score out of them with coefficients that are given."""
    import pandas as pd

    events = pd.DataFrame({"person": everybody.person, "day": everybody.day})
    inputs = _pandas_inputs(events, int(events["day"].max()))
    odds = inputs.to_numpy() @ np.linspace(-1, 1, inputs.shape[1])
    return pd.Series(1 / (1 + np.exp(-odds)), index=inputs.index).sort_values(ascending=False)


def learn_with_pandas(everybody: Crowd, windows: int) -> Any:
    """What one would write in an afternoon for the same model: inputs at the same past days and at the
    present in pandas, a logistic regression of scikit-learn."""
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    events = pd.DataFrame({"person": everybody.person, "day": everybody.day})
    last = int(events["day"].max())
    past = [_pandas_window(events, last - HORIZON - step * STEP) for step in range(windows)]
    inputs = np.concatenate([inputs for inputs, _ in past])
    model = LogisticRegression(max_iter=200).fit(inputs, np.concatenate([came for _, came in past]))
    now = _pandas_inputs(events, last)
    probability = model.predict_proba(now.to_numpy())[:, 1]
    return pd.Series(probability, index=now.index).sort_values(ascending=False)


def _pandas_window(events: Any, cutoff: int) -> tuple[Any, Any]:
    then = _pandas_inputs(events[events["day"] <= cutoff], cutoff)
    then = then[np.expm1(then["silence"]) < LOOKBACK]
    ahead = events[(events["day"] > cutoff) & (events["day"] <= cutoff + HORIZON)]
    week = ahead.assign(week=(ahead["day"] - cutoff - 1) // 7)
    came = week.groupby("person")["week"].nunique().reindex(then.index, fill_value=0) >= WEEKS_NEEDED
    return then.to_numpy(), came.to_numpy()


def _pandas_inputs(events: Any, at: int) -> Any:
    """Decayed active days and events, weeks with activity, silence and acquaintance, of everybody."""
    import pandas as pd

    days = events.drop_duplicates()
    age = at - days["day"]
    last, first = days.groupby("person")["day"].max(), days.groupby("person")["day"].min()
    columns = {"silence": np.log1p(at - last), "known": np.log1p(at - first)}
    for half_life in HALF_LIVES:
        columns[f"days_{half_life}"] = np.log1p(np.exp2(-age / half_life).groupby(days["person"]).sum())
    for half_life in (30, 365):
        faded = np.exp2(-(at - events["day"]) / half_life)
        columns[f"events_{half_life}"] = np.log1p(faded.groupby(events["person"]).sum())
    for span in (4, 12, 26, 52):
        lately = days[age < 7 * span]
        weeks = lately.assign(week=lately["day"] // 7).groupby("person")["week"].nunique()
        columns[f"weeks_{span}"] = np.log1p(weeks.reindex(last.index, fill_value=0))
    return pd.DataFrame(columns)


def score_with_lifetimes(everybody: Crowd) -> Any:
    """BG/NBD as its own documentation has it: summary, fit, expected purchases ahead."""
    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter
        from lifetimes.utils import summary_data_from_transaction_data

        events = pd.DataFrame(
            {"person": everybody.person, "day": pd.to_datetime(everybody.day.astype("int64"), unit="D")}
        )
        summary = summary_data_from_transaction_data(events, "person", "day")
        fitter = BetaGeoFitter(penalizer_coef=0.001)
        fitter.fit(summary["frequency"], summary["recency"], summary["T"])
        return fitter.conditional_expected_number_of_purchases_up_to_time(
            HORIZON, summary["frequency"], summary["recency"], summary["T"]
        )


def _new_events(everybody: Crowd, model: relationship.Model, size: str) -> Row:
    """New events on top of everything known: advance the states they touch, score those."""
    states = relationship.states(everybody.events())
    random = np.random.default_rng(2)
    times = []
    for _ in range(3):
        person = random.choice(everybody.person, NEW_EVENTS)
        new = pa.table({"person": person, "day": np.full(NEW_EVENTS, LAST_DAY, dtype=np.int32)})
        touched = states.filter(pc.is_in(states["person"], value_set=pa.array(np.unique(person))))
        seconds, _ = _timed(partial(_rescore, model, touched, new))
        times.append(seconds)
    median = statistics.median(times)
    return Row(
        f"{NEW_EVENTS:,} new events rescored", median, "s", "< 1 s", median < 1,
        {"size": size, "longest s": round(max(times), 2)},
    )  # fmt: skip


def _rescore(model: relationship.Model, touched: pa.Table, new: pa.Table) -> pa.Table:
    return model.score(relationship.advance(touched, new), at=LAST_DAY)


def _find_command(data: Path) -> Row:
    """The command a person types, with its report, from start to end."""
    figure, goal = "find on lean_zulip with HTML report", "< 15 s"
    source = data / "lean_zulip" / "messages.parquet"
    if not source.exists():
        return skipped(figure, f"{source} is not there", "s", goal)
    with tempfile.TemporaryDirectory() as folder:
        report, result = Path(folder) / "report.html", Path(folder) / "found.json"
        command = [sys.executable, "-m", "deining", "find", str(source), "--html", str(report)]
        command += ["--json", str(result)]
        seconds, done = _timed(lambda: subprocess.run(command, capture_output=True, text=True, check=False))
        if done.returncode or not report.exists():
            return skipped(figure, f"the command failed: {done.stderr[-200:]}", "s", goal)
        people = len(json.loads(result.read_text())["people"]) if result.exists() else 0
        beside: Beside = {"people": people, "report kB": report.stat().st_size // 1000}
        return Row(figure, seconds, "s", goal, seconds < 15, beside)


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_timed(work)[0] for _ in range(3))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result
