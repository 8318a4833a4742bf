"""Words that colleagues put on people, one or thousands at a time."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deining.core.actors import Actor
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_tag_for
from deining.people.actions.words import one_line, refuse_unless_fits
from deining.people.models import Person, Tag
from deining.people.search_text import fold

LONGEST = 60
_CHUNK = 500
_Carrier = Tag.people.through


def put_tag(*, actor: Actor, name: str, people: Iterable[int]) -> tuple[Tag, int]:
    """Put the tag with this name on live people of the brand; returns it and how many did not carry it yet.

    `people`: ids, as many as you like; ids of others are passed over. "Gent" and "gent" are one tag.
    Raises `NotAllowed`, and `DeiningError` for a name that is empty or longer than 60 characters.
    """
    actor.require(Capability.EDIT_PEOPLE)
    word = one_line(name)
    refuse_unless_fits(word, LONGEST, empty=_("The tag has no name. Type a word."))
    with transaction.atomic():
        tag = _named(actor, word)
        added = sum(_put_on(actor, tag, chunk) for chunk in _chunks(people))
        record(actor, log_kinds.TAG_ADDED, tag, people=added)
    return tag, added


def take_tag(*, actor: Actor, tag: Tag, people: Iterable[int]) -> int:
    """Take the tag off these people, also where it came along with a merge; returns how many carried it.

    A tag that nobody carries any more is removed. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Capability.EDIT_PEOPLE)
    with transaction.atomic():
        mine = get_tag_for(actor, tag.pk)
        taken = 0
        for chunk in _chunks(people):
            rows = Person.objects.filter(Q(pk__in=chunk) | Q(merged_into__in=chunk), brand=actor.brand)
            taken += _Carrier.objects.filter(tag=mine, person__in=rows).delete()[0]
        record(actor, log_kinds.TAG_REMOVED, mine, people=taken)
        if not _Carrier.objects.filter(tag=mine).exists():
            mine.delete()
    return taken


def _named(actor: Actor, word: str) -> Tag:
    folded = fold(word)
    for tag in Tag.objects.filter(brand=actor.brand):
        if fold(tag.name) == folded:
            return tag
    return Tag.objects.create(brand=actor.brand, name=word)


def _put_on(actor: Actor, tag: Tag, chunk: list[int]) -> int:
    mine = Person.objects.filter(brand=actor.brand, merged_into=None, pk__in=chunk)
    fresh = mine.exclude(pk__in=_Carrier.objects.filter(tag=tag, person__in=chunk).values("person"))
    rows = [_Carrier(tag_id=tag.pk, person_id=pk) for pk in fresh.values_list("pk", flat=True)]
    _Carrier.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _chunks(people: Iterable[int]) -> Iterable[list[int]]:
    waiting = iter(people)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk
