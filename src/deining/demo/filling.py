"""Filling the demo brand: the simulated world through the same ledger path as any import, then the score."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import pyarrow as pa
from django.db import transaction

from deining.channels.files.happenings import SCHEMA
from deining.core.actors import Actor, system_actor
from deining.core.jobs import progress
from deining.core.models import Brand
from deining.demo import cast, truth
from deining.demo.simulator import PEOPLE, Deed, World, simulate
from deining.people.actions.notes import add_note
from deining.people.actions.regrouping import refresh_live
from deining.people.actions.tags import put_tag
from deining.people.duties import ask_for_proposals
from deining.people.ledger import append
from deining.people.models import Batch, Identity, Person, SegmentName
from deining.people.scoring.scoring import score

STEPS: Final = 60
"""Scoring, which takes longest, tells its own steps: from a sixth on, so the bar never goes back."""
BATCH: Final = "Museum Klompvaart"
ROWS_AT_ONCE: Final = 10_000


def fill(brand: Brand, now: datetime, people: int = PEOPLE) -> dict[str, int]:
    """Fill the brand with the world as it stood at `now`. What is there already is not added twice."""
    actor = system_actor(brand, "demo")
    progress(1, STEPS)
    world = simulate(now, people=people)
    truth.keep(brand, world)
    progress(2, STEPS)
    batch, _ = Batch.objects.get_or_create(brand=brand, label=BATCH)
    added = append(actor=actor, batch=batch, happenings=happenings(world))
    progress(5, STEPS)
    join_known_accounts(brand, world)
    progress(8, STEPS)
    outcome = score(brand)
    progress(55, STEPS)
    if added.added:
        _work_a_little(actor)
    ask_for_proposals(brand)
    return {"rows": added.added, "people": outcome.people, "seekers": outcome.seekers}


def happenings(world: World) -> Iterator[pa.RecordBatch]:
    """The deeds as the file readers would give them."""
    for start in range(0, len(world.deeds), ROWS_AT_ONCE):
        deeds = world.deeds[start : start + ROWS_AT_ONCE]
        rows = [_row(start + number, deed) for number, deed in enumerate(deeds, start=1)]
        yield pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def _row(number: int, deed: Deed) -> dict[str, object]:
    account = deed.account
    return {
        "row": number, "person": account.external_id, "network": account.network,
        "name": account.name or None,
        "handle": account.handle or None, "email": account.email or None, "happened_at": deed.at,
        "kind": deed.kind.value, "kind_raw": deed.kind.value, "direction": deed.direction.value,
        "asked": deed.asked, "about": deed.about, "external_id": deed.key, "in_answer_to": deed.answers,
        "stated": deed.stated,
    }  # fmt: skip


def join_known_accounts(brand: Brand, world: World) -> None:
    """Accounts that the museum knew to be one person's hang on one person; others wait to be suggested."""
    found = {
        (network, external_id): (pk, person_id)
        for pk, network, external_id, person_id in Identity.objects.filter(brand=brand).values_list(
            "pk", "network", "external_id", "person_id"
        )
    }
    for somebody in world.people:
        known = [
            found[key]
            for account in somebody.accounts
            if account.known and (key := (account.network, account.external_id)) in found
        ]
        persons = {person for _, person in known}
        if len(persons) < 2:
            continue
        kept = known[0][1]
        with transaction.atomic():
            Identity.objects.filter(pk__in=[identity for identity, _ in known]).update(person=kept)
            Person.objects.filter(pk__in=persons - {kept}).delete()
            Person.objects.filter(pk=kept).update(name=somebody.name)
            refresh_live(kept)


def _work_a_little(actor: Actor) -> None:
    """A few notes and tags, as if colleagues had been at work for a while."""
    people = Person.objects.filter(brand=actor.brand, merged_into=None)
    seekers = list(people.filter(segment=SegmentName.SEEKER).order_by("-probability", "pk")[:60])
    for text, person in zip(cast.NOTES, seekers[::7], strict=False):
        add_note(actor=actor, person=person, text=text)
    for number, tag in enumerate(cast.TAGS):
        put_tag(actor=actor, name=tag, people=[person.pk for person in seekers[number :: 5 + 3 * number]])
