"""Which suggestions wait, and what a colleague needs to see of both sides to decide."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from deining.core import clock
from deining.core.actors import Actor
from deining.core.roles import Capability
from deining.insight.matching import Reason, sentence
from deining.people.models import Identity, Merge, MergeProposal, Person, ProposalState

PAGE = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two people on a card."""

    person: Person
    accounts: list[Identity]
    proposed: Identity

    @property
    def name(self) -> str:
        """What to call somebody without a name: the handle, the address, the id."""
        account = self.proposed
        return self.person.name or account.name or account.handle or account.email or account.external_id

    @property
    def first_seen(self) -> datetime | None:
        return self.person.first_seen

    @property
    def last_seen(self) -> datetime | None:
        return self.person.last_seen


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion with both sides. `left` is the one that would be kept."""

    proposal: MergeProposal
    left: Side
    right: Side

    def why(self, lang: str) -> str:
        """The reasons in one line; data from outside is in it, so escape it."""
        return sentence([Reason.from_dict(reason) for reason in self.proposal.reasons], lang)


def waiting(actor: Actor) -> QuerySet[MergeProposal]:
    """Open suggestions about two who are still two, the surest first."""
    actor.require(Capability.SEE)
    open_now = Q(state=ProposalState.OPEN) | Q(state=ProposalState.LATER, later_until__lte=clock.now())
    mine = MergeProposal.objects.filter(open_now, brand=actor.brand)
    return mine.exclude(first__person=F("second__person")).order_by("-score", "pk")


def cards(actor: Actor, page: int = 0) -> list[Card]:
    """A page of suggestions, `PAGE` at most; `page` counts from nought."""
    return [card_of(row) for row in _with_people(waiting(actor))[page * PAGE : (page + 1) * PAGE]]


def card(actor: Actor, proposal: MergeProposal) -> Card:
    """One suggestion as a card, whatever its state."""
    actor.require(Capability.SEE)
    return card_of(_with_people(MergeProposal.objects.filter(brand=actor.brand)).get(pk=proposal.pk))


def card_of(proposal: MergeProposal) -> Card:
    """Both sides, the one to keep first. The proposal must have come with its people and their accounts."""
    sides = [_side(proposal.first), _side(proposal.second)]
    sides.sort(key=lambda side: keeping_order(side.person))
    return Card(proposal, *sides)


def keeping_order(person: Person) -> tuple[bool, bool, bool, int, int]:
    """Sorts first who should be kept: named by hand, named at all, looked after, seen most, known longest."""
    return (not person.name_by_hand, not person.name, person.owner_id is None, -person.events, person.pk)


def merges_done(actor: Actor, before: int | None = None) -> list[Merge]:
    """Merges of the brand, newest first, undone ones too; `before`: an id from an earlier page."""
    actor.require(Capability.SEE)
    mine = Merge.objects.filter(brand=actor.brand).select_related("kept", "gone", "merged_by")
    return list((mine.filter(pk__lt=before) if before else mine).order_by("-pk")[:PAGE])


def _with_people(rows: QuerySet[MergeProposal]) -> QuerySet[MergeProposal]:
    whole = rows.select_related("first__person", "second__person")
    return whole.prefetch_related("first__person__identities", "second__person__identities")


def _side(proposed: Identity) -> Side:
    accounts = sorted(proposed.person.identities.all(), key=lambda account: (account.network, account.pk))
    return Side(proposed.person, accounts, proposed)
