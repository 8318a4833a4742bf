"""What came of appending."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Added:
    """Counts of rows: `added`, `known` (there already) and `erased` (skipped, because the person asked to be
    forgotten). `people` counts the new persons.
    """

    added: int = 0
    known: int = 0
    erased: int = 0
    people: int = 0

    @property
    def rows(self) -> int:
        return self.added + self.known + self.erased

    def __add__(self, other: "Added") -> "Added":
        return Added(
            self.added + other.added,
            self.known + other.known,
            self.erased + other.erased,
            self.people + other.people,
        )
