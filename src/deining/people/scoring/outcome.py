"""What a scoring run did."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """`whole`: everything was counted, or only what changed. `rows`: ledger rows read. `people`: scored now.
    `seekers` among them. `share`: the brand's, None when it cannot be told."""

    whole: bool
    rows: int
    people: int
    seekers: int
    share: float | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
