"""Two persons turn out to be one, or turn out not to be after all.

A merge moves pointers of identities and deletes nothing. Its undo cuts one branch off the tree of merges:
every identity that originally came from that branch goes along, with all that arrived on it meanwhile. It
works in any order, because where an identity belongs is told by its first move ever, not by the last.
"""

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import Conflict, NotFound
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.actions.regrouping import lock_regrouping, refresh_live
from deining.people.models import Identity, Merge, MergeMove, MergeProposal, Person, ProposalState
from deining.people.scoring.asking import rescore_people


def merge(*, actor: Actor, kept: Person, gone: Person) -> Merge:
    """Make `gone` part of `kept`. Notes, tags and the row of `gone` stay, so that an undo finds them.

    Raises `NotAllowed`, `NotFound` for a person of another brand, and `Conflict` when both are one already.
    """
    actor.require(Capability.MERGE)
    with transaction.atomic():
        lock_regrouping(actor.brand)
        keeping, going = _two_live(actor, kept, gone)
        made = Merge.objects.create(brand=actor.brand, kept=keeping, gone=going, merged_by=actor.user)
        moved = _move_all(made)
        Person.objects.filter(Q(pk=going.pk) | Q(merged_into=going)).update(merged_into=keeping)
        refresh_live(keeping.pk)
        record(actor, log_kinds.PERSON_MERGED, keeping, merge=made.pk, gone=going.pk, identities=moved)
        rescore_people(actor.brand, [keeping.pk], created_by=actor.user)
    return made


def undo_merge(*, actor: Actor, merge: Merge) -> Person:
    """Cut `merge.gone`, and whoever was merged into it before, loose again; returns that person.

    What arrived on its identities meanwhile goes along. Raises `NotAllowed`, `NotFound`, `Conflict`.
    """
    actor.require(Capability.MERGE)
    with transaction.atomic():
        lock_regrouping(actor.brand)
        _mark_undone(actor, merge)
        back = Person.objects.get(pk=merge.gone_id)
        root_id = back.merged_into_id
        if root_id is None:
            raise Conflict(_("%(person)s stands alone already; there is nothing to undo.") % {"person": back})
        branch = _branch_under(merge.gone_id)
        moved = _bring_back(branch, root_id, back)
        Person.objects.filter(pk__in=branch).update(merged_into=back)
        Person.objects.filter(pk=back.pk).update(merged_into=None)
        refresh_live(root_id)
        refresh_live(back.pk)
        _ask_again(actor, moved)
        record(actor, log_kinds.MERGE_UNDONE, back, merge=merge.pk, left=root_id, identities=len(moved))
        rescore_people(actor.brand, [root_id, back.pk], created_by=actor.user)
    back.refresh_from_db()
    return back


def _two_live(actor: Actor, kept: Person, gone: Person) -> tuple[Person, Person]:
    if kept.pk == gone.pk:
        raise Conflict(_("These two are one person already; there is nothing to merge."))
    rows = Person.objects.in_bulk([kept.pk, gone.pk])
    found = [row for row in (rows.get(kept.pk), rows.get(gone.pk)) if row and row.brand_id == actor.brand.pk]
    if len(found) < 2:
        raise NotFound(_("One of the two is not here any more, so they were not merged."))
    for row in found:
        if row.merged_into_id is not None:
            raise Conflict(
                _("%(person)s was merged with somebody else meanwhile. Open the page again and look.")
                % {"person": row}
            )
    return found[0], found[1]


def _move_all(made: Merge) -> int:
    going = Identity.objects.filter(person=made.gone_id)
    moves = [
        MergeMove(merge=made, identity_id=pk, came_from_id=made.gone_id)
        for pk in going.order_by("pk").values_list("pk", flat=True)
    ]
    MergeMove.objects.bulk_create(moves, batch_size=1000)
    return going.update(person=made.kept_id)


def _mark_undone(actor: Actor, merge: Merge) -> None:
    mine = Merge.objects.filter(pk=merge.pk, brand=actor.brand)
    if not mine.exists():
        raise NotFound(_("There is no such merge here. One of the two may have been erased."))
    if not mine.filter(undone_at__isnull=True).update(undone_at=clock.now()):
        raise Conflict(_("This merge was undone already."))


def _branch_under(person_id: int) -> set[int]:
    """The person and everybody who hangs under it, by the merges that stand."""
    branch, frontier = {person_id}, {person_id}
    while frontier:
        standing = Merge.objects.filter(undone_at__isnull=True, kept__in=frontier)
        frontier = set(standing.values_list("gone", flat=True)) - branch
        branch |= frontier
    return branch


def _bring_back(branch: set[int], root_id: int, back: Person) -> list[int]:
    """Point the identities that came from the branch at `back`; returns their ids."""
    origins: dict[int, int] = {}
    moves = MergeMove.objects.filter(identity__person=root_id).order_by("pk")
    for identity_id, came_from in moves.values_list("identity", "came_from"):
        origins.setdefault(identity_id, came_from)
    moving = [identity_id for identity_id, origin in origins.items() if origin in branch]
    Identity.objects.filter(pk__in=moving).update(person=back)
    return moving


def _ask_again(actor: Actor, identity_ids: list[int]) -> None:
    """A suggestion that was accepted, and whose two sides are apart again, is a question once more."""
    touched = Q(first__in=identity_ids) | Q(second__in=identity_ids)
    apart = MergeProposal.objects.filter(touched, brand=actor.brand, state=ProposalState.ACCEPTED).exclude(
        first__person=F("second__person")
    )
    again = list(apart.values_list("pk", flat=True))
    MergeProposal.objects.filter(pk__in=again).update(
        state=ProposalState.OPEN, decided_by=None, decided_at=None
    )
