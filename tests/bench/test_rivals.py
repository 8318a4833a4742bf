"""The rivals by hand, on one person each."""

import numpy as np
import pytest

from deining.bench.people import rivals
from deining.insight.relationship.plan import Plan

CUTOFF = 20_000  # 2024-10-04
PLAN = Plan(180, 365, 3, 90)


def scene_of(*people: dict[int, int]) -> rivals.Scene:
    """A scene out of {days before the cutoff: events} for each person."""
    rows = sorted(
        (who, CUTOFF - ago, count) for who, days in enumerate(people) for ago, count in days.items()
    )
    number, day, count = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    state = {
        "theirs": np.array([sum(days.values()) for days in people]),
        "last_day": np.array([CUTOFF - min(days) for days in people]),
    }
    everybody = np.arange(len(people))
    return rivals.Scene(CUTOFF, PLAN, number, day, count, 0 * count, everybody, state)


def test_counts_and_months() -> None:
    scene = scene_of({0: 2, 400: 5}, {10: 1})
    assert rivals.raw_count(scene).tolist() == [7, 1]
    assert rivals.count_of_late(scene).tolist() == [2, 1]
    assert rivals.active_months(scene).tolist() == [2, 1]
    assert rivals.active_months_of_late(scene).tolist() == [1, 1]


def test_love_halves_in_ninety_days_and_forgets_after_a_year() -> None:
    assert rivals.orbit_love(scene_of({0: 1}, {90: 1}, {400: 9})).tolist() == [4.0, 2.0, 0.0]


def test_orbit_level_by_presence() -> None:
    once, twice = {3: 1}, {3: 1, 4: 1}
    every_day = dict.fromkeys(range(3, 300), 1)
    levels = np.ceil(rivals.orbit_level(scene_of(once, twice, every_day))).tolist()
    assert levels == [1.0, 4.0, 12.0]


def test_crowd_dev_prefers_the_steady_to_the_burst() -> None:
    steady = dict.fromkeys(range(4, 34), 1)
    burst = {20: 30}
    scores = rivals.crowd_dev(scene_of(steady, burst))
    assert scores[0] > 2 * scores[1]


def test_rfm_sums_three_quintiles() -> None:
    scene = scene_of(*[{ago: 11 - ago} for ago in range(1, 11)])
    scores = rivals.rfm(scene)
    assert scores[0] == scores.max()
    assert scores.max() <= 15
    assert scores.min() >= 3


def test_bg_nbd_expects_more_of_those_who_came_often_and_lately_and_prints_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rng = np.random.default_rng(1)
    crowd = [{int(ago): 1 for ago in rng.integers(0, 700, rng.integers(1, 30))} for _ in range(200)]
    often, gone = {7 * week: 1 for week in range(40)}, {7 * week + 400: 1 for week in range(40)}
    scores = rivals.bg_nbd(scene_of(often, gone, *crowd))
    assert np.isfinite(scores).all()
    assert scores[0] > scores[1]
    assert capsys.readouterr().out == ""
    assert 13 < scores[0] < 27, "most weeks of the next 26, drawn towards the crowd"
