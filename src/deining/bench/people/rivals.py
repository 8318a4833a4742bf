"""The scores ours is compared with, each as its makers describe it, on the same people at the same cutoff.

Each takes a `Scene` and gives one number a person, higher for who is expected to keep coming.
"""

import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from deining.insight.relationship.counting import Columns, week_of
from deining.insight.relationship.plan import Plan

Vector = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
MOST_TO_FIT: Final = 4000


@dataclass(frozen=True)
class Scene:
    """What was known at a cutoff: day rows up to it (one for each person and active day: `number`, `day`,
    `count`, `started`), the people to score (`person`, their numbers) and their state."""

    cutoff: int
    plan: Plan
    number: Whole
    day: Whole
    count: Whole
    started: Whole
    person: Whole
    state: Columns

    def total(self, number: Whole, weight: Vector | None = None) -> Vector:
        """The sum of `weight` (default: 1) for each person to score."""
        size = int(max(self.number.max(initial=0), self.person.max(initial=0))) + 1
        return np.bincount(number, weights=weight, minlength=size)[self.person].astype(np.float64)

    def within(self, days: int) -> npt.NDArray[np.bool_]:
        """Which day rows lie in the last `days` days."""
        return self.day > self.cutoff - days


def raw_count(scene: Scene) -> Vector:
    """Everything the person ever did."""
    return scene.state["theirs"].astype(np.float64)


def count_of_late(scene: Scene) -> Vector:
    """What the person did within the lookback (a year, scaled down for a short log)."""
    late = scene.within(scene.plan.lookback)
    return scene.total(scene.number[late], scene.count[late].astype(np.float64))


def recency(scene: Scene) -> Vector:
    """The day of the person's last event."""
    return scene.state["last_day"].astype(np.float64)


def active_months(scene: Scene) -> Vector:
    """In how many calendar months the person ever did something."""
    return _months(scene, np.ones(len(scene.day), dtype=bool))


def active_months_of_late(scene: Scene) -> Vector:
    """In how many calendar months within the lookback the person did something."""
    return _months(scene, scene.within(scene.plan.lookback))


