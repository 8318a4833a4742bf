"""What a colleague says to a suggestion: the same, not the same, later; and taking that back."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import Conflict
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.access import get_proposal_for
from deining.people.actions.merging import merge
from deining.people.models import Merge, MergeProposal, Person, ProposalState
from deining.people.proposals.queries import keeping_order

LATER: Final = timedelta(days=30)
_UNDECIDED = (ProposalState.OPEN, ProposalState.LATER)


def accept_proposal(*, actor: Actor, proposal: MergeProposal) -> Merge:
    """They are one: merge them. Raises `NotAllowed`, `NotFound`, `Conflict` when it was decided meanwhile."""
    actor.require(Capability.MERGE)
    with transaction.atomic():
        mine = get_proposal_for(actor, proposal.pk)
        _decide(actor, mine, ProposalState.ACCEPTED)
        kept, gone = _people(mine)
        return merge(actor=actor, kept=kept, gone=gone)


def reject_proposal(*, actor: Actor, proposal: MergeProposal) -> None:
    """They are two. Never proposed again, nor are other accounts of the same two people.

    Raises `NotAllowed`, `NotFound`, `Conflict` when it was decided meanwhile.
    """
    actor.require(Capability.MERGE)
    with transaction.atomic():
        mine = get_proposal_for(actor, proposal.pk)
        _decide(actor, mine, ProposalState.REJECTED)
        one, other = mine.first.person_id, mine.second.person_id
        same_two = Q(first__person=one, second__person=other) | Q(first__person=other, second__person=one)
        also = MergeProposal.objects.filter(same_two, brand=actor.brand, state__in=_UNDECIDED)
        also.update(state=ProposalState.REJECTED, decided_by=actor.user, decided_at=clock.now())
        record(actor, log_kinds.PROPOSAL_REJECTED, mine)


def postpone_proposal(*, actor: Actor, proposal: MergeProposal) -> None:
    """Ask again in thirty days. Raises `NotAllowed`, `NotFound`, `Conflict` when it was decided meanwhile."""
    actor.require(Capability.MERGE)
    with transaction.atomic():
        mine = get_proposal_for(actor, proposal.pk)
        _decide(actor, mine, ProposalState.LATER, later_until=clock.now() + LATER)
        record(actor, log_kinds.PROPOSAL_POSTPONED, mine)


def reopen_proposal(*, actor: Actor, proposal: MergeProposal) -> None:
    """Take back "not the same" or "later". An accepted one is opened by undoing its merge.

    Raises `NotAllowed`, `NotFound`, `Conflict` when there is nothing to take back.
    """
    actor.require(Capability.MERGE)
    with transaction.atomic():
        mine = get_proposal_for(actor, proposal.pk)
        said = MergeProposal.objects.filter(
            pk=mine.pk, state__in=[ProposalState.REJECTED, ProposalState.LATER]
        )
        if not said.update(state=ProposalState.OPEN, later_until=None, decided_by=None, decided_at=None):
            raise Conflict(_("This suggestion is open already, or its people were merged."))
        record(actor, log_kinds.PROPOSAL_REOPENED, mine)


def _decide(actor: Actor, proposal: MergeProposal, state: ProposalState, **fields: object) -> None:
    """Of two colleagues who decide at once, one does."""
    undecided = MergeProposal.objects.filter(pk=proposal.pk, state__in=_UNDECIDED)
    if not undecided.update(state=state, decided_by=actor.user, decided_at=clock.now(), **fields):
        raise Conflict(
            _("A colleague decided about this before you. Open the page again to see what is left.")
        )


def _people(proposal: MergeProposal) -> tuple[Person, Person]:
    """The one to keep, and the other. Raises `Conflict` when they are one by now."""
    one, other = sorted((proposal.first.person, proposal.second.person), key=keeping_order)
    if one.pk == other.pk:
        raise Conflict(_("These two are one person already; there is nothing to merge."))
    return one, other
