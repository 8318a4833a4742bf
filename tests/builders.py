"""Things to tell a story with. Each builder fills in only what the story does not care about."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from deining.core import clock
from deining.core.actors import Actor, get_actor_for
from deining.core.kinds import DIRECTION_CODES, KIND_CODES, Direction, Kind
from deining.core.models import Brand, Membership, User
from deining.core.roles import Role
from deining.people.models import Batch, Identity, LedgerEntry, Person

_numbers = count(1)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def make_brand(name: str = "Zuiderlicht", **fields: Any) -> Brand:
    return Brand.objects.create(name=name, slug=fields.pop("slug", f"brand-{next(_numbers)}"), **fields)


def make_user(name: str = "Noor", **fields: Any) -> User:
    email = fields.pop("email", f"{name.lower()}-{next(_numbers)}@example.org")
    return User.objects.create_user(
        email,
        fields.pop("password", "correct horse"),
        name=name,
        language=fields.pop("language", "en"),
        **fields,
    )


def make_colleague(brand: Brand, role: Role = Role.OWNER, name: str = "Noor", **fields: Any) -> Actor:
    """Somebody who works for the brand, ready to act."""
    user = make_user(name, **fields)
    Membership.objects.create(brand=brand, user=user, role=role)
    return get_actor_for(user, brand.slug)


def make_outsider(**fields: Any) -> Actor:
    """The owner of quite another brand: may do everything there, and nothing here."""
    return make_colleague(make_brand("Elders"), Role.OWNER, name="Otto", **fields)


def make_person(brand: Brand, name: str = "Marijke", **fields: Any) -> Person:
    return Person.objects.create(brand=brand, name=name, search=name.casefold(), **fields)


def make_identity(person: Person, external_id: str = "", network: str = "csv", **fields: Any) -> Identity:
    return Identity.objects.create(
        brand=person.brand,
        person=person,
        network=network,
        external_id=external_id or f"id-{next(_numbers)}",
        **fields,
    )


def make_batch(brand: Brand, label: str = "by hand") -> Batch:
    return Batch.objects.create(brand=brand, label=label)


def make_entry(
    identity: Identity, happened_at: datetime = NOON, kind: Kind = Kind.POST, **fields: Any
) -> LedgerEntry:
    """Something this identity did (or, with `direction=Direction.WE`, something we did to it)."""
    return LedgerEntry.objects.create(
        brand=identity.brand,
        identity=identity,
        happened_at=happened_at,
        day=clock.day_number(happened_at, identity.brand.time_zone),
        direction=DIRECTION_CODES[fields.pop("direction", Direction.THEY)],
        kind=KIND_CODES[kind],
        batch=fields.pop("batch", None) or make_batch(identity.brand),
        fingerprint=fields.pop("fingerprint", next(_numbers)),
        **fields,
    )


def make_fan(brand: Brand, name: str = "Fien", weeks: int = 12) -> Person:
    """Somebody who came by every week until NOON."""
    person = make_person(brand, name)
    identity = make_identity(person, name.lower())
    for week in range(weeks):
        make_entry(identity, NOON - timedelta(weeks=week))
    return person
