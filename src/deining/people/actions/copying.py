"""Handing somebody their copy of everything held about them (spec P7)."""

from django.db import transaction
from django.utils import translation

from deining.core.actors import Actor
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_person_for
from deining.people.models import Person
from deining.people.queries.everything_about import Everything, everything_about

LANGUAGES = ("nl", "en")


def copy_of(*, actor: Actor, person: Person) -> dict[str, Everything]:
    """Everything about the person by language, and a log entry that it was taken out.

    Nobody knows which language the person reads, so both are made. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Capability.EXPORT)
    with transaction.atomic():
        mine = get_person_for(actor, person.pk)
        record(actor, log_kinds.PERSON_EXPORTED, mine)
        found = {}
        for language in LANGUAGES:
            with translation.override(language):
                found[language] = everything_about(mine, language)
    return found
