"""After an older backup was restored: whoever was erased since then goes again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from deining.core.actors import system_actor
from deining.core.models import Brand
from deining.people.actions.erasing import erase_accounts, erase_person
from deining.people.erased_hash import identity_hash
from deining.people.erasure import kept
from deining.people.models import Erased, Identity, Person


@dataclass(frozen=True, slots=True)
class Reapplied:
    """How many hashes the restored database did not know, and what went because of them."""

    hashes: int
    people: int
    accounts: int


def reapply_erasures() -> Reapplied:
    """Bring the restored database in line with every erasure ever made here. Safe to call at any time.

    Somebody all of whose accounts were erased goes whole; of others only the erased accounts go.
    """
    hashes = _learn()
    people = accounts = 0
    for brand in Brand.objects.all():
        marks = frozenset(Erased.objects.filter(brand=brand).values_list("keyed_hash", flat=True))
        if marks:
            whole, parts = _erase_again(brand, marks)
            people, accounts = people + whole, accounts + parts
    return Reapplied(hashes, people, accounts)


def _learn() -> int:
    """Add what only the list beside the database knows."""
    brands = set(Brand.objects.values_list("pk", flat=True))
    known = set(Erased.objects.values_list("brand", "keyed_hash"))
    fresh = {(line.brand, line.hash): line.at for line in kept.read() if line.brand in brands}
    rows = [
        Erased(brand_id=brand, keyed_hash=mark, erased_at=datetime.fromisoformat(moment))
        for (brand, mark), moment in fresh.items()
        if (brand, mark) not in known
    ]
    Erased.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _erase_again(brand: Brand, marks: frozenset[str]) -> tuple[int, int]:
    actor = system_actor(brand, "erasures applied again")
    rows = Identity.objects.filter(brand=brand).values_list("pk", "person", "network", "external_id")
    found: dict[int, list[int]] = defaultdict(list)
    for pk, person, network, external_id in rows.iterator(chunk_size=5000):
        if identity_hash(brand, network, external_id) in marks:
            found[person].append(pk)
    people = accounts = 0
    for person_id, back in found.items():
        if Identity.objects.filter(person=person_id).count() == len(back):
            erase_person(actor=actor, person=Person.objects.get(pk=person_id), why="")
            people += 1
        else:
            erase_accounts(actor=actor, accounts=list(Identity.objects.filter(pk__in=back)))
            accounts += len(back)
    return people, accounts
