"""Everything a report tells, gathered once: what was found, in which files, what was left out."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from deining.channels.files import Mapping, Rejected
from deining.insight.relationship import Found, sentence

KEPT_EXAMPLES = 3


@dataclass(slots=True)
class Reading:
    """What came out of the files: counts, a few examples of rejected rows, names that people go by."""

    files: list[str]
    format: str
    mapping: Mapping
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    examples: list[Rejected] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    rejected_file: str = ""

    def reject(self, rows: list[Rejected]) -> None:
        """Count rejected rows, keeping a few of each reason."""
        for row in rows:
            self.rejected[row.reason] += 1
            if self.rejected[row.reason] <= KEPT_EXAMPLES:
                self.examples.append(row)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a report shows them. `why` is the sentence without its percentage."""

    id: str
    name: str
    probability: float
    low: float
    high: float
    rank: int
    sentence: str
    why: str
    events: int
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, and from what."""

    found: Found
    reading: Reading
    limit: int

    @property
    def present(self) -> int:
        """The people the share is of: those lately active."""
        people = self.found.people
        if "present" not in people.column_names:
            return int(people.num_rows)
        return int(pc.sum(people["present"]).as_py() or 0)

    @property
    def meaning(self) -> dict[str, int]:
        """`weeks`, `horizon` and `lookback`: what coming back means and of whom the share is."""
        for note in self.found.notes:
            if "lookback" in note.params:
                return {key: int(value) for key, value in note.params.items()}
        return {}

    def people(self, lang: str, most: int | None = None) -> list[Person]:
        """The people, best first."""
        rows = self.found.people.slice(0, most) if most is not None else self.found.people
        return [self._person(row, lang) for row in rows.to_pylist()]

    def _person(self, row: dict[str, Any], lang: str) -> Person:
        told = sentence(row, lang)
        head, colon, tail = told.partition(": ")
        why = tail if colon and head.endswith("%") else told
        key = str(row["person"])
        return Person(
            id=key,
            name=self.reading.names.get(key, key),
            probability=row["probability"],
            low=row["low"],
            high=row["high"],
            rank=row["rank"],
            sentence=told,
            why=why[:1].upper() + why[1:],
            events=row["events"],
            first_seen=row["first_seen"].isoformat(),
            last_seen=row["last_seen"].isoformat(),
        )

    def spread(self, steps: int = 10) -> list[int]:
        """How many of the people lately active have a probability in each of `steps` equal steps."""
        people = self.found.people
        if "present" in people.column_names:
            people = people.filter(people["present"])
        counts = [0] * steps
        for value in people["probability"].to_pylist():
            counts[min(steps - 1, int(value * steps))] += 1
        return counts

    def past(self) -> list[dict[str, Any]]:
        """The past windows, oldest first."""
        rows: list[dict[str, Any]] = self.found.backtest.sort_by("cutoff").to_pylist()
        return rows

    def mean(self, column: str) -> float | None:
        """The mean of a figure over past windows, weighted by people; None without any."""
        rows = [row for row in self.past() if row.get(column) is not None and row[column] == row[column]]
        people = sum(row["people"] for row in rows)
        return sum(row[column] * row["people"] for row in rows) / people if people else None


def best_names(table: pa.Table, people: list[str]) -> dict[str, str]:
    """The last known name (or user name) of some people, from columns person, name and handle."""
    rows = table.filter(pc.is_in(table["person"], value_set=pa.array(people, pa.string())))
    names: dict[str, str] = {}
    for row in rows.to_pylist():
        shown = row["name"] or row["handle"]
        if shown:
            names[row["person"]] = shown
    return names
