"""Reading events: time zones, absent values, and sentences for what cannot be read."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from deining.insight import relationship
from deining.insight.relationship.events import read_events
from tests.insight.relationship.community import START, make_events, moment, row_of


def test_half_past_midnight_in_amsterdam_belongs_to_that_local_day() -> None:
    events = pa.table({"person": ["fan"], "happened_at": [datetime(2026, 6, 9, 22, 30, tzinfo=UTC)]})
    amsterdam = relationship.states(events, tz="Europe/Amsterdam")["last_day"].to_pylist()
    utc = relationship.states(events)["last_day"].to_pylist()
    assert amsterdam == [utc[0] + 1]


def test_the_clock_going_back_does_not_move_an_event_to_another_day() -> None:
    autumn = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    events = pa.table({"person": ["fan", "fan"], "happened_at": autumn})
    fan = row_of(relationship.states(events, tz="Europe/Amsterdam"), "fan")
    assert (fan["theirs"], fan["active_days"]) == (2, 1)


def test_moments_and_days_are_two_ways_to_say_the_same() -> None:
    by_moment = pa.table({"person": ["fan", "fan"], "happened_at": [moment(START), moment(START + 9)]})
    by_day = make_events(("fan", START), ("fan", START + 9))
    assert relationship.states(by_moment).equals(relationship.states(by_day))


def test_a_time_zone_nobody_knows_is_named_in_the_error() -> None:
    events = pa.table({"person": ["fan"], "happened_at": [moment(START)]})
    with pytest.raises(relationship.UnusableEvents, match="Europe/Atlantis"):
        relationship.states(events, tz="Europe/Atlantis")


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (pa.table({"who": ["fan"]}), '"person"'),
        (pa.table({"person": ["fan"]}), '"happened_at"'),
        (pa.table({"person": ["fan"], "happened_at": ["yesterday"]}), "happened_at"),
        ("fan came by", "Arrow"),
    ],
)
def test_what_cannot_be_read_is_said_by_column(events: object, said: str) -> None:
    with pytest.raises(relationship.UnusableEvents, match=said):
        relationship.find(events)


def test_rows_without_a_person_or_a_time_are_left_out_and_counted() -> None:
    ledger = read_events(make_events(("fan", START), (None, START), ("outsider", None)))  # type: ignore[arg-type]
    assert ledger.rows.num_rows == 1
    assert [note.params for note in ledger.notes] == [{"rows": 2}]


def test_long_strings_and_chunks_are_read_alike() -> None:
    events = make_events(("fan", START), ("fan", START + 1))
    large = pa.table({"person": events["person"].cast(pa.large_string()), "day": events["day"]})
    chunked = pa.concat_tables([events.slice(0, 1), events.slice(1, 1)])
    assert row_of(relationship.states(large), "fan")["theirs"] == 2
    assert relationship.states(chunked).equals(relationship.states(events))
