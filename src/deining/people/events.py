"""What this room tells the others, after commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonErased:
    """Somebody is gone for good. Only ids: of the persons that are no more (the live one first).

    Whoever keeps *copies* of what a person did, outside the tables of this room, must not wait for this
    event but register with `people.forgetting`, which runs before the rows go.
    """

    brand_id: int
    person_ids: tuple[int, ...]
