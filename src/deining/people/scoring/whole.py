"""Counting everything: a fit on the brand's own past, everybody's state and score, the share by day.

Safe to kill at any moment and to repeat: `ledger_until` is empty while the states are being replaced, which
makes the next run count everything again, and the new fit takes over in one transaction at the end.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from deining.core import clock, log
from deining.core.actors import system_actor
from deining.core.jobs import progress
from deining.core.models import Brand
from deining.insight import relationship
from deining.people import log_kinds
from deining.people.models import FittedModel, RelationshipState, ShareOnDay, StatedAnswer
from deining.people.scoring import packing, writing
from deining.people.scoring.outcome import Outcome
from deining.people.scoring.reading import STEPS, Rows, ledger_ceiling, read_rows
from deining.people.scoring.scores import (
    FOUR_WEEKS,
    existing_scores,
    is_news,
    matched,
    probabilities_on,
    scores_of,
    since_when,
)
from deining.people.scoring.segments import seeker_from
from deining.people.scoring.tally import tally_of
from deining.people.scoring.writing import AT_ONCE, Existing, Score


def score_whole(brand: Brand, marks: dict[int, bytes]) -> Outcome:
    """Fit, score everybody, switch. `marks`: those there before; what they ask for is done by this."""
    started = clock.now()
    until = ledger_ceiling()
    FittedModel.objects.filter(brand=brand, is_current=True).update(ledger_until=None)
    rows = read_rows(brand, until=until)
    past = rows.where(rows.day <= clock.day_number(started, brand.time_zone))
    found = relationship.find(past.events(), tz=brand.time_zone, stated=stated_answers(brand))
    progress(3, STEPS)
    day = clock.number_of(found.at)
    threshold = threshold_of(found)
    stored = existing_scores(brand)
    writing.lift_marks(marks)
    states, tally = relationship.states(past.events()), tally_of(past)
    with writing.roomy():
        _write_states(brand, states, tally)
        progress(4, STEPS)
        scores = _scores(found, past, states, tally, day, threshold, stored)
        _write_scores(scores, stored)
        _clear_the_rest({score.person for score in scores}, stored, states["person"].to_numpy())
    progress(5, STEPS)
    seekers = sum(score.segment == "seeker" for score in scores)
    _switch(brand, found, threshold, day, until, len(rows), seekers)
    return Outcome(True, len(rows), len(scores), seekers, share_of(found))


def stated_answers(brand: Brand) -> pa.Table | None:
    """What people said themselves: person, stated; of somebody with several accounts the latest answer."""
    answers = StatedAnswer.objects.filter(brand=brand).order_by("answered_at", "pk")
    latest = dict(answers.values_list("identity__person_id", "wants"))
    if not latest:
        return None
    return pa.table({"person": pa.array(list(latest), pa.int64()), "stated": list(latest.values())})


def threshold_of(found: relationship.Found) -> float | None:
    """From which probability somebody is a seeker; None when nothing could be learned yet."""
    share = share_of(found)
    if share is None:
        return None
    here = pc.less(found.people["silent_days"], found.model.plan.lookback)
    return seeker_from(found.people.filter(here)["probability"].to_numpy(), share)


def share_of(found: relationship.Found) -> float | None:
    """The brand's share; None as long as no past window was there to learn it from."""
    return found.share if found.model.windows else None


