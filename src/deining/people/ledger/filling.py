"""Names, handles and addresses that arrive after their account did."""

from collections.abc import Mapping
from itertools import islice
from typing import Final

from django.db import connection

from deining.people.ledger.tables import table_of
from deining.people.models import Identity, Person
from deining.people.search_text import search_text

AT_ONCE: Final = 500


def fill_identities(told: Mapping[int, Mapping[str, str]]) -> None:
    """Write what is told (identity id -> field -> words) where the identity has nothing yet.

    Their people become searchable by it, and a nameless one gets the name, unless a colleague typed one.
    """
    pks = iter(told)
    while some := list(islice(pks, AT_ONCE)):
        identities = list(Identity.objects.select_related("person").filter(pk__in=some).order_by("pk"))
        people: dict[int, Person] = {}
        for identity in identities:
            person = people.setdefault(identity.person_id, identity.person)
            words = told[identity.pk]
            for field, word in words.items():
                setattr(identity, field, getattr(identity, field) or word)
            person.search = search_text([person.search, *words.values()])
            if not person.name and not person.name_by_hand:
                person.name = identity.name
        _write(Identity, ("name", "handle", "email"), identities)
        _write(Person, ("name", "search"), list(people.values()))


def _write(
    model: type[Identity] | type[Person], fields: tuple[str, ...], rows: list[Identity] | list[Person]
) -> None:
    assignments = ", ".join(f"{field} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table_of(model)} SET {assignments} WHERE id = %s",  # noqa: S608
            [(*(getattr(row, field) for field in fields), row.pk) for row in rows],
        )
