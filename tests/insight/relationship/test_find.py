"""Finding who wants a relationship in a community of which we know who does."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from deining.insight import relationship
from deining.insight.relationship.counting import DayBook
from deining.insight.relationship.events import read_events
from deining.insight.relationship.fitting import fit_windows
from deining.insight.relationship.trials import trials
from deining.insight.relationship.windows import past_of, unrecorded
from tests.insight.relationship.community import START, make_community, make_events, shuffled

LOG = make_community(500, 1500)
FOUND = relationship.find(LOG)
JSON_KEYS = {"share", "share_low", "share_high", "provisional", "people", "backtest"}
PERSON_KEYS = {"person", "probability", "rank", "sentence", "events", "first_seen", "last_seen"}
BACKTEST_KEYS = {"cutoff", "people", "base_rate", "auc", "average_precision", "lift_at_share", "ece"}
BACKTEST_KEYS |= {"auc_count", "auc_recency"}


def codes(found: relationship.Found) -> list[str]:
    return [note.code for note in found.notes]


def test_a_log_of_four_years_gives_a_share_with_an_interval_and_a_ranking_better_than_counting() -> None:
    assert not FOUND.provisional
    assert FOUND.share is not None
    assert 0 < FOUND.share_low < FOUND.share < FOUND.share_high < 1  # type: ignore[operator]
    backtest = FOUND.backtest.to_pydict()
    assert np.mean(backtest["auc"]) > max(np.mean(backtest["auc_count"]), np.mean(backtest["auc_recency"]))


def test_everybody_gets_a_rank_a_probability_and_a_sentence() -> None:
    people = FOUND.to_dict("nl")["people"]
    assert len(people) == len(set(LOG["person"].to_pylist()))
    assert [person["rank"] for person in people] == list(range(1, len(people) + 1))
    assert all(0 < person["low"] <= person["probability"] <= person["high"] < 1 for person in people)
    assert all(person["sentence"].endswith(".") for person in people)


def test_the_json_has_the_keys_that_are_promised() -> None:
    said = FOUND.to_dict()
    assert said.keys() >= JSON_KEYS
    assert said["people"][0].keys() >= PERSON_KEYS
    assert said["backtest"][0].keys() >= BACKTEST_KEYS
    assert all(note["text"] for note in said["notes"])


def test_the_order_of_the_rows_changes_nothing() -> None:
    again = relationship.find(shuffled(LOG))
    first, second = FOUND.people.sort_by("person"), again.people.sort_by("person")
    assert first["person"].equals(second["person"])
    assert np.allclose(first["probability"].to_numpy(), second["probability"].to_numpy())
    assert again.share == pytest.approx(FOUND.share)


def test_what_happens_after_a_day_changes_nothing_that_was_said_on_it() -> None:
    day = START + 1200
    before = LOG.filter(pc.less_equal(LOG["day"], day))
    later = make_events(*[("a stranger", day + offset) for offset in range(1, 200)])
    first, second = (
        relationship.find(before, at=day),
        relationship.find(pa.concat_tables([before, later]), at=day),
    )
    assert first.model == second.model
    assert first.people.equals(second.people)
    assert "future_events" in codes(second)


def test_a_past_window_is_scored_without_what_came_after_it() -> None:
    def tried(events: pa.Table) -> dict[int, list[float]]:
        ledger = read_events(events)
        past = past_of(DayBook.of(ledger.rows), START + 1499)
        assert past.plan is not None
        return {t.window.cutoff: t.probability.tolist() for t in trials(past.plan, past.windows, fit_windows)}

    whole = tried(LOG)
    cutoff = sorted(whole)[1]
    hidden = LOG.filter(
        pc.or_(pc.less_equal(LOG["day"], cutoff), pc.equal(pc.bit_wise_and(LOG["day"], 3), 0))
    )
    assert tried(pa.concat_tables([hidden, LOG.slice(LOG.num_rows - 1)]))[cutoff] == whole[cutoff]


def test_a_day_in_2099_is_left_out_and_said() -> None:
    found = relationship.find(pa.concat_tables([LOG, make_events(("fan", 47_000))]), at=START + 1499)
    assert "future_events" in codes(found)
    assert found.people.num_rows == FOUND.people.num_rows


def test_a_log_with_too_few_past_windows_is_provisional_and_says_so() -> None:
    found = relationship.find(make_community(400, 58))
    assert found.provisional
    assert {"few_windows", "horizon_scaled"} & set(codes(found))


def test_a_log_of_three_weeks_orders_people_but_does_not_pretend_to_know_the_share() -> None:
    found = relationship.find(make_community(200, 21))
    assert "too_short" in codes(found)
    assert found.share_high - found.share_low > 0.3  # type: ignore[operator]
    count = found.people["events"].to_numpy().astype(float)
    assert np.corrcoef(count, found.people["probability"].to_numpy())[0, 1] > 0.3


@pytest.mark.parametrize(
    "events",
    [
        make_events(("fan", START)),
        make_events(*[("fan", START + offset) for offset in range(0, 1500, 3)]),
        make_events(("fan", START), ("colleague", START), ("outsider", START)),
    ],
)
def test_one_person_or_one_day_is_enough_to_say_something_provisional(events: pa.Table) -> None:
    found = relationship.find(events)
    assert found.provisional
    assert all(0 < value < 1 for value in found.people["probability"].to_pylist())


def test_nobody_gives_nothing_to_tell() -> None:
    found = relationship.find(make_events(("fan", START)).slice(0, 0))
    assert found.share is None
    assert found.people.num_rows == 0
    assert "no_events" in codes(found)
    assert found.to_dict("nl")["people"] == []


def test_people_whom_only_we_touched_are_not_in_the_list() -> None:
    events = make_events(("fan", START), ("stranger", START), direction=["they", "we"])
    assert relationship.find(events).people["person"].to_pylist() == ["fan"]


def test_progress_is_told_in_steps() -> None:
    steps: list[tuple[str, int, int]] = []
    relationship.find(make_events(("fan", START)), progress=lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == [0, 1, 2, 3]


def test_a_hole_in_the_log_leaves_out_the_windows_that_touch_it() -> None:
    hole = pc.and_(pc.greater(LOG["day"], START + 700), pc.less(LOG["day"], START + 760))
    found = relationship.find(LOG.filter(pc.invert(hole)))
    assert "holes" in codes(found)
    assert found.backtest.num_rows < FOUND.backtest.num_rows


def test_a_log_that_is_always_slow_has_no_holes() -> None:
    assert unrecorded(np.arange(0, 2000, 40)) == []
    assert unrecorded(np.concatenate([np.arange(0, 500), np.arange(540, 900)])) == [(499, 540)]


def test_the_share_counts_only_people_who_are_present() -> None:
    lapsed = make_events(*[(f"long gone {number}", START) for number in range(300)])
    found = relationship.find(pa.concat_tables([LOG, lapsed]))
    assert found.people.num_rows == FOUND.people.num_rows + 300
    assert found.share == pytest.approx(FOUND.share, abs=0.05)
