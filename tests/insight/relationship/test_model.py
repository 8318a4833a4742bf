"""A fitted model is a handful of numbers that travel as JSON and score without heavy libraries."""

import json
import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pyarrow.compute as pc
import pytest

from deining.insight import relationship
from deining.insight.relationship.model import best_first
from tests.insight.relationship.community import START, make_community, make_events

LOG = make_community(300, 1400)
AT = START + 1399
MODEL = relationship.fit(LOG, at=AT)


def test_a_model_survives_its_json() -> None:
    assert relationship.Model.from_json(MODEL.to_json()) == MODEL


def test_a_model_of_another_version_is_refused_with_a_sentence() -> None:
    raw = json.loads(MODEL.to_json())
    raw["version"] = 0
    with pytest.raises(relationship.UnreadableModel, match="fit it again"):
        relationship.Model.from_json(json.dumps(raw))


def test_scoring_states_gives_what_find_gives() -> None:
    found = relationship.find(LOG, at=AT)
    people = MODEL.score(relationship.states(LOG))
    assert people["person"].to_pylist() == found.people["person"].to_pylist()
    assert np.allclose(people["probability"].to_numpy(), found.people["probability"].to_numpy())


def test_silence_lowers_a_score_as_days_pass() -> None:
    states = relationship.states(make_events(*[("fan", AT - 7 * week) for week in range(20)]))
    later = [MODEL.score(states, at=AT + days)["probability"].to_pylist()[0] for days in (0, 60, 200)]
    assert later == sorted(later, reverse=True)


def test_a_day_may_be_a_date_or_a_number() -> None:
    states = relationship.states(LOG)
    day = date(1970, 1, 1) + timedelta(days=AT)
    assert MODEL.score(states, at=day).equals(MODEL.score(states, at=AT))


def test_history_is_what_would_have_been_scored_that_day() -> None:
    person = LOG["person"][0].as_py()
    events = LOG.filter(pc.equal(LOG["person"], person))
    first = pc.min(events["day"]).as_py()
    days = [first - 1, first, first + 40, AT]
    told = relationship.history(MODEL, events, days)
    assert told[0] == 0.0
    for day, probability in zip(days[1:], told[1:], strict=True):
        known = events.filter(pc.less_equal(events["day"], day))
        scored = MODEL.score(relationship.states(known), at=day)["probability"].to_pylist()
        assert scored == [pytest.approx(probability)]


def test_history_ignores_those_who_answered() -> None:
    events = make_events(("fan", AT - 9), ("colleague", AT - 3), answers_person=[None, "fan"])
    bare = relationship.history(MODEL, make_events(("fan", AT - 9)), [AT])
    assert relationship.history(MODEL, events, [AT]) == pytest.approx(bare, abs=0.2)
    assert relationship.history(MODEL, events, [AT - 5]) == pytest.approx(
        relationship.history(MODEL, make_events(("fan", AT - 9)), [AT - 5])
    )


def test_loading_scoring_and_saying_need_no_heavy_library() -> None:
    program = """
import sys
from deining.insight import relationship
import pyarrow as pa
model = relationship.Model.from_json(sys.stdin.read())
events = pa.table({"person": ["fan"] * 3, "day": pa.array([20300, 20310, 20333], pa.int32())})
relationship.history(model, events, [20340])
row = model.score(relationship.states(events)).to_pylist()[0]
assert "%" in relationship.sentence(row, "nl")
heavy = {"sklearn", "scipy", "duckdb", "ibis", "django"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", program], input=MODEL.to_json(), text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_equal_odds_are_ordered_by_who_was_seen_last_and_then_as_they_stood() -> None:
    random = np.random.default_rng(0)
    for people in (1, 2, 50, 3000):
        odds = random.integers(0, 40, people) / 7.0
        last_day = random.integers(100, 130, people).astype(np.int32)
        expected = np.lexsort((-last_day.astype(np.int64), -odds))
        assert best_first(odds, last_day).tolist() == expected.tolist()
