"""Who may do what in this room, where the role alone does not settle it."""

from deining.core.actors import Actor
from deining.core.roles import Capability
from deining.people.models import Note


def may_edit_note(actor: Actor, note: Note) -> bool:
    """Words stay those of who wrote them: only the author changes a note."""
    return actor.may(Capability.EDIT_PEOPLE) and actor.user is not None and note.author_id == actor.user.pk


def may_remove_note(actor: Actor, note: Note) -> bool:
    """The author, or whoever manages the brand."""
    return may_edit_note(actor, note) or actor.may(Capability.MANAGE_BRAND)