def _months(scene: Scene, rows: npt.NDArray[np.bool_]) -> Vector:
    month = scene.day[rows].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    pairs = np.unique(scene.number[rows] * 10_000 + month)
    return scene.total(pairs // 10_000)


def rfm(scene: Scene) -> Vector:
    """Recency, frequency, monetary (Hughes 1994): each in quintiles 1-5 of the people at hand, and their sum.

    Frequency is active days within the lookback. There is no money in these logs: volume (events within the
    lookback) stands in for it.
    """
    late = scene.within(scene.plan.lookback)
    frequency = scene.total(scene.number[late])
    return _quintile(recency(scene)) + _quintile(frequency) + _quintile(count_of_late(scene))


def _quintile(values: Vector) -> Vector:
    edges = np.quantile(values, [0.2, 0.4, 0.6, 0.8])
    return 1.0 + np.searchsorted(edges, values, side="left").astype(np.float64)


def crowd_dev(scene: Scene) -> Vector:
    """The engagement score of crowd.dev before its k-means into ten classes (which can only lose order).

    For each of the last thirteen calendar months: mean daily score over (1 + its standard deviation over
    the days), times 0.9 to the power of the months passed, times 10/13; summed. Every activity scores 1
    here.
    """
    late = scene.within(365)
    day = scene.day[late].astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(np.int64)
    pairs, place = np.unique(scene.number[late] * 10_000 + month, return_inverse=True)
    score = scene.count[late].astype(np.float64)
    which = pairs % 10_000
    start = which.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    end = (which + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = np.minimum(end, scene.cutoff + 1) - np.maximum(start, scene.cutoff - 364)
    days = np.maximum(days, 1).astype(np.float64)
    mean = np.bincount(place, weights=score) / days
    square = np.bincount(place, weights=score**2) / days
    spread = np.sqrt(np.maximum(square - mean**2, 0) * days / np.maximum(days - 1, 1))
    points = 0.9 ** ((scene.cutoff - start) / 30) * mean / (1 + spread) * 10 / 13
    return scene.total(pairs // 10_000, points)


def orbit_love(scene: Scene) -> Vector:
    """Love of the Orbit model as a number: what somebody did, weighted by commitment, fading with time.

    The model names the parts (commitment of the activity, frequency, recency) and gives no formula; this
    reading weighs a new thread 5 and anything else 4 on its scale of 1 to 12 and halves each activity every
    90 days, within the year it considers.
    """
    late = scene.within(365)
    points = 4.0 * scene.count[late] + 1.0 * scene.started[late]
    return scene.total(scene.number[late], points * np.exp2((scene.day[late] - scene.cutoff) / 90))


def orbit_level(scene: Scene) -> Vector:
    """Orbit level by the presence milestones of the Orbit model, 1 to 12, over the last year.

    Two active days in a week (in 1, 2, 3 weeks: levels 4, 5, 6), seven in a month (7, 8, 9), thirty in a
    quarter (10, 11, 12); below that 1 to 3 by active days. Months and quarters are calendar ones; people on
    one level are put in order by their last event.
    """
    late = scene.within(365)
    number, day = scene.number[late], scene.day[late]
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    level = np.minimum(scene.total(number), 3.0)
    for first, days, period in ((4, 2, week_of(day)), (7, 7, month), (10, 30, month // 3)):
        reached, times = np.unique(number * 1_000_000 + period % 1_000_000, return_counts=True)
        often = scene.total(reached[times >= days] // 1_000_000)
        level = np.where(often > 0, first - 1 + np.minimum(often, 3), level)
    return level + (recency(scene) - scene.cutoff) / 100_000


def bg_nbd(scene: Scene) -> Vector:
    """BG/NBD (Fader, Hardie & Lee 2005) by the `lifetimes` package: expected active weeks in the horizon.

    A transaction is an active week; fitted at the cutoff on everybody seen until then (an even sample of at
    most 4,000 when there are more). Where its closed form overflows, the chance to be alive times the rate
    stands in.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter

        everybody, weeks = (
            np.unique(scene.number * 100_000 + week_of(scene.day) - 200_000, return_counts=False),
            0,
        )
        del weeks
        number, week = everybody // 100_000, everybody % 100_000
        people, start, count = np.unique(number, return_index=True, return_counts=True)
        first, last = week[start].astype(np.float64), week[start + count - 1].astype(np.float64)
        now = float(week_of(np.array([scene.cutoff]))[0] - 200_000)
        frequency, age, whole = count - 1.0, last - first, now - first
        some = np.arange(0, len(people), -(-len(people) // MOST_TO_FIT))
        fitter = _fitted(BetaGeoFitter, frequency[some], age[some], whole[some])
        place = np.searchsorted(people, scene.person)
        x, t_x, t = frequency[place], age[place], whole[place]
        ahead = scene.plan.horizon / 7
        expected = np.asarray(fitter.conditional_expected_number_of_purchases_up_to_time(ahead, x, t_x, t))
        alive = np.asarray(fitter.conditional_probability_alive(x, t_x, t))
        instead = np.nan_to_num(alive, nan=0.5) * (x + 1) / (t + 1) * ahead
        return np.where(np.isfinite(expected), expected, instead).astype(np.float64)


def _fitted(kind: Any, *summary: npt.NDArray[Any]) -> Any:
    for penalty in (0.0, 0.001, 0.01, 0.1):
        try:
            with redirect_stdout(StringIO()):  # it prints the optimiser's state before it raises
                return kind(penalizer_coef=penalty).fit(*summary)
        except Exception:
            continue
    raise RuntimeError("BG/NBD did not converge")


COLUMNS: Final[dict[str, Callable[[Scene], Vector]]] = {
    "count": raw_count,
    "count of late": count_of_late,
    "recency": recency,
    "active months": active_months,
    "active months of late": active_months_of_late,
}
"""Single columns; ours must beat the best of them on every log."""

SCORES: Final[dict[str, Callable[[Scene], Vector]]] = {
    "RFM": rfm,
    "BG/NBD": bg_nbd,
    "Orbit love": orbit_love,
    "Orbit level": orbit_level,
    "crowd.dev": crowd_dev,
}
