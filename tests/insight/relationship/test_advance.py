"""New events change one row: the same numbers as counting everything again."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deining.insight import relationship
from tests.insight.relationship.community import START, make_events, row_of

People = st.sampled_from(["fan", "colleague", "outsider"])
Event = st.tuples(
    People,
    st.integers(0, 60),
    st.sampled_from(["they", "we"]),
    st.sampled_from(["post", "reply", "ask", None]),
    st.booleans(),
    st.one_of(st.none(), People),
)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def table_of(rows: list[tuple[str, int, str, str | None, bool, str | None]]) -> pa.Table:
    person, day, direction, kind, asked, answers = zip(*rows, strict=True)
    return pa.table(
        {
            "person": pa.array(person, pa.string()),
            "day": pa.array([START + offset for offset in day], pa.int32()),
            "direction": pa.array(direction, pa.string()),
            "kind": pa.array(kind, pa.string()),
            "asked": pa.array(asked, pa.bool_()),
            "answers_person": pa.array(answers, pa.string()),
        }
    )


def taken_in(states: pa.Table, updated: pa.Table) -> pa.Table:
    """What a store does with the result of `advance`: the touched rows replace the old ones."""
    untouched = states.filter(
        pc.invert(pc.is_in(states["person"], value_set=updated["person"].combine_chunks()))
    )
    return pa.concat_tables([untouched, updated.cast(states.schema)])


def assert_same(first: pa.Table, second: pa.Table) -> None:
    first, second = first.sort_by("person"), second.sort_by("person")
    assert first["person"].to_pylist() == second["person"].to_pylist()
    for name in first.column_names:
        if pa.types.is_floating(first[name].type):
            assert np.allclose(first[name].to_numpy(), second[name].to_numpy(), rtol=1e-9, atol=1e-12), name
        else:
            assert first[name].to_pylist() == second[name].to_pylist(), name


@FEW
@given(st.lists(st.lists(Event, min_size=1, max_size=12), min_size=2, max_size=4))
def test_batches_in_any_order_give_the_same_state_as_counting_everything(
    batches: list[list[tuple[str, int, str, str | None, bool, str | None]]],
) -> None:
    states = relationship.states(table_of(batches[0]))
    for batch in batches[1:]:
        states = taken_in(states, relationship.advance(states, table_of(batch)))
    everything = table_of([row for batch in batches for row in batch])
    assert_same(states, relationship.states(everything))


@FEW
@given(
    st.lists(
        st.lists(st.tuples(People, st.integers(0, 400)), min_size=1, max_size=15), min_size=2, max_size=5
    )
)
def test_whoever_is_not_marked_for_a_recount_is_exactly_right(batches: list[list[tuple[str, int]]]) -> None:
    parts = [make_events(*[(person, START + day) for person, day in batch]) for batch in batches]
    states = relationship.states(parts[0])
    for part in parts[1:]:
        states = taken_in(states, relationship.advance(states, part))
    counted = relationship.states(pa.concat_tables(parts))
    sure = states.filter(pc.invert(states["needs_recount"]))
    same = counted.filter(pc.is_in(counted["person"], value_set=sure["person"].combine_chunks()))
    assert_same(sure, same)


def test_only_touched_people_come_back() -> None:
    states = relationship.states(make_events(("fan", START), ("colleague", START)))
    updated = relationship.advance(states, make_events(("fan", START + 1)))
    assert updated["person"].to_pylist() == ["fan"]
    assert updated.schema.names == states.schema.names


def test_the_same_day_again_is_one_more_event_and_no_more_days() -> None:
    states = relationship.states(make_events(("fan", START)))
    fan = row_of(relationship.advance(states, make_events(("fan", START), ("fan", START))), "fan")
    assert (fan["theirs"], fan["active_days"], fan["d30"], fan["needs_recount"]) == (3, 1, 1.0, False)


def test_a_late_event_within_two_months_is_counted_and_an_older_one_asks_for_a_recount() -> None:
    states = relationship.states(make_events(("fan", START), ("fan", START + 200)))
    late = row_of(relationship.advance(states, make_events(("fan", START + 150))), "fan")
    assert (late["active_days"], late["needs_recount"]) == (3, False)
    unsure = row_of(relationship.advance(states, make_events(("fan", START + 100))), "fan")
    assert unsure["needs_recount"] is True
    assert unsure["active_days"] == 2, "the row is left as it was"


def test_an_event_before_the_first_is_known_to_be_new() -> None:
    states = relationship.states(make_events(("fan", START + 200)))
    fan = row_of(relationship.advance(states, make_events(("fan", START))), "fan")
    assert (fan["first_day"], fan["active_days"], fan["needs_recount"]) == (START, 2, False)


def test_a_person_marked_for_a_recount_stays_marked() -> None:
    states = relationship.states(make_events(("fan", START), ("fan", START + 200)))
    states = taken_in(states, relationship.advance(states, make_events(("fan", START + 100))))
    assert (
        row_of(relationship.advance(states, make_events(("fan", START + 201))), "fan")["needs_recount"]
        is True
    )


def test_a_new_community_starts_from_nothing() -> None:
    nobody = relationship.states(make_events(("fan", START))).slice(0, 0)
    assert row_of(relationship.advance(nobody, make_events(("fan", START))), "fan")["active_days"] == 1
