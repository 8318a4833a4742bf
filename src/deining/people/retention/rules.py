"""What a set of retention rules means on a given day."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Q

from deining.core import clock
from deining.core.kinds import KIND_BY_CODE, KIND_CODES, Kind
from deining.core.models import Brand
from deining.people.models import RetentionRule

SHORTEST: Final = 1
LONGEST: Final = 36_500

Rules = Mapping[Kind, int]
"""Days that rows of a kind are kept; a kind that is not in it is kept for ever."""


def rules_of(brand: Brand) -> dict[Kind, int]:
    """The brand's rules as they stand."""
    rows = RetentionRule.objects.filter(brand=brand).values_list("kind", "keep_days")
    return {KIND_BY_CODE[code]: days for code, days in rows}


def today_of(brand: Brand) -> int:
    """The number of this day on the brand's calendar."""
    return clock.day_number(clock.now(), brand.time_zone)


def expired(rules: Rules, today: int, prefix: str = "") -> Q:
    """Ledger rows that were kept long enough; none when there are no rules."""
    gone = Q(pk__in=[])
    for kind, days in rules.items():
        gone |= Q(**{f"{prefix}kind": KIND_CODES[kind], f"{prefix}day__lt": today - days})
    return gone
