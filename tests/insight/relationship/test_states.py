"""The state of a person: what is remembered, and that it does not depend on the order of the rows."""

import numpy as np
import pyarrow as pa
import pytest

from deining.core.kinds import Kind
from deining.insight import relationship
from deining.insight.relationship.events import KINDS
from deining.insight.relationship.features import recent_days, spells, weeks_active
from deining.insight.relationship.state import columns_of
from tests.insight.relationship.community import START, make_community, make_events, row_of, shuffled

MONDAY = 19_002  # 2022-01-10


def test_the_state_of_one_person_is_what_one_would_count_by_hand() -> None:
    events = make_events(("fan", MONDAY), ("fan", MONDAY), ("fan", MONDAY + 7), ("fan", MONDAY + 37))
    state = row_of(relationship.states(events), "fan")
    assert (state["first_day"], state["last_day"]) == (MONDAY, MONDAY + 37)
    assert (state["theirs"], state["active_days"], state["active_weeks"]) == (4, 3, 3)
    assert state["days_mask"] == 1 + (1 << 30) + (1 << 37)
    assert state["weeks_mask"] == 1 + (1 << 4) + (1 << 5)
    assert state["d30"] == pytest.approx(1 + 0.5 + 2 ** (-37 / 30))
    assert state["e30"] == pytest.approx(1 + 0.5 + 2 * 2 ** (-37 / 30))


def test_the_order_of_the_rows_does_not_matter() -> None:
    events = make_community(60, 300)
    first = relationship.states(events).sort_by("person")
    second = relationship.states(shuffled(events)).sort_by("person")
    for name in first.column_names:
        if pa.types.is_floating(first[name].type):
            assert np.allclose(first[name].to_numpy(), second[name].to_numpy())
        else:
            assert first[name].equals(second[name])


def test_a_number_is_as_good_a_key_as_a_text() -> None:
    text, number = make_community(40, 200), make_community(40, 200, text_keys=False)
    by_text, by_number = relationship.states(text), relationship.states(number)
    assert by_number["person"].type == pa.int64()
    for row in by_number.to_pylist():
        assert row_of(by_text, f"person {row['person']}")["theirs"] == row["theirs"]


def test_numbers_far_apart_or_below_zero_are_keys_like_any_other() -> None:
    near = relationship.states(make_community(40, 200, text_keys=False))
    for step, first in ((10**12, -5), (3, -60), (1, 7)):
        events = make_community(40, 200, text_keys=False)
        keys = pa.array([first + step * key for key in events["person"].to_pylist()])
        states = relationship.states(events.set_column(0, "person", keys))
        for row in near.to_pylist():
            key = first + step * row["person"]
            assert row_of(states, key) == {**row, "person": key}


def test_being_answered_counts_for_the_one_who_is_answered_only() -> None:
    events = make_events(("fan", START), ("colleague", START + 1), answers_person=[None, "fan"])
    states = relationship.states(events)
    assert row_of(states, "fan")["received"] == 1
    assert row_of(states, "fan")["last_day"] == START, "being answered is not coming back"
    assert row_of(states, "colleague")["received"] == 0


def test_answering_oneself_is_not_being_answered() -> None:
    states = relationship.states(make_events(("fan", START), ("fan", START), answers_person=[None, "fan"]))
    assert row_of(states, "fan")["received"] == 0


def test_what_we_did_is_a_touch_and_not_their_activity() -> None:
    events = make_events(
        ("fan", START), ("fan", START + 3), ("stranger", START + 3),
        direction=["they", "we", "we"], kind=["reply", "ask", "mailing"],
    )  # fmt: skip
    states = relationship.states(events)
    fan, stranger = row_of(states, "fan"), row_of(states, "stranger")
    assert (fan["theirs"], fan["touches"], fan["asks"], fan["last_day"]) == (1, 1, 1, START)
    assert (stranger["theirs"], stranger["last_day"], stranger["active_days"]) == (0, None, 0)


def test_answers_to_asks_and_kinds_are_counted_and_an_absent_kind_is_no_kind() -> None:
    events = make_events(
        ("fan", START),
        ("fan", START),
        ("fan", START + 1),
        kind=["reply", None, "idea"],
        asked=[True, None, False],
    )
    fan = row_of(relationship.states(events), "fan")
    assert (fan["answered"], fan["replies"]) == (1, 1)
    assert int(fan["kinds_mask"]).bit_count() == 2  # type: ignore[call-overload]


def test_a_long_past_neither_overflows_nor_vanishes() -> None:
    events = make_events(("fan", -3000), ("fan", 30_000))
    fan = row_of(relationship.states(events), "fan")
    assert fan["d7"] == pytest.approx(1.0)
    assert (fan["active_days"], fan["active_weeks"], fan["days_mask"]) == (2, 2, 1)


def test_the_kinds_are_those_of_the_ledger_in_the_same_order() -> None:
    assert tuple(kind.value for kind in Kind) == KINDS


def test_recent_weeks_days_and_spells_are_read_from_the_masks() -> None:
    days = [MONDAY + 7 * week for week in (0, 1, 2, 8, 9, 20)]
    state = columns_of(relationship.states(make_events(*[("fan", day) for day in days])))
    at = MONDAY + 7 * 20
    assert weeks_active(state, at, 12).tolist() == [2]
    assert weeks_active(state, at, 26).tolist() == [6]
    assert spells(state, at).tolist() == [3]
    assert recent_days(state, at, 30).tolist() == [1]
    much_later = at + 7 * 80
    assert weeks_active(state, much_later, 52).tolist() == [0]
    assert recent_days(state, much_later, 30).tolist() == [0]
