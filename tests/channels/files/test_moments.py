"""Columns of written moments become instants, however people and machines wrote them."""

import pyarrow as pa
import pytest

from deining.channels.files.dates import day_order, parse_times


def utc(text: object, tz: str = "Europe/Amsterdam", *, day_first: bool = True) -> str | None:
    moment = parse_times(pa.array([text]), tz, day_first=day_first).instants[0].as_py()
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3 maart 2024 14:05", "2024-03-03 13:05:00"),
        ("zondag 3 maart 2024 14u05", "2024-03-03 13:05:00"),
        ("3 mrt. 2024 om 14.05 uur", "2024-03-03 13:05:00"),
        ("03-11-2024", "2024-11-02 23:00:00"),
        ("31/12/2023", "2023-12-30 23:00:00"),
        ("1-5-24 9:07", "2024-05-01 07:07:00"),
        ("2024-03-03T14:05:06.123456789Z", "2024-03-03 14:05:06"),
        ("2024-03-03 14:05:06+0530", "2024-03-03 08:35:06"),
        ("20240303", "2024-03-02 23:00:00"),
        ("20240303T140506Z", "2024-03-03 14:05:06"),
        ("Tue Oct 31 22:10:47 +0000 2017", "2017-10-31 22:10:47"),
        ("Sun, 3 Mar 2024 14:05:06 +0100 (CET)", "2024-03-03 13:05:06"),
        ("March 3, 2024 2:05 PM", "2024-03-03 13:05:00"),
        ("12/31/2023 12:30 am", None),
        ("1082040961", "2004-04-15 14:56:01"),
        ("1368131186.0", "2013-05-09 20:26:26"),
        ("1368131186,0", "2013-05-09 20:26:26"),
        ("1700000000000", "2023-11-14 22:13:20"),
        ("2023-02-29", None),
        ("2024-02-29", "2024-02-28 23:00:00"),
        ("14:05", None),
        ("gisteren", None),
        ("", None),
    ],
)
def test_a_moment_is_read(written: str, expected: str | None) -> None:
    assert utc(written) == expected


def test_month_first_is_another_day() -> None:
    assert utc("03/04/2024", day_first=True) == "2024-04-02 22:00:00"
    assert utc("03/04/2024", day_first=False) == "2024-03-03 23:00:00"


def test_numbers_of_any_type_are_seconds_or_dates() -> None:
    assert utc(1082040961) == "2004-04-15 14:56:01"
    assert utc(1082040961.0) == "2004-04-15 14:56:01"
    assert utc(19970101) == "1996-12-31 23:00:00"


def test_an_hour_that_comes_twice_takes_its_first_pass_and_is_counted() -> None:
    times = parse_times(pa.array(["2024-10-27 02:30:00", "2024-10-27 03:30:00"]), "Europe/Amsterdam")
    assert [f"{moment.as_py():%H:%M}" for moment in times.instants] == ["00:30", "02:30"]
    assert (times.ambiguous, times.nonexistent, times.naive) == (1, 0, 2)


def test_an_hour_that_the_clock_skips_becomes_the_moment_after_and_is_counted() -> None:
    times = parse_times(
        pa.array(["2024-03-31 02:30", "2024-03-31 01:59", "2024-03-31 03:00"]), "Europe/Amsterdam"
    )
    assert [f"{moment.as_py():%H:%M}" for moment in times.instants] == ["01:00", "00:59", "01:00"]
    assert (times.ambiguous, times.nonexistent) == (0, 1)


@pytest.mark.parametrize("tz", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
def test_zones_agree_with_the_standard_library(tz: str) -> None:
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    start = datetime(2023, 1, 1, 0, 17)  # noqa: DTZ001  (naive on purpose)
    naive = [start + timedelta(hours=7 * step) for step in range(1500)]
    ours = parse_times(pa.array([f"{moment:%Y-%m-%d %H:%M:%S}" for moment in naive]), tz).instants.to_pylist()
    for moment, instant in zip(naive, ours, strict=True):
        there = moment.replace(tzinfo=ZoneInfo(tz)).astimezone(UTC)
        exists = there.astimezone(ZoneInfo(tz)).replace(tzinfo=None) == moment
        if exists:
            assert instant == there


def test_mixed_writing_in_one_column_is_read_each_its_own_way() -> None:
    written = ["2024-03-03 10:00", "3 maart 2024 10:00", None, "nooit", "03-03-2024 10:00", "1709456400"]
    moments = parse_times(pa.array(written), "Europe/Amsterdam").instants.to_pylist()
    assert [moment is None for moment in moments] == [False, False, True, True, False, False]
    assert len({moment for moment in moments if moment}) == 1


def test_the_column_tells_whether_the_day_comes_first() -> None:
    assert day_order(pa.array(["03-04-2024", "25-04-2024"])).day_first
    order = day_order(pa.array(["03/04/2024", "04/25/2024"]))
    assert order.sure
    assert not order.day_first
    assert not day_order(pa.array(["03/04/2024"])).sure
    assert day_order(pa.array(["2024-04-25"])).example == ""
