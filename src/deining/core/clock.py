"""Time. Inside, an instant is an aware datetime in UTC; a day is a number in the brand's own time zone."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC; exact, because no float is involved."""
    return (moment - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The instant that many microseconds after 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=micros)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def day_number(moment: datetime, time_zone: str) -> int:
    """Days since 1970-01-01 on the calendar of the given time zone."""
    return moment.astimezone(zone(time_zone)).date().toordinal() - _EPOCH_DAY


def day_of(number: int) -> date:
    """The calendar day with this number."""
    return date.fromordinal(number + _EPOCH_DAY)


def number_of(day: date) -> int:
    """The number of this calendar day."""
    return day.toordinal() - _EPOCH_DAY
