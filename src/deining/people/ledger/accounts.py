"""From the accounts that rows speak of to identities: found, made with a person of their own, or refused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import connection

from deining.core.models import Brand
from deining.people.ledger.claims import FIELDS, Claims
from deining.people.ledger.doorkeeper import Doorkeeper
from deining.people.ledger.filling import fill_identities
from deining.people.ledger.tables import Tables, all_there, stored_values, table_of
from deining.people.models import Batch, Identity, Person
from deining.people.search_text import search_text

MOST_REMEMBERED: Final = 100_000
REFUSED: Final = 0
_LACKS_SQL: Final = " + ".join(
    f"CASE WHEN {field} = '' THEN {1 << place} ELSE 0 END" for place, field in enumerate(FIELDS)
)
Said = Mapping[str, dict[int, str]]


class Accounts:
    """Finds or makes identities, and remembers the last ones."""

    def __init__(self, brand: Brand, batch: Batch, tables: Tables) -> None:
        self._brand = brand
        self._batch = batch
        self._tables = tables
        self._door = Doorkeeper(brand)
        self._ids: dict[str, int] = {}
        self._lacks: dict[int, int] = {}
        self.people_added = 0

    def ids_of(self, claims: Claims) -> list[int]:
        """The identity of each claimed account, 0 for one that was erased; call it inside a transaction."""
        self._forget_removed(claims)
        self._door.look_again()
        self.people_added = 0
        self._find(claims, self._missing(claims))
        missing = self._missing(claims)
        self._fill(claims)
        self._make(claims, missing, claims.said(missing))
        return [self._ids.get(key, REFUSED) for key in claims.keys]

    def _missing(self, claims: Claims) -> list[int]:
        return [place for place, key in enumerate(claims.keys) if key not in self._ids]

    def _forget_removed(self, claims: Claims) -> None:
        """Somebody may have been erased, or an import undone, since the last step."""
        known = [self._ids[key] for key in claims.keys if key in self._ids]
        if len(self._ids) > MOST_REMEMBERED or not all_there(self._tables, Identity, known):
            self._ids.clear()
            self._lacks.clear()

    def _find(self, claims: Claims, places: list[int]) -> None:
        by_network: dict[str, dict[str, str]] = defaultdict(dict)
        for place in places:
            network, external_id = claims.account(place)
            by_network[network][external_id] = claims.keys[place]
        for network, key_of in by_network.items():
            among, parameters = self._tables.among(list(key_of), "text")
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT external_id, id, {_LACKS_SQL} FROM {table_of(Identity)} "  # noqa: S608
                    f"WHERE brand_id = %s AND network = %s AND external_id IN ({among})",
                    [self._brand.pk, network, *parameters],
                )
                for external_id, pk, lacks in cursor.fetchall():
                    self._remember(key_of[external_id], pk, lacks)

    def _remember(self, key: str, pk: int, lacks: int) -> None:
        self._ids[key] = pk
        if lacks:
            self._lacks[pk] = lacks

    def _fill(self, claims: Claims) -> None:
        """Put in what accounts lacked so far; what they have stays."""
        told_here = sum(1 << bit for bit, field in enumerate(FIELDS) if claims.tells(field))
        if not told_here or not self._lacks:
            return
        ids = {place: self._ids[key] for place, key in enumerate(claims.keys) if key in self._ids}
        lacking = [place for place, pk in ids.items() if self._lacks.get(pk, 0) & told_here]
        told: dict[int, dict[str, str]] = defaultdict(dict)
        for bit, (field, words) in enumerate(claims.said(lacking).items()):
            for place, word in words.items():
                if self._lacks[ids[place]] >> bit & 1:
                    told[ids[place]][field] = word
                    self._lacks[ids[place]] ^= 1 << bit
        fill_identities(told)

    def _make(self, claims: Claims, places: list[int], said: Said) -> None:
        """Identities, each with a person of its own, but for who was erased."""
        accounts = {place: claims.account(place) for place in places}
        welcome = [
            place for place in places if not self._refuses(*accounts[place], said["email"].get(place, ""))
        ]
        if not welcome:
            return
        told = {field: [words.get(place, "") for place in welcome] for field, words in said.items()}
        external_ids = [accounts[place][1] for place in welcome]
        people = self._make_people(told, external_ids)
        identities = self._tables.reserve(Identity, len(welcome))
        written: dict[str, Any] = {
            "id": identities,
            "person_id": people,
            "network": [accounts[place][0] for place in welcome],
            "external_id": external_ids,
            **told,
        }
        row = Identity(brand=self._brand, batch=self._batch)
        self._tables.insert(Identity, written, stored_values(row, without=written))
        for place, pk in zip(welcome, identities, strict=True):
            lacks = sum(1 << bit for bit, words in enumerate(said.values()) if place not in words)
            self._remember(claims.keys[place], pk, lacks)
        self.people_added = len(welcome)

    def _make_people(self, told: Mapping[str, Sequence[str]], external_ids: Sequence[str]) -> list[int]:
        people = self._tables.reserve(Person, len(external_ids))
        searched = [search_text(parts) for parts in zip(*told.values(), external_ids, strict=True)]
        written = {"id": people, "name": told["name"], "search": searched}
        row = Person(brand=self._brand, batch=self._batch)
        self._tables.insert(Person, written, stored_values(row, without=written))
        return people

    def _refuses(self, network: str, external_id: str, email: str) -> bool:
        return self._door.refuses(network, external_id, [email, external_id if "@" in external_id else ""])
