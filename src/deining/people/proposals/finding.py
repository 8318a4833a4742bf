"""Looks through a brand's accounts for those that may be one person's, and keeps the suggestions true.

Running it twice changes nothing. What a colleague decided is never undone here: a pair of people about whom
somebody said "not the same" is not proposed again, under whichever of their accounts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db import transaction

from deining.core import clock
from deining.core.models import Brand
from deining.insight.matching import Account, Pair, find_pairs
from deining.people.models import Identity, MergeProposal, ProposalState

MOST_OPEN: Final = 2000
"""More than a team will ever look at: the surest are kept. The others come up once the list is shorter."""
_CHUNK: Final = 500
_FIELDS: Final = ("pk", "person", "network", "external_id", "name", "handle", "email", "person__name")

T = TypeVar("T")
People = tuple[int, int]
Accounts = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a look through the accounts came to, in numbers of suggestions."""

    accounts: int
    added: int
    changed: int
    withdrawn: int


def propose_merges(brand: Brand, *, progress: Callable[[int, int], None] | None = None) -> Proposed:
    """Bring the open suggestions in line with the accounts there are. For a job: it may take a minute."""
    _wake(brand)
    persons: dict[int, int] = {}
    pairs = find_pairs(_accounts(brand, persons), progress=progress)
    settled = _settled(brand)
    wanted = _best_per_people(pairs, persons, settled)
    added, changed = _write(brand, wanted)
    withdrawn = _withdraw(brand, wanted)
    return Proposed(len(persons), added, changed, withdrawn)


def _wake(brand: Brand) -> None:
    """What was put off until a moment that has passed is open again."""
    MergeProposal.objects.filter(brand=brand, state=ProposalState.LATER, later_until__lte=clock.now()).update(
        state=ProposalState.OPEN, later_until=None
    )


def _accounts(brand: Brand, persons: dict[int, int]) -> Iterator[Account]:
    """Every account of the brand; fills `persons` with whose each one is."""
    rows = Identity.objects.filter(brand=brand).order_by("pk").values_list(*_FIELDS)
    for pk, person, network, external_id, name, handle, email, person_name in rows.iterator(chunk_size=5000):
        persons[pk] = person
        address = email or (external_id if "@" in external_id else "")
        telling = sum(letter.isalpha() for letter in external_id) > 2 and "@" not in external_id
        yield Account(
            key=pk,
            name=name or person_name,
            handle=handle or (external_id if telling else ""),
            email=address,
            network=network,
            group=person,
        )


def _settled(brand: Brand) -> set[People]:
    """Pairs of people, as they are now, about whom a colleague has decided or said: later."""
    decided = MergeProposal.objects.filter(
        brand=brand, state__in=[ProposalState.REJECTED, ProposalState.LATER]
    )
    return {_ordered(*pair) for pair in decided.values_list("first__person", "second__person")}


def _best_per_people(
    pairs: Iterable[Pair], persons: dict[int, int], settled: set[People]
) -> dict[Accounts, Pair]:
    """One suggestion for two people: by the surest pair of their accounts. `pairs`: surest first."""
    best: dict[People, Pair] = {}
    for pair in pairs:
        people = _ordered(persons[pair.one], persons[pair.other])
        if people[0] != people[1] and people not in settled and people not in best:
            best[people] = pair
            if len(best) == MOST_OPEN:
                break
    return {(pair.one, pair.other): pair for pair in best.values()}


def _ordered(one: int, other: int) -> People:
    return (one, other) if one <= other else (other, one)


def _write(brand: Brand, wanted: dict[Accounts, Pair]) -> tuple[int, int]:
    added = changed = 0
    for chunk in _chunks(list(wanted.values())):
        with transaction.atomic():
            known = {
                (row.first_id, row.second_id): row
                for row in MergeProposal.objects.filter(brand=brand, first__in=[pair.one for pair in chunk])
            }
            fresh = [_row(brand, pair) for pair in chunk if (pair.one, pair.other) not in known]
            MergeProposal.objects.bulk_create(fresh, ignore_conflicts=True)
            added += len(fresh)
            changed += sum(_refresh(known.get((pair.one, pair.other)), pair) for pair in chunk)
    return added, changed


def _row(brand: Brand, pair: Pair) -> MergeProposal:
    return MergeProposal(brand=brand, first_id=pair.one, second_id=pair.other, **_told(pair))


def _told(pair: Pair) -> dict[str, Any]:
    return {"score": round(pair.score, 6), "reasons": [reason.to_dict() for reason in pair.reasons]}


def _refresh(known: MergeProposal | None, pair: Pair) -> int:
    told = _told(pair)
    if known is None or (known.score == told["score"] and known.reasons == told["reasons"]):
        return 0
    return MergeProposal.objects.filter(pk=known.pk, state=ProposalState.OPEN).update(**told)


def _withdraw(brand: Brand, wanted: dict[Accounts, Pair]) -> int:
    """Take back open suggestions nothing speaks for any more; those within one person wait for an undo."""
    still = MergeProposal.objects.filter(brand=brand, state=ProposalState.OPEN)
    rows = still.values_list("pk", "first", "second", "first__person", "second__person")
    stale = [pk for pk, first, second, one, other in rows if one != other and (first, second) not in wanted]
    gone = 0
    for chunk in _chunks(stale):
        gone += MergeProposal.objects.filter(pk__in=chunk, state=ProposalState.OPEN).delete()[0]
    return gone


def _chunks(items: list[T]) -> Iterator[list[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
