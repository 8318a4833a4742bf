"""A person whole: with what hangs on the rows that were merged into it."""

from django.db.models import QuerySet

from deining.people.models import Note, Person, Tag


def rows_of(person: Person) -> list[int]:
    """Ids of the live row, first, and of every row merged into it."""
    merged = Person.objects.filter(merged_into=person).order_by("pk").values_list("pk", flat=True)
    return [person.pk, *merged]


def notes_of(person: Person) -> QuerySet[Note]:
    """Notes on the person and on whoever was merged into it, newest first."""
    return Note.objects.filter(person__in=rows_of(person)).select_related("author").order_by("-pk")


def tags_of(person: Person) -> QuerySet[Tag]:
    """Tags on the person and on whoever was merged into it, each once, by name."""
    # ids first: "this row or one merged into it" in one condition reads every tag of every person
    carried = Tag.people.through.objects.filter(person__in=rows_of(person))
    return Tag.objects.filter(pk__in=carried.values("tag")).order_by("name")
