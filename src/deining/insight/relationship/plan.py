"""How far the label looks ahead, and what "keeps coming" means for this log."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

FULL_HORIZON: Final = 180
SHORTEST_HORIZON: Final = 14
WINDOWS_WANTED: Final = 7


@dataclass(frozen=True)
class Plan:
    """All in days, but `weeks_needed`.

    A person is present when active in the `lookback` days before a cutoff, and keeps coming when active in
    `weeks_needed` or more different weeks of the `horizon` days after it. Cutoffs lie `step` apart.
    """

    horizon: int
    lookback: int
    weeks_needed: int
    step: int


UNLABELLED: Final = Plan(28, 57, 2, 14)
"""What is meant when the log is too short to have any outcome."""


def plan_for(span: int) -> Plan | None:
    """The plan for a log of `span` days: three weeks of the next 180 days, scaled down for a log under 3.4
    years.

    A short log gets a horizon of a seventh of its span, in whole weeks, so that there are windows to learn
    from and windows to test on. None when even two weeks leave no window whose outcome is known.
    """
    horizon = min(FULL_HORIZON, max(SHORTEST_HORIZON, round(span / (7 * WINDOWS_WANTED)) * 7))
    if span < 3 * horizon:
        return None
    scale = horizon / FULL_HORIZON
    return Plan(horizon, round(365 * scale), max(2, round(3 * scale)), (horizon + 1) // 2)


def as_day(moment: date | datetime | int) -> int:
    """Days since 1970-01-01 of a date, a moment (its own calendar day) or such a number itself."""
    if isinstance(moment, int):
        return moment
    day = moment.date() if isinstance(moment, datetime) else moment
    return (day - date(1970, 1, 1)).days
