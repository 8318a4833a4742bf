"""The only doors to one object of this room. Each looks within the actor's brand only; what is elsewhere is
not found, in the same words as what does not exist."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.roles import Capability
from deining.people.models import Identity, Merge, MergeProposal, Note, Person, Segment, Tag

M = TypeVar("M", bound=Model)


def get_person_for(actor: Actor, person_id: int) -> Person:
    """The person with this id or, when merged away, the one that stands for it now. Raises `NotFound`."""
    found = get_person_row_for(actor, person_id)
    while found.merged_into is not None:
        found = found.merged_into
    return found


def get_person_row_for(actor: Actor, person_id: int) -> Person:
    """The row itself, also when it was merged away. Raises `NotFound`."""
    rows = Person.objects.select_related("owner", "merged_into").filter(brand=actor.brand, pk=person_id)
    return _the_one(actor, rows, _("There is no such person here. They may have been erased."))


def get_identity_for(actor: Actor, identity_id: int) -> Identity:
    """One account of somebody. Raises `NotFound`."""
    rows = Identity.objects.select_related("person").filter(brand=actor.brand, pk=identity_id)
    return _the_one(actor, rows, _("There is no such account here. Its person may have been erased."))


def get_note_for(actor: Actor, note_id: int) -> Note:
    """A note on a person of this brand. Raises `NotFound`."""
    rows = Note.objects.select_related("person").filter(person__brand=actor.brand, pk=note_id)
    return _the_one(actor, rows, _("There is no such note here. Somebody may have removed it."))


def get_tag_for(actor: Actor, tag_id: int) -> Tag:
    """A tag of this brand. Raises `NotFound`."""
    rows = Tag.objects.filter(brand=actor.brand, pk=tag_id)
    return _the_one(actor, rows, _("There is no such tag here. Tags that nobody carries are removed."))


def get_segment_for(actor: Actor, segment_id: int) -> Segment:
    """A saved segment of this brand. Raises `NotFound`."""
    rows = Segment.objects.filter(brand=actor.brand, pk=segment_id)
    return _the_one(actor, rows, _("There is no such segment here. Somebody may have removed it."))


def get_merge_for(actor: Actor, merge_id: int) -> Merge:
    """A merge of this brand, undone or not. Raises `NotFound`."""
    rows = Merge.objects.select_related("kept", "gone").filter(brand=actor.brand, pk=merge_id)
    return _the_one(actor, rows, _("There is no such merge here. One of the two may have been erased."))


def get_proposal_for(actor: Actor, proposal_id: int) -> MergeProposal:
    """A merge suggestion of this brand. Raises `NotFound`."""
    rows = MergeProposal.objects.select_related("first__person", "second__person").filter(
        brand=actor.brand, pk=proposal_id
    )
    return _the_one(actor, rows, _("There is no such suggestion here. It may be out of date."))


def _the_one(actor: Actor, rows: QuerySet[M], sentence: Promise) -> M:
    actor.require(Capability.SEE)
    found = rows.first()
    if found is None:
        raise NotFound(sentence)
    return found
