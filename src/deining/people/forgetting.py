"""How other rooms forget a person together with this one.

Whoever keeps something about people outside this room's tables (a rejected row in a report, an uploaded
file, an answer in a cache) registers a function. Erasure calls all of them *before* its own rows go: when
one fails, the person is still there, the colleague is told, and trying again does the rest. An event after
commit would leave the copy behind for ever if the machine stopped at the wrong moment.

    @forgets
    def forget_in_reports(brand: Brand, traces: Traces) -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass

from deining.core.models import Brand


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a person may be recognised in somebody's copy. All as they were stored, blanks left out."""

    person_ids: tuple[int, ...]
    accounts: tuple[tuple[str, str], ...]
    """(network, external id) of every identity."""
    emails: tuple[str, ...]
    handles: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def unmistakable(self) -> frozenset[str]:
        """Texts that point to this person alone, case-folded: ids, addresses and handles, not names."""
        ids = (external_id for _, external_id in self.accounts)
        return frozenset(text.strip().casefold() for text in (*ids, *self.emails, *self.handles))


Forget = Callable[[Brand, Traces], None]
_registered: list[Forget] = []


def forgets(forget: Forget) -> Forget:
    """Have erasure call this function. It must be safe to call twice, and raise when it did not succeed."""
    _registered.append(forget)
    return forget


def forget_elsewhere(brand: Brand, traces: Traces) -> None:
    """Have every room that registered forget this person."""
    for forget in _registered:
        forget(brand, traces)
