"""Notes of colleagues about people."""

from django.db import transaction
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import NotAllowed
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds, rules
from deining.people.access import get_note_for, get_person_for
from deining.people.actions.words import refuse_unless_fits
from deining.people.models import Note, Person

LONGEST = 5000


def add_note(*, actor: Actor, person: Person, text: str) -> Note:
    """Write something about a person.

    Raises `NotAllowed`, `NotFound`, and `DeiningError` for an empty text or one of over 5,000 characters.
    """
    actor.require(Capability.EDIT_PEOPLE)
    words = _checked(text)
    with transaction.atomic():
        about = get_person_for(actor, person.pk)
        note = Note.objects.create(person=about, author=actor.user, text=words)
        record(actor, log_kinds.NOTE_ADDED, about, note=note.pk)
    return note


def edit_note(*, actor: Actor, note: Note, text: str) -> Note:
    """Change one's own words. Raises `NotAllowed` for somebody else's, `NotFound`, `DeiningError`."""
    words = _checked(text)
    with transaction.atomic():
        mine = get_note_for(actor, note.pk)
        if not rules.may_edit_note(actor, mine):
            raise NotAllowed(
                _("Only who wrote a note can change it. You can write one of your own beside it.")
            )
        mine.text, mine.edited_at = words, clock.now()
        mine.save(update_fields=["text", "edited_at"])
        record(actor, log_kinds.NOTE_CHANGED, mine.person, note=mine.pk)
    return mine


def remove_note(*, actor: Actor, note: Note) -> None:
    """Remove one's own note or, for who manages the brand, any. Raises `NotAllowed`, `NotFound`."""
    with transaction.atomic():
        mine = get_note_for(actor, note.pk)
        if not rules.may_remove_note(actor, mine):
            raise NotAllowed(_("A note is removed by who wrote it, or by a manager of the brand."))
        record(actor, log_kinds.NOTE_REMOVED, mine.person, note=mine.pk)
        mine.delete()


def _checked(text: str) -> str:
    words = text.replace("\x00", "").strip()
    refuse_unless_fits(words, LONGEST, empty=_("The note is empty. Write something, or leave it."))
    return words
