"""How well the people who keep coming are found, on public logs, beside what others would have done.

Every score sees the same people at the same cutoffs; ours was fitted on windows whose outcome was known then.
Figures are means over the past windows of a log that do not overlap.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from deining.bench.logs import Log, load_log, log_names
from deining.bench.people.rivals import COLUMNS, SCORES, Scene, Vector
from deining.bench.rows import Beside, Row, skipped
from deining.insight.relationship import figures
from deining.insight.relationship.counting import DayBook
from deining.insight.relationship.events import read_events
from deining.insight.relationship.fitting import ENOUGH_WINDOWS, fit_windows
from deining.insight.relationship.plan import Plan
from deining.insight.relationship.trials import Trial, trials
from deining.insight.relationship.windows import past_of

MARGIN: Final = 0.03
CALIBRATED: Final = 0.02
COVERAGE: Final = (0.90, 0.98)
WINDOWS_FOR_COVERAGE: Final = 20
COMMUNITY_SCORES: Final = ("Orbit love", "Orbit level", "crowd.dev")
BG_NBD_PUBLISHED: Final = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}


@dataclass(frozen=True)
class Measured:
    """One log: our trials, and the mean AUC and average precision of everybody by name ("ours" among
    them)."""

    log: Log
    plan: Plan
    trials: list[Trial]
    auc: dict[str, float]
    precision: dict[str, float]

    @property
    def ece(self) -> float:
        """Calibration error over all people of all trials that had four windows to learn from."""
        ready = [trial for trial in self.trials if trial.learned_from >= ENOUGH_WINDOWS]
        if not ready:
            return float("nan")
        came = np.concatenate([trial.window.outcome for trial in ready])
        return figures.calibration_error(came, np.concatenate([trial.probability for trial in ready]))

    @property
    def ece_by_chance(self) -> float:
        """The calibration error that exactly right probabilities would show on these people by chance."""
        ready = [trial.probability for trial in self.trials if trial.learned_from >= ENOUGH_WINDOWS]
        probability = np.concatenate(ready)
        rng = np.random.default_rng(0)
        drawn = (rng.random(len(probability)) < probability for _ in range(20))
        return float(np.mean([figures.calibration_error(came, probability) for came in drawn]))

    @property
    def covered(self) -> list[bool]:
        """For each trial: did the share fall inside the interval that was given beforehand?"""
        return [trial.low <= trial.window.rate <= trial.high for trial in self.trials]

    @property
    def width(self) -> float:
        """Mean width of those intervals."""
        return float(np.mean([trial.high - trial.low for trial in self.trials]))


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """All quality rows; `only` names logs (or "bg/nbd" for the check of the harness)."""
    names = [name for name in log_names() if only is None or name in only]
    rows: list[Row] = []
    done: list[Measured] = []
    for name in names:
        try:
            measured = measure(load_log(name, data))
        except FileNotFoundError as error:
            rows.append(skipped(name, str(error)))
            continue
        done.append(measured)
        rows += log_rows(measured)
    if done:
        rows += summary_rows(done)
    if only is None or "bg/nbd" in only:
        rows += bg_nbd_rows(data)
    return rows


def measure(log: Log, rivals: bool = True) -> Measured:
    """Try ours and everybody else on the past windows of a log."""
    ledger = read_events(log.events)
    last = ledger.last_day() or 0
    book = DayBook.of(ledger.rows)
    past = past_of(book, last, ledger.people)
    assert past.plan is not None, f"{log.name} is too short to measure on"
    done = trials(past.plan, past.windows, fit_windows)
    columns = {name: book.days[name] for name in ("person", "day", "theirs")}
    columns["replies"] = book.days.get("replies", 0 * columns["theirs"])
    scorers: dict[str, Callable[[Scene], Vector]] = {**COLUMNS, **(SCORES if rivals else {})}
    scores: dict[str, list[Vector]] = {"ours": [trial.probability for trial in done]}
    for name, scorer in scorers.items():
        scores[name] = [scorer(_scene(trial, past.plan, columns)) for trial in done]
    return Measured(
        log, past.plan, done,
        {name: _mean(figures.auc, done, each) for name, each in scores.items()},
        {name: _mean(figures.average_precision, done, each) for name, each in scores.items()},
    )  # fmt: skip


def _mean(figure: Callable[..., float], done: Sequence[Trial], each: Sequence[Vector]) -> float:
    return float(
        np.mean([figure(trial.window.outcome, score) for trial, score in zip(done, each, strict=True)])
    )


def _scene(trial: Trial, plan: Plan, days: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]) -> Scene:
    known = (days["day"] <= trial.window.cutoff) & (days["theirs"] > 0)
    number, day, count, replies = (days[name][known].astype(np.int64) for name in days)
    window = trial.window
    return Scene(window.cutoff, plan, number, day, count, count - replies, window.person, window.state)


def log_rows(measured: Measured) -> list[Row]:
    """The rows of one log."""
    name, count = measured.log.name, len(measured.trials)
    rows = [
        _against_columns(f"{name}: average precision", measured.precision, measured),
        _against_columns(f"{name}: AUC", measured.auc, measured),
    ]
    ahead = measured.precision["ours"] - max(measured.precision[rival] for rival in COMMUNITY_SCORES)
    beside: Beside = {rival: measured.precision[rival] for rival in COMMUNITY_SCORES}
    figure, goal = f"{name}: average precision over crowd.dev and Orbit", f"≥ {MARGIN} on most logs"
    rows.append(Row(figure, ahead, "", goal, None, beside))
    ready = sum(trial.learned_from >= ENOUGH_WINDOWS for trial in measured.trials)
    if ready:
        beside = {"windows": ready, "by chance": measured.ece_by_chance}
        met, goal = measured.ece <= CALIBRATED, f"≤ {CALIBRATED}"
        rows.append(Row(f"{name}: calibration error", measured.ece, "", goal, met, beside))
    else:
        rows.append(
            skipped(f"{name}: calibration error", "fewer than four past windows", goal=f"≤ {CALIBRATED}")
        )
    share = float(np.mean(measured.covered))
    low, high = COVERAGE
    held = low <= share <= high if count >= WINDOWS_FOR_COVERAGE else None
    goal = f"{low:.0%} to {high:.0%}" + ("" if held is not None else f" from {WINDOWS_FOR_COVERAGE} windows")
    rates = float(np.mean([trial.window.rate for trial in measured.trials]))
    beside = {"windows": count, "mean width": measured.width, "mean share": rates}
    rows.append(Row(f"{name}: interval of the share covers", 100 * share, "%", goal, held, beside))
    return rows


def _against_columns(figure: str, values: dict[str, float], measured: Measured) -> Row:
    best = max(COLUMNS, key=lambda name: values[name])
    beside: Beside = {name: value for name, value in values.items() if name != "ours"}
    people = int(np.mean([len(trial.window.outcome) for trial in measured.trials]))
    beside |= {"windows": len(measured.trials), "people a window": people, "horizon": measured.plan.horizon}
    return Row(
        figure, values["ours"], "", f"> {values[best]:.3f} ({best})", values["ours"] > values[best], beside
    )


def summary_rows(done: Sequence[Measured]) -> list[Row]:
    """What holds over all logs that were measured."""
    count = len(done)
    ahead = {
        each.log.name: each.precision["ours"] - max(each.precision[rival] for rival in COMMUNITY_SCORES)
        for each in done
    }
    wins = sum(margin >= MARGIN for margin in ahead.values())
    covered = [inside for each in done for inside in each.covered]
    share, (low, high) = float(np.mean(covered)), COVERAGE
    width = float(np.mean([trial.high - trial.low for each in done for trial in each.trials]))
    nbd = sum(each.precision["ours"] > each.precision.get("BG/NBD", 0) for each in done)
    return [
        Row("logs where ours leads crowd.dev and Orbit by .03", wins, f"of {count}", "most", wins > count / 2,
            dict(ahead)),
        Row("logs where ours has more average precision than BG/NBD", nbd, f"of {count}", "", None),
        Row("interval of the share covers, all windows", 100 * share, "%", f"{low:.0%} to {high:.0%}",
            low <= share <= high, {"windows": len(covered), "mean width": width}),
    ]  # fmt: skip


def bg_nbd_rows(data: Path) -> list[Row]:
    """BG/NBD on the CDNOW sample (39 weeks of calibration): a check that the harness hands `lifetimes` what
    it should, against the published estimates of Fader, Hardie & Lee (2005)."""
    try:
        log = load_log("cdnow sample", data)
    except FileNotFoundError as error:
        return [skipped("BG/NBD on the CDNOW sample", str(error))]
    found = _bg_nbd_on(log)
    return [
        Row(f"BG/NBD on the CDNOW sample: {name}", value, "", f"{BG_NBD_PUBLISHED[name]} ± .005",
            abs(value - BG_NBD_PUBLISHED[name]) <= 0.005)
        for name, value in found.items()
    ]  # fmt: skip


def _bg_nbd_on(log: Log) -> dict[str, float]:
    from lifetimes import BetaGeoFitter

    ledger = read_events(log.events)
    days = DayBook.of(ledger.rows).days
    person, day = days["person"], days["day"]
    end = int(np.datetime64("1997-09-30").astype(np.int64))
    person, day = person[day <= end], day[day <= end]
    _, start, count = np.unique(person, return_index=True, return_counts=True)
    first, last = day[start], day[start + count - 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter = BetaGeoFitter(penalizer_coef=0.0).fit(count - 1, (last - first) / 7, (end - first) / 7)
    return {name: float(fitter.params_[name]) for name in BG_NBD_PUBLISHED}