def _write_states(brand: Brand, states: pa.Table, tally: pa.Table) -> None:
    person, numbers = packing.pack(states, tally)
    for start in range(0, len(person), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        with transaction.atomic():
            writing.write_states(brand.pk, packing.layout().version, person[some].tolist(), numbers[some])
        progress(3, STEPS)


def _scores(
    found: relationship.Found, rows: Rows, states: pa.Table, tally: pa.Table, day: int,
    threshold: float | None, stored: Existing,
) -> list[Score]:  # fmt: skip
    people = found.people
    if not people.num_rows:
        return []
    person = people["person"].to_numpy()
    [(who, was)] = probabilities_on(found.model, rows, [day - FOUR_WEEKS])
    before = matched(who, was, person)

    def since(person: npt.NDArray[np.int64], is_seeker: npt.NDArray[np.bool_]) -> list[int | None]:
        known = {
            p: stored[p][3] for p in person[is_seeker].tolist() if p in stored and stored[p][3] is not None
        }
        fresh = person[is_seeker & ~np.isin(person, list(known))]
        if threshold is not None and len(fresh):
            known |= since_when(found.model, rows, fresh, threshold, day)
        return [known.get(p) if seeks else None for p, seeks in zip(person.tolist(), is_seeker, strict=True)]

    return list(scores_of(people, states, tally, before, threshold, since))


def _write_scores(scores: Sequence[Score], stored: Existing) -> None:
    news = sorted(
        (score for score in scores if is_news(score, stored.get(score.person))), key=lambda s: s.person
    )
    for start in range(0, len(news), AT_ONCE):
        with transaction.atomic():
            writing.write_scores(news[start : start + AT_ONCE], stored)
        progress(4, STEPS)


def _clear_the_rest(scored: set[int], stored: Existing, counted: npt.NDArray[np.int64]) -> None:
    """People of whom the ledger holds nothing any more: no score, no state."""
    gone = [
        person for person, old in stored.items() if person not in scored and (old[0] is not None or old[3])
    ]
    _write_scores([writing.nothing_known(person) for person in gone], stored)
    kept = set(counted.tolist())
    stale = [person for person in stored if person not in kept]
    for start in range(0, len(stale), AT_ONCE):
        with transaction.atomic():
            writing.clear_states(stale[start : start + AT_ONCE])


def _switch(
    brand: Brand,
    found: relationship.Found,
    threshold: float | None,
    day: int,
    until: int,
    rows: int,
    seekers: int,
) -> None:
    """The new fit takes over, with the shares and the log entry, all or nothing."""
    learned = share_of(found) is not None
    with transaction.atomic():
        FittedModel.objects.filter(brand=brand, is_current=True).update(is_current=False)
        fit = FittedModel.objects.create(
            brand=brand, layer=found.layer, provisional=found.provisional,
            parameters=json.loads(found.model.to_json()),
            share=share_of(found), share_low=found.share_low if learned else None,
            share_high=found.share_high if learned else None,
            shown_share=found.shown_share if learned else None,
            shown_low=found.shown_low if learned else None,
            shown_high=found.shown_high if learned else None,
            people=found.people.num_rows, backtest=_plain(found.backtest),
            calibration=_plain(found.calibration),
            notes=[{"code": note.code, "params": note.params} for note in found.notes],
            seeker_from=threshold, scored_day=day, ledger_until=until, ledger_rows=rows,
        )  # fmt: skip
        FittedModel.objects.filter(brand=brand, is_current=False).exclude(pk__in=_last_fits(brand)).delete()
        _write_shares(brand, found, day)
        log.record(
            system_actor(brand, "scoring"), log_kinds.SCORED, fit,
            people=found.people.num_rows, rows=rows, seekers=seekers, share=share_of(found),
        )  # fmt: skip


def _last_fits(brand: Brand, keep: int = 60) -> list[int]:
    """Old fits are history, but two months of daily ones is enough of it."""
    return list(FittedModel.objects.filter(brand=brand).order_by("-pk").values_list("pk", flat=True)[:keep])


def _write_shares(brand: Brand, found: relationship.Found, day: int) -> None:
    ShareOnDay.objects.filter(brand=brand, from_past=True).delete()
    own = set(ShareOnDay.objects.filter(brand=brand).values_list("day", flat=True))
    past = [
        ShareOnDay(
            brand=brand, day=clock.number_of(row["cutoff"]), share=row["predicted"], low=row["share_low"],
            high=row["share_high"], people=row["people"], from_past=True,
        )
        for row in found.backtest.to_pylist()
        if clock.number_of(row["cutoff"]) not in own | {day}
    ]  # fmt: skip
    ShareOnDay.objects.bulk_create(past)
    if share_of(found) is None:
        ShareOnDay.objects.filter(brand=brand, day=day).delete()
        return
    here = pc.sum(pc.less(found.people["silent_days"], found.model.plan.lookback)).as_py()
    shown = {"share": found.shown_share, "low": found.shown_low, "high": found.shown_high}
    shown |= {"people": here or 0}
    ShareOnDay.objects.update_or_create(brand=brand, day=day, defaults={**shown, "from_past": False})


def _plain(table: pa.Table) -> list[dict[str, Any]]:
    """Rows as JSON would have them: a day as its date in letters."""
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in table.to_pylist()
    ]


def marks_of(brand: Brand) -> dict[int, bytes]:
    """The people to be counted again, each with the token of its mark."""
    marked = RelationshipState.objects.filter(brand=brand, version=0).values_list("person_id", "numbers")
    return {person: bytes(token) for person, token in marked}
