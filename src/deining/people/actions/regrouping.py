"""What merging and its undo share: one lock, and what a live person shows of those merged into it."""

from deining.core.models import Brand
from deining.people.models import Identity, Person
from deining.people.search_text import search_text


def lock_regrouping(brand: Brand) -> None:
    """Let one colleague at a time regroup people of a brand; call inside a transaction.

    SQLite has one writer anyway. On PostgreSQL the brand's row is locked in the mode that does not stand in
    the way of rows that refer to it.
    """
    list(Brand.objects.select_for_update(no_key=True).filter(pk=brand.pk).values_list("pk"))


def refresh_live(person_id: int) -> None:
    """Bring a live person's search text, and what merged people lend it, in line with who hangs under it."""
    person = Person.objects.get(pk=person_id)
    merged = list(Person.objects.filter(merged_into=person_id).order_by("pk"))
    _lend_name(person, merged)
    _lend_owner(person, merged)
    person.search = search_text(_searchable([person, *merged], person_id))
    person.save(update_fields=["name", "name_lent", "owner", "owner_lent", "search"])


def _lend_name(person: Person, merged: list[Person]) -> None:
    if person.name and not person.name_lent:
        return
    lenders = (other.name for other in merged if other.name and not other.name_lent)
    person.name = next(lenders, "")
    person.name_lent = bool(person.name)


def _lend_owner(person: Person, merged: list[Person]) -> None:
    if person.owner_id is not None and not person.owner_lent:
        return
    lenders = (other.owner_id for other in merged if other.owner_id is not None and not other.owner_lent)
    person.owner_id = next(lenders, None)
    person.owner_lent = person.owner_id is not None


def _searchable(rows: list[Person], person_id: int) -> list[str]:
    accounts = Identity.objects.filter(person=person_id).order_by("pk")
    parts = [row.name for row in rows]
    for name, handle, email, external_id in accounts.values_list("name", "handle", "email", "external_id"):
        parts += [name, handle, email, external_id]
    return parts
