"""Reading a score back in words. Loads the relationship room only when called."""

import json
from typing import TYPE_CHECKING

from deining.core import clock
from deining.core.models import Brand
from deining.people.models import FittedModel, Person

if TYPE_CHECKING:
    from deining.insight.relationship.model import Model


def current_fit(brand: Brand) -> FittedModel | None:
    """What the brand's scores come from at present; None before the first scoring."""
    return FittedModel.objects.filter(brand=brand, is_current=True).first()


def model_of(fit: FittedModel) -> "Model | None":
    """The fitted model itself; None when nothing could be fitted, or another version of Deining fitted it."""
    from deining.insight.relationship.model import Model, UnreadableModel

    if not fit.parameters:
        return None
    try:
        return Model.from_json(json.dumps(fit.parameters))
    except UnreadableModel:
        return None


def sentence_of(person: Person, lang: str, *, scored_day: int | None, time_zone: str) -> str:
    """The one plain sentence beside a probability; "" for somebody without a score.

    `scored_day`: the day the scores speak of (`FittedModel.scored_day`); `time_zone`: the brand's.
    """
    from deining.insight.relationship.sentences import sentence

    if person.probability is None or person.last_seen is None:
        return ""
    last_day = clock.day_number(person.last_seen, time_zone)
    silent = max(0, (scored_day if scored_day is not None else last_day) - last_day)
    reasons = [
        {**reason, "n": silent} if reason["code"] == "silence" else reason
        for reason in person.reasons.get("reasons", ())
    ]
    facts = {
        "probability": person.probability,
        "events": person.events,
        "silent_days": silent,
        "reasons": reasons,
    }
    return sentence(facts, lang)
