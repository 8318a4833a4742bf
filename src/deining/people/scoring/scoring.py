"""Which way to score: count on from where we were, or count everything again."""

import numpy as np

from deining.core import clock
from deining.core.models import Brand
from deining.people.models import Batch, FittedModel, RelationshipState
from deining.people.scoring import packing
from deining.people.scoring.asking import MARK, needs_scoring
from deining.people.scoring.changed import score_changed
from deining.people.scoring.outcome import Outcome
from deining.people.scoring.reading import Rows, ledger_ceiling, read_rows
from deining.people.scoring.saying import current_fit, model_of
from deining.people.scoring.whole import marks_of, score_whole

GROWN_MUCH = 0.2
MOST_AT_ONCE = 50_000
"""More new rows, or more marked people, than this are counted faster by counting everything."""
ROUNDS = 20


def score(brand: Brand) -> Outcome:
    """Bring the brand's scores up to date, and again while its ledger goes on (at most `ROUNDS`)."""
    outcome = score_once(brand)
    for _ in range(ROUNDS):
        if not needs_scoring(brand):
            break
        outcome = score_once(brand)
    return outcome


def score_once(brand: Brand) -> Outcome:
    """One run, in the cheaper of the two ways."""
    marks = marks_of(brand)
    fit = current_fit(brand)
    if fit is None or _is_outdated(brand, fit) or len(marks) > MOST_AT_ONCE:
        return score_whole(brand, marks)
    model = model_of(fit)
    until = ledger_ceiling()
    rows = read_rows(brand, after=fit.ledger_until or 0, until=until)
    if model is None or len(rows) > MOST_AT_ONCE or _goes_beyond(brand, fit, rows):
        return score_whole(brand, marks)
    return score_changed(brand, fit, model, rows, marks, until)


def _is_outdated(brand: Brand, fit: FittedModel) -> bool:
    """Counting on is not possible: never counted to the end, an import undone, states of another version."""
    return (
        fit.ledger_until is None
        or fit.scored_day is None
        or Batch.objects.filter(brand=brand, undone_at__gt=fit.fitted_at).exists()
        or _stored_version(brand) not in (None, packing.layout().version)
    )


def _stored_version(brand: Brand) -> int | None:
    """The version of the brand's states; they are written together, so any of them tells."""
    states = RelationshipState.objects.filter(brand=brand).exclude(version=MARK)
    return next(iter(states.values_list("version", flat=True)[:1]), None)


def _goes_beyond(brand: Brand, fit: FittedModel, rows: Rows) -> bool:
    """A new day, on which everybody's probability moves, or so many rows that the fit is outgrown."""
    today = clock.day_number(clock.now(), brand.time_zone)
    lived = rows.day[rows.theirs & (rows.day <= today)]
    newest = int(np.max(lived)) if len(lived) else 0
    assert fit.scored_day is not None
    return newest > fit.scored_day or len(rows) > GROWN_MUCH * fit.ledger_rows
