"""Suggestions come up once, are decided once, and "not the same" is remembered."""

from datetime import timedelta

import pytest
import time_machine

from deining.core.actors import Actor
from deining.core.errors import Conflict, NotAllowed, NotFound
from deining.core.models import Brand, Job, LogEntry
from deining.people.access import get_proposal_for
from deining.people.actions.merging import merge, undo_merge
from deining.people.models import Identity, MergeProposal, Person
from deining.people.proposals import duties
from deining.people.proposals.actions import (
    accept_proposal,
    postpone_proposal,
    reject_proposal,
    reopen_proposal,
)
from deining.people.proposals.finding import Proposed, propose_merges
from deining.people.proposals.queries import card, cards, waiting
from tests import builders

pytestmark = pytest.mark.django_db


def somebody(brand: Brand, name: str, email: str = "", network: str = "csv", **fields: object) -> Person:
    person = builders.make_person(brand, name, **fields)
    builders.make_identity(person, network=network, name=name, email=email)
    return person


@pytest.fixture
def two(brand: Brand) -> tuple[Person, Person]:
    return (
        somebody(brand, "Marijke Verhulst", "marijke@example.org", "shop", events=9),
        somebody(brand, "Marijke Verhulsst", "Marijke@example.org", "forum"),
    )


@pytest.fixture
def proposal(brand: Brand, two: tuple[Person, Person]) -> MergeProposal:
    somebody(brand, "Bram Claes", "bram@example.org")
    propose_merges(brand)
    return MergeProposal.objects.get()


def test_looking_twice_finds_nothing_new(brand: Brand, proposal: MergeProposal, owner: Actor) -> None:
    assert propose_merges(brand) == Proposed(accounts=3, added=0, changed=0, withdrawn=0)
    found = cards(owner)[0]
    assert (found.left.name, found.right.name) == ("Marijke Verhulst", "Marijke Verhulsst")
    assert found.why("en") == "same e-mail address; name differs by one letter"
    assert found.why("nl") == "zelfde e-mailadres; naam verschilt één letter"


def test_two_people_are_proposed_once_whatever_accounts_they_have(brand: Brand, owner: Actor) -> None:
    one, other = (
        somebody(brand, "Fien Claes", "fien@example.org"),
        somebody(brand, "Fien Claes", "fien@example.org"),
    )
    builders.make_identity(one, network="mail", email="fien@example.org", name="Fien Claes")
    propose_merges(brand)
    assert MergeProposal.objects.count() == 1
    builders.make_identity(other, network="mail", email="fien@example.org", name="Fien Claes")
    propose_merges(brand)
    assert waiting(owner).count() == 1


def test_accepting_merges_and_undoing_asks_again(
    owner: Actor, proposal: MergeProposal, two: tuple[Person, Person]
) -> None:
    made = accept_proposal(actor=owner, proposal=proposal)
    assert (made.kept, made.gone) == two
    assert not waiting(owner).exists()
    undo_merge(actor=owner, merge=made)
    assert waiting(owner).get() == proposal


def test_not_the_same_is_remembered_through_merges_and_new_accounts(
    brand: Brand, owner: Actor, proposal: MergeProposal, two: tuple[Person, Person]
) -> None:
    reject_proposal(actor=owner, proposal=proposal)
    builders.make_identity(two[0], network="mail", email="marijke@example.org", name="Marijke Verhulst")
    assert propose_merges(brand).added == 0
    third = somebody(brand, "Marijke V.", "else@example.org")
    merge(actor=owner, kept=third, gone=Person.objects.get(pk=two[0].pk))
    assert propose_merges(brand).added == 0
    assert not waiting(owner).exists()
    assert LogEntry.objects.get(kind="proposal.rejected").subject_id == proposal.pk


def test_not_the_same_goes_for_all_accounts_of_the_two(
    brand: Brand, owner: Actor, proposal: MergeProposal
) -> None:
    extra = builders.make_identity(proposal.first.person, network="x")
    other = MergeProposal.objects.create(brand=brand, first=proposal.second, second=extra, score=0.7)
    reject_proposal(actor=owner, proposal=proposal)
    other.refresh_from_db()
    assert other.state == "rejected"


