"""Sentences that the relationship room says about people and about itself, in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from deining.people.models import FittedModel, Person, SegmentName
from deining.people.queries.listing import SLIPS_BY
from deining.people.scoring import sentence_of
from deining.web.desk.words import capital


def reading_language() -> str:
    """`nl` or `en`."""
    return (get_language() or "en")[:2]


def who_they_are(person: Person) -> str:
    """The title of a person's page: what they are to us, in one short sentence."""
    if person.probability is None:
        return str(person)
    if person.segment == SegmentName.SEEKER:
        slips = person.change <= -SLIPS_BY
        words = (
            _("%(name)s wants a relationship, and slips away")
            if slips
            else _("%(name)s wants a relationship")
        )
    elif person.segment == SegmentName.BENEFIT:
        words = _("%(name)s comes for a benefit")
    else:
        words = _("%(name)s passes by")
    return words % {"name": person}


def why(person: Person, fit: FittedModel | None, language: str, time_zone: str) -> str:
    """Why somebody has this probability, without the number itself, which stands beside it."""
    scored_day = fit.scored_day if fit else None
    told = sentence_of(person, language, scored_day=scored_day, time_zone=time_zone)
    reason = told.partition(": ")[2] or told
    return capital(reason)


def fit_notes(fit: FittedModel | None) -> list[str]:
    """What is provisional, or cannot be told yet."""
    if fit is None or not fit.notes:
        return []
    from deining.insight.relationship.notes import Note
    from deining.insight.relationship.sentences import note_sentence

    language = reading_language()
    return [note_sentence(Note(note["code"], note["params"]), language) for note in fit.notes]
