"""Saved filters over people."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_segment_for
from deining.people.actions.words import one_line, refuse_unless_fits
from deining.people.models import Segment

LONGEST_NAME = 80
LONGEST_FILTERS = 2000
Filters = Mapping[str, str | list[str]]


def save_segment(*, actor: Actor, name: str, filters: Filters) -> Segment:
    """Keep a filter under a name; a segment that has the name already gets the new filter.

    `filters`: the People page's own words, `{"segment": "seeker", "tag": ["gent", "museum"]}`.
    Raises `NotAllowed`, and `DeiningError` without a name or without a filter.
    """
    actor.require(Capability.EDIT_PEOPLE)
    word = one_line(name)
    refuse_unless_fits(word, LONGEST_NAME, empty=_("The segment has no name. Type one."))
    kept = {key: value for key, value in filters.items() if value}
    _check(kept)
    with transaction.atomic():
        segment, _made = Segment.objects.update_or_create(
            brand=actor.brand,
            name=word,
            defaults={"filters": kept},
            create_defaults={"filters": kept, "created_by": actor.user},
        )
        record(actor, log_kinds.SEGMENT_SAVED, segment)
    return segment


def remove_segment(*, actor: Actor, segment: Segment) -> None:
    """Forget a saved filter; the people in it stay. Raises `NotAllowed`, `NotFound`."""
    actor.require(Capability.EDIT_PEOPLE)
    with transaction.atomic():
        mine = get_segment_for(actor, segment.pk)
        record(actor, log_kinds.SEGMENT_REMOVED, mine)
        mine.delete()


def _check(filters: Filters) -> None:
    if not filters:
        raise DeiningError(_("There is no filter to save: this is everybody. Choose a filter first."))
    if len(json.dumps(filters)) > LONGEST_FILTERS:
        raise DeiningError(_("This filter is too long to save. Choose fewer words or tags."))
