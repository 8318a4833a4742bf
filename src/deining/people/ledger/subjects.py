"""What rows are about, each name stored once."""

from collections.abc import Sequence

from django.db import connection

from deining.core.models import Brand
from deining.people.ledger.fitting import fit_id
from deining.people.ledger.tables import Tables, all_there, table_of
from deining.people.models import Subject

MOST_REMEMBERED = 100_000


class Subjects:
    """Finds or makes subjects, and remembers the last ones."""

    def __init__(self, brand: Brand, tables: Tables) -> None:
        self._brand = brand
        self._tables = tables
        self._ids: dict[str, int] = {}

    def ids_of(self, names: Sequence[str]) -> list[int]:
        """The id of each name; call it inside a transaction."""
        if len(self._ids) > MOST_REMEMBERED:
            self._ids.clear()
        fitting = [fit_id(name, 300) for name in names]
        self._forget_removed([self._ids[name] for name in fitting if name in self._ids])
        new = list(dict.fromkeys(name for name in fitting if name not in self._ids))
        if new:
            self._tables.insert(Subject, {"name": new}, {"brand_id": self._brand.pk})
            self._ids.update(self._stored(new))
        return [self._ids[name] for name in fitting]

    def _stored(self, names: list[str]) -> dict[str, int]:
        among, parameters = self._tables.among(names, "text")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT name, id FROM {table_of(Subject)} WHERE brand_id = %s AND name IN ({among})",  # noqa: S608
                [self._brand.pk, *parameters],
            )
            return dict(cursor.fetchall())

    def _forget_removed(self, ids: list[int]) -> None:
        if not all_there(self._tables, Subject, ids):
            self._ids.clear()
