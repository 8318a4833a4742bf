"""What colleagues set on a person by hand: the name, and who looks after them."""

from django.db import transaction
from django.utils.translation import gettext as _

from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.log import record
from deining.core.models import Membership, User
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_person_for
from deining.people.actions.regrouping import lock_regrouping, refresh_live
from deining.people.actions.words import one_line, refuse_unless_fits
from deining.people.models import Person

LONGEST_NAME = 200


def rename_person(*, actor: Actor, person: Person, name: str) -> Person:
    """Call the person this; no import changes it any more. An empty name lets the accounts decide again.

    Raises `NotAllowed`, `NotFound`, `DeiningError` when the name is longer than 200 characters.
    """
    actor.require(Capability.EDIT_PEOPLE)
    word = one_line(name)
    if word:
        refuse_unless_fits(word, LONGEST_NAME, empty="")
    with transaction.atomic():
        lock_regrouping(actor.brand)
        mine = get_person_for(actor, person.pk)
        mine.name = word or _name_of_accounts(mine)
        mine.name_by_hand, mine.name_lent = bool(word), False
        mine.save(update_fields=["name", "name_by_hand", "name_lent"])
        refresh_live(mine.pk)
        record(actor, log_kinds.PERSON_CHANGED, mine, what="name")
    mine.refresh_from_db()
    return mine


def set_owner(*, actor: Actor, person: Person, owner: User | None) -> Person:
    """Say which colleague looks after the person; None for nobody.

    Raises `NotAllowed`, `NotFound`, `DeiningError` when the user does not work for the brand.
    """
    actor.require(Capability.EDIT_PEOPLE)
    if owner is not None and not Membership.objects.filter(brand=actor.brand, user=owner).exists():
        raise DeiningError(
            _("Only a colleague of %(brand)s can look after somebody. Invite them first.")
            % {"brand": actor.brand.name}
        )
    with transaction.atomic():
        lock_regrouping(actor.brand)
        mine = get_person_for(actor, person.pk)
        mine.owner, mine.owner_lent = owner, False
        mine.save(update_fields=["owner", "owner_lent"])
        record(actor, log_kinds.PERSON_CHANGED, mine, what="owner", owner=owner.pk if owner else None)
    return mine


def _name_of_accounts(person: Person) -> str:
    names = person.identities.exclude(name="").order_by("pk").values_list("name", flat=True)
    return names.first() or ""
