"""How one person's probability went, by the model of today looking back at what was known then."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from deining.insight.relationship.events import read_events
from deining.insight.relationship.features import Columns, inputs
from deining.insight.relationship.logistic import sigmoid
from deining.insight.relationship.model import Model
from deining.insight.relationship.plan import as_day
from deining.insight.relationship.state import COUNTS, DECAYS, MASK_BITS, week_of


def history(
    model: Model, events: Any, days: Iterable[date | datetime | int], tz: str = "UTC"
) -> npt.NDArray[np.float64]:
    """The probability of one person at each of `days`; 0 before their first own event.

    `events`: of that person only (rows of others, such as those that answer them, may be in it when
    `person` tells them apart; the first person is meant). Needs numpy and Arrow only.
    """
    ledger = read_events(events, tz)
    rows = {name: ledger.rows[name].to_numpy() for name in ledger.rows.column_names}
    mine = rows["person"] == 0
    rows = {name: column[mine] for name, column in rows.items()}
    out = [_at(model, rows, as_day(day)) for day in days]
    return np.array(out, dtype=np.float64)


def _at(model: Model, rows: Columns, at: int) -> float:
    state = state_of_one(rows, at)
    if state is None:
        return 0.0
    odds, _ = model.log_odds(model.standard(inputs(state, at)))
    return float(sigmoid(model.layered(odds))[0])


def state_of_one(rows: Columns, at: int) -> Columns | None:
    """The state of one person on day `at`, in numpy; the same numbers as `expressions.state_rows`."""
    past = {name: column[rows["day"] <= at].astype(np.int64) for name, column in rows.items()}
    acted = past["day"][past["theirs"] > 0]
    if not len(acted):
        return None
    days, anchor = np.unique(acted), int(past["day"].max())
    back, weeks = int(days[-1]) - days, np.unique(week_of(days))
    out: dict[str, Any] = {"first_day": days[0], "last_day": days[-1], "anchor_day": anchor}
    out |= {name: past[name].sum() if name in past else 0 for name in COUNTS}
    out |= {"active_days": len(days), "active_weeks": len(weeks)}
    out["days_mask"] = (1 << back[back < MASK_BITS]).sum()
    ago = weeks[-1] - weeks
    out["weeks_mask"] = (1 << ago[ago < MASK_BITS]).sum()
    out["kinds_mask"] = np.bitwise_or.reduce(past["kind_bit"]) if "kind_bit" in past else 0
    counted = {"e": "theirs", "r": "replies", "v": "received", "t": "touches"}
    for name, half_life in DECAYS.items():
        when, times = (
            (days, np.ones(len(days))) if name[0] == "d" else (past["day"], past.get(counted[name[0]]))
        )
        out[name] = 0.0 if times is None else (times * np.exp2((when - anchor) / half_life)).sum()
    return {name: np.array([value]) for name, value in out.items()}
