"""Merge suggestions in the browser: decided with one click, taken back with another; scripts or not."""

import re

import pytest
from django.test import Client

from deining.core.actors import Actor
from deining.core.models import Brand, Job
from deining.people.models import Merge, MergeProposal, Person
from deining.people.proposals.finding import propose_merges
from tests import builders

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def page_of(actor: Actor, rest: str = "") -> str:
    return f"/b/{actor.brand.slug}/merges{rest}"


def somebody(brand: Brand, name: str, network: str, email: str = "", **fields: object) -> Person:
    person = builders.make_person(brand, name, **fields)
    builders.make_identity(person, network=network, name=name, email=email)
    return person


@pytest.fixture
def proposal(brand: Brand) -> MergeProposal:
    somebody(brand, "Marijke Verhulst", "shop", "marijke@example.org", events=3)
    somebody(brand, "Marijke Verhulsst", "forum", "marijke@example.org")
    propose_merges(brand)
    return MergeProposal.objects.get()


def test_an_empty_list_says_what_will_come(owner: Actor) -> None:
    page = signed_in(owner).get(page_of(owner)).text
    assert "Nobody seems to be here twice" in page
    assert "Nothing is merged without you" in page
    assert "Nobody was merged yet" in signed_in(owner).get(page_of(owner, "/done")).text


def test_a_card_shows_both_sides_and_why(owner: Actor, proposal: MergeProposal) -> None:
    page = signed_in(owner).get(page_of(owner)).text
    assert "1 pair may be one person" in page
    assert "Marijke Verhulst and Marijke Verhulsst" in page
    assert "Same e-mail address; name differs by one letter." in page
    assert "> 99" in page.replace("&gt;", ">").replace("\xa0", " ")


def test_a_name_from_outside_is_text(owner: Actor, brand: Brand) -> None:
    for network in ("shop", "forum"):
        somebody(brand, "<script>x</script> Quackel", network, "q@example.org")
    propose_merges(brand)
    page = signed_in(owner).get(page_of(owner)).text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        ("same", "accepted", "Marijke Verhulsst is part of Marijke Verhulst now."),
        ("different", "rejected", "They will not be suggested again."),
        ("later", "later", "Asked again on"),
    ],
)
def test_deciding_and_taking_back(
    owner: Actor, proposal: MergeProposal, said: str, state: str, words: str
) -> None:
    client = signed_in(owner)
    part = client.post(page_of(owner, f"/{proposal.pk}/{said}"), headers=HTMX).text
    assert words in part
    proposal.refresh_from_db()
    assert proposal.state == state
    back = re.search(r'hx-post="([^"]+)"', part)
    assert back is not None
    again = client.post(back[1], {"proposal": proposal.pk}, headers=HTMX).text
    assert "Marijke Verhulst and Marijke Verhulsst" in again
    proposal.refresh_from_db()
    assert proposal.state == "open"
    assert Person.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("said", ["same", "different", "later"])
def test_without_scripts_the_page_comes_back_with_the_undo(
    owner: Actor, proposal: MergeProposal, said: str
) -> None:
    client = signed_in(owner)
    page = client.post(page_of(owner, f"/{proposal.pk}/{said}"), follow=True).text
    assert 'data-key="u"' in page
    back = re.search(r'<form method="post" action="([^"]+/(?:undo/\d+|reopen))"', page)
    assert back is not None
    assert "1 pair may be one person" in client.post(back[1], follow=True).text


def test_the_list_of_merges_undoes_and_goes_back_where_it_came_from(
    owner: Actor, proposal: MergeProposal
) -> None:
    client = signed_in(owner)
    client.post(page_of(owner, f"/{proposal.pk}/same"))
    made = Merge.objects.get()
    assert f"/merges/undo/{made.pk}" in client.get(page_of(owner, "/done")).text
    address = page_of(owner, f"/undo/{made.pk}")
    assert client.post(address, {"next": page_of(owner, "/done")}).headers["Location"] == page_of(
        owner, "/done"
    )
    assert "undone on" in client.get(page_of(owner, "/done")).text
    twice = client.post(address, {"next": "https://elsewhere.example/"})
    assert (twice.status_code, "undone already" in twice.text) == (409, True)


def test_another_site_is_not_where_one_goes_back_to(owner: Actor, proposal: MergeProposal) -> None:
    client = signed_in(owner)
    client.post(page_of(owner, f"/{proposal.pk}/same"))
    answer = client.post(
        page_of(owner, f"/undo/{Merge.objects.get().pk}"), {"next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == page_of(owner)


def test_looking_again_queues_one_look(owner: Actor) -> None:
    client = signed_in(owner)
    client.post(page_of(owner, "/look"))
    assert "disabled" in client.get(page_of(owner)).text
    client.post(page_of(owner, "/look"))
    assert Job.objects.filter(key=f"propose:{owner.brand.pk}").count() == 1


def test_a_full_page_asks_as_many_questions_as_an_empty_one(
    owner: Actor, brand: Brand, django_assert_max_num_queries: object
) -> None:
    for first in ("Ruth", "Gijs", "Odil", "Wim", "Tess"):
        for last in ("Vos", "Zwart", "Kempe", "Lam", "Ooms"):
            for network in ("shop", "forum"):
                somebody(brand, f"{first} {last}", network, f"{first}.{last}@example.org")
    propose_merges(brand)
    client = signed_in(owner)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = client.get(page_of(owner)).text
    assert page.count("<article") == 20
    assert client.get(page_of(owner, "?page=1")).text.count("<article") == 5
    assert client.get(page_of(owner, "?page=99999")).text.count("<article") == 5


def test_a_viewer_reads_the_cards_and_decides_nothing(viewer: Actor, proposal: MergeProposal) -> None:
    client = signed_in(viewer)
    page = client.get(page_of(viewer)).text
    assert "Marijke Verhulsst" in page
    assert 'data-key="a"' not in page
    for rest in (f"/{proposal.pk}/same", f"/{proposal.pk}/different", f"/{proposal.pk}/reopen", "/look"):
        assert client.post(page_of(viewer, rest)).status_code == 403
    assert client.post(page_of(viewer, f"/{proposal.pk}/nonsense")).status_code == 404
    assert client.get(page_of(viewer, f"/{proposal.pk}/same")).status_code == 405


def test_an_outsider_finds_none_of_it(outsider: Actor, owner: Actor, proposal: MergeProposal) -> None:
    signed_in(owner).post(page_of(owner, f"/{proposal.pk}/same"))
    made = Merge.objects.get()
    client = signed_in(outsider)
    for rest in ("", "/done"):
        assert client.get(page_of(owner, rest)).status_code == 404
    for rest in (f"/{proposal.pk}/same", f"/{proposal.pk}/reopen", f"/undo/{made.pk}", "/look"):
        assert client.post(page_of(owner, rest)).status_code == 404
    for rest in (f"/{proposal.pk}/same", f"/{proposal.pk}/reopen", f"/undo/{made.pk}"):
        assert client.post(page_of(outsider, rest)).status_code == 404
    made.refresh_from_db()
    assert made.undone_at is None
