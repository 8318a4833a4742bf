"""How one person's probability went, by the model of today looking back at what was known then."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from deining.insight.relationship.counting import DayBook
from deining.insight.relationship.events import read_events
from deining.insight.relationship.features import inputs
from deining.insight.relationship.logistic import sigmoid
from deining.insight.relationship.model import Model
from deining.insight.relationship.plan import as_day
from deining.insight.relationship.windows import present


def history(
    model: Model, events: Any, days: Iterable[date | datetime | int], tz: str = "UTC"
) -> npt.NDArray[np.float64]:
    """The probability of one person on each of `days`; 0 before their first own event.

    `events`: those of that person; rows of others may follow (such as those that answer them), the person
    of the first row is meant. Needs numpy and Arrow only.
    """
    ledger = read_events(events, tz)
    book = DayBook.of(ledger.rows).only(ledger.rows["person"].slice(0, 1).to_numpy())
    return np.array([_on(model, book, as_day(day)) for day in days], dtype=np.float64)


def _on(model: Model, book: DayBook, day: int) -> float:
    state = present(book.states(until=day), day)
    if not len(state["person"]):
        return 0.0
    odds, _ = model.log_odds(model.standard(inputs(state, day)))
    return float(sigmoid(model.layered(odds))[0])
