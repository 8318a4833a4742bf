"""By what a person is recognised, and where else a colleague may have written about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from deining.core.actors import Actor
from deining.core.models import Brand
from deining.core.roles import Capability
from deining.people.erased_hash import email_hash, identity_hash
from deining.people.forgetting import Traces
from deining.people.models import Identity, Note, Person, Segment
from deining.people.queries.whole import rows_of
from deining.people.search_text import fold


@dataclass(frozen=True, slots=True)
class WrittenElsewhere:
    """Free text that names the person but is about something else; a person must look at these."""

    notes: list[Note]
    segments: list[Segment]


def traces_of(person: Person) -> Traces:
    """Everything the person's rows are recognised by, merged rows included."""
    rows = rows_of(person)
    named = Person.objects.filter(pk__in=rows).exclude(name="").order_by("pk")
    return _traces(
        rows,
        Identity.objects.filter(person__in=rows).order_by("pk"),
        list(named.values_list("name", flat=True)),
    )


def traces_of_accounts(accounts: list[Identity]) -> Traces:
    """The same, of these accounts alone."""
    return _traces([], Identity.objects.filter(pk__in=[account.pk for account in accounts]), [])


def _traces(rows: list[int], accounts: QuerySet[Identity], names: list[str]) -> Traces:
    known = list(accounts.values_list("network", "external_id", "email", "handle", "name"))
    return Traces(
        person_ids=tuple(rows),
        accounts=tuple((network, external_id) for network, external_id, *_ in known),
        emails=_distinct(email for _, _, email, _, _ in known),
        handles=_distinct(handle for _, _, _, handle, _ in known),
        names=_distinct([*names, *(name for *_, name in known)]),
    )


def hashes_of(brand: Brand, traces: Traces) -> list[str]:
    """What is kept of the person: hashes of accounts and of addresses (an id may be an address too)."""
    ids = [external_id for _, external_id in traces.accounts if "@" in external_id]
    marks = [identity_hash(brand, *account) for account in traces.accounts]
    marks += [email_hash(brand, email) for email in (*traces.emails, *ids)]
    return list(dict.fromkeys(marks))


def written_elsewhere(actor: Actor, person: Person) -> WrittenElsewhere:
    """Notes on others, and saved segments, in which the person's name, handle or address stands.

    Erasure leaves these alone: nobody but a reader can tell whether "Marijke" is this Marijke.
    """
    actor.require(Capability.ERASE)
    traces = traces_of(person)
    words = {fold(text) for text in (*traces.names, *traces.emails, *traces.handles) if len(text) > 2}
    if not words:
        return WrittenElsewhere([], [])
    named = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(words))})(?!\w)")
    others = Note.objects.filter(person__brand=actor.brand).exclude(person__in=traces.person_ids)
    notes = [note for note in others.select_related("person") if named.search(fold(note.text))]
    saved = Segment.objects.filter(brand=actor.brand)
    segments = [one for one in saved if named.search(fold(f"{one.name} {one.filters}"))]
    return WrittenElsewhere(notes, segments)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