def test_later_comes_back_after_a_month(brand: Brand, owner: Actor, proposal: MergeProposal) -> None:
    postpone_proposal(actor=owner, proposal=proposal)
    propose_merges(brand)
    assert not waiting(owner).exists()
    proposal.refresh_from_db()
    assert proposal.later_until is not None
    with time_machine.travel(proposal.later_until + timedelta(days=1)):
        assert waiting(owner).get() == proposal
        propose_merges(brand)
        proposal.refresh_from_db()
        assert proposal.state == "open"


def test_what_was_said_can_be_taken_back(owner: Actor, proposal: MergeProposal) -> None:
    reject_proposal(actor=owner, proposal=proposal)
    reopen_proposal(actor=owner, proposal=proposal)
    assert waiting(owner).get() == proposal
    with pytest.raises(Conflict, match="open already"):
        reopen_proposal(actor=owner, proposal=proposal)


def test_of_two_colleagues_one_decides(owner: Actor, brand: Brand, proposal: MergeProposal) -> None:
    other = builders.make_colleague(brand, name="Eefje")
    accept_proposal(actor=owner, proposal=proposal)
    for decide in (accept_proposal, reject_proposal, postpone_proposal):
        with pytest.raises(Conflict, match="before you"):
            decide(actor=other, proposal=proposal)


def test_a_suggestion_nothing_speaks_for_any_more_is_withdrawn(brand: Brand, proposal: MergeProposal) -> None:
    Identity.objects.filter(pk=proposal.second_id).update(email="else@example.org", name="Koen Dekker")
    assert propose_merges(brand).withdrawn == 1
    assert not MergeProposal.objects.exists()


def test_who_has_a_name_by_hand_is_kept(
    owner: Actor, proposal: MergeProposal, two: tuple[Person, Person]
) -> None:
    Person.objects.filter(pk=two[1].pk).update(name_by_hand=True)
    assert accept_proposal(actor=owner, proposal=proposal).kept == two[1]


def test_a_list_of_cards_asks_a_fixed_number_of_questions(
    brand: Brand, owner: Actor, django_assert_num_queries: object
) -> None:
    names = [f"{first} {last}" for first in ("Ruth", "Gijs", "Odil") for last in ("Vos", "Zwart", "Kempe")]
    for name in names:
        for network in ("shop", "forum"):
            somebody(brand, name, f"{name.replace(' ', '.')}@example.org", network)
    propose_merges(brand)
    with django_assert_num_queries(3):  # type: ignore[operator]
        shown = cards(owner)
        assert all(side.accounts for each in shown for side in (each.left, each.right))
    assert len(shown) == 9


def test_a_look_is_queued_once_and_only_when_accounts_came(brand: Brand, proposal: MergeProposal) -> None:
    assert duties.needs_proposals(brand)
    duties.ask_where_accounts_came()
    duties.ask_where_accounts_came()
    job = Job.objects.get(key=f"propose:{brand.pk}")
    assert duties.propose.func(brand_id=brand.pk) == {"accounts": 3, "added": 0, "withdrawn": 0}
    Job.objects.filter(pk=job.pk).update(state="done")
    assert not duties.needs_proposals(brand)


def test_a_viewer_looks_and_an_outsider_finds_nothing(
    viewer: Actor, outsider: Actor, proposal: MergeProposal
) -> None:
    assert card(viewer, proposal).proposal == proposal
    assert not waiting(outsider).exists()
    for decide in (accept_proposal, reject_proposal, postpone_proposal, reopen_proposal):
        with pytest.raises(NotAllowed):
            decide(actor=viewer, proposal=proposal)
        with pytest.raises(NotFound):
            decide(actor=outsider, proposal=proposal)
    with pytest.raises(NotFound):
        get_proposal_for(outsider, proposal.pk)
