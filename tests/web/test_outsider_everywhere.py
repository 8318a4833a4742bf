"""Every address of the project, tried by a stranger and by the owner of another brand.

Somebody who adds a route must say here what kind of route it is; a route of a brand needs no saying: it is
found under /b/<brand>/ and must be closed to both.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from deining.channels.imports.models import Import
from deining.core.actions.members import invite
from deining.core.actors import Actor
from deining.core.models import Brand, Invitation, Job, Membership
from deining.core.roles import Role
from deining.people.models import Identity, Merge, MergeProposal, Note, Person, Segment, Tag
from tests import builders

pytestmark = pytest.mark.django_db
BRAND_ROUTE = "b/<slug:brand>/"

# Open to everybody, because of what it is; each has its own tests.
OPEN = {
    "health",
    "choose_language",
    "choose_theme",
    "start",
    "start_code",
    "start_you",
    "start_look_around",
    "invitation",
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
# For anybody who is signed in, about themselves only; a stranger is sent to sign-in.
OWN = {
    "start_brand",
    "brands",
    "account_security",
    "account_sign_out_elsewhere",
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


def _pair(owner: Actor) -> tuple[Identity, Identity]:
    return (
        builders.make_identity(builders.make_person(owner.brand, "Els")),
        builders.make_identity(builders.make_person(owner.brand, "Elsje")),
    )


def _proposal(owner: Actor) -> int:
    first, second = _pair(owner)
    return MergeProposal.objects.create(brand=owner.brand, first=first, second=second, score=0.9).pk


def _merge(owner: Actor) -> int:
    first, second = _pair(owner)
    return Merge.objects.create(brand=owner.brand, kept=first.person, gone=second.person).pk


# How to make one of each thing in the owner's brand, by the name of the id in an address.
SOMETHING_OF_OURS: dict[str, Callable[[Actor], int]] = {
    "membership_id": lambda owner: Membership.objects.get(brand=owner.brand).pk,
    "invitation_id": lambda owner: invite(owner, email="nina@example.org", role=Role.VIEWER).invitation.pk,
    "person_id": lambda owner: builders.make_fan(owner.brand).pk,
    "identity_id": lambda owner: _pair(owner)[0].pk,
    "note_id": lambda owner: Note.objects.create(person=builders.make_fan(owner.brand), text="ours").pk,
    "tag_id": lambda owner: Tag.objects.create(brand=owner.brand, name="ours").pk,
    "segment_id": lambda owner: Segment.objects.create(brand=owner.brand, name="ours").pk,
    "proposal_id": _proposal,
    "merge_id": _merge,
    "import_id": lambda owner: Import.objects.create(brand=owner.brand, name="ours.csv", path="ours.csv").pk,
    "job_id": lambda owner: Job.objects.create(brand=owner.brand, task="nowhere.at_all").pk,
}
FILLED_IN = {"int": "1", "slug": "elsewhere", "str": "anything", "path": "any/thing", "uuid": f"{0:032x}"}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


ALL = list(routes(get_resolver().url_patterns))
OF_A_BRAND = [(route, pattern) for route, pattern in ALL if route.startswith(BRAND_ROUTE)]
OTHERS = [(route, pattern) for route, pattern in ALL if not route.startswith(BRAND_ROUTE)]


def filled_in(route: str, pattern: URLPattern, brand: Brand) -> str:
    """An address that the route accepts, with ids that may well exist."""
    address = route.replace("<slug:brand>", brand.slug)
    assert isinstance(pattern.pattern, RoutePattern), f"{route}: only plain routes in a brand"
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        address = address.replace(
            f"<{kind.replace('string', 'str')}:{name}>", FILLED_IN[kind.replace("string", "str")]
        )
    assert "<" not in address, f"{address}: teach this test to fill in its converter"
    return "/" + address


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def is_sent_to_sign_in(answer: object) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")  # type: ignore[attr-defined]


def test_the_project_has_routes_of_brands() -> None:
    assert len(OF_A_BRAND) > 10


def test_every_route_outside_a_brand_is_classified() -> None:
    names = {pattern.name for _route, pattern in OTHERS}
    assert names - OPEN - OWN == set(), "a new route: say above whether it is open or for who is signed in"
    assert (OPEN | OWN) - names == set(), "these routes are gone: take them out of the lists above"
    assert not OPEN & OWN


def test_an_outsider_finds_nothing_and_a_stranger_must_sign_in(owner: Actor, outsider: Actor) -> None:
    """A route that does not know the method may say so (405) before it looks who asks."""
    wrong = []
    client = signed_in(outsider)
    for route, pattern in OF_A_BRAND:
        address = filled_in(route, pattern, owner.brand)
        for method in ("get", "post"):
            stranger = getattr(Client(), method)(address)
            if not is_sent_to_sign_in(stranger) and stranger.status_code != 405:
                wrong.append(f"{method} {address}: a stranger gets {stranger.status_code}")
            answer = getattr(client, method)(address)
            if answer.status_code not in {404, 405} or owner.brand.name in answer.text:
                wrong.append(f"{method} {address}: an outsider gets {answer.status_code}")
    assert wrong == []


def test_a_brand_of_others_looks_like_one_that_does_not_exist(owner: Actor, outsider: Actor) -> None:
    client = signed_in(outsider)
    for route, pattern in OF_A_BRAND:
        theirs = filled_in(route, pattern, owner.brand)
        nobodys = filled_in(route, pattern, Brand(slug="no-such-brand"))
        first, second = client.get(theirs), client.get(nobodys)
        assert first.status_code == second.status_code, theirs
        assert without_tokens(first.text, theirs) == without_tokens(second.text, nobodys), theirs


def without_tokens(page: str, address: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page.replace(address, ""))


def test_every_brand_route_answers_at_least_one_method(owner: Actor) -> None:
    """Otherwise the tests above would be content with "wrong method" for both."""
    client = signed_in(owner)
    for route, pattern in OF_A_BRAND:
        address = filled_in(route, pattern, Brand(slug="no-such-brand"))
        assert 404 in {client.get(address).status_code, client.post(address).status_code}, address


WITH_IDS = [(route, pattern) for route, pattern in OF_A_BRAND if "_id>" in route]


@pytest.mark.parametrize(("route", "pattern"), WITH_IDS, ids=[route for route, _pattern in WITH_IDS])
def test_an_outsider_who_guesses_an_id_in_their_own_brand_finds_nothing(
    route: str, pattern: URLPattern, owner: Actor, outsider: Actor
) -> None:
    """The brand is theirs, the id is of something that exists, in ours."""
    address = route.replace("<slug:brand>", outsider.brand.slug)
    for name in re.findall(r"<int:(\w+)>", route):
        assert name in SOMETHING_OF_OURS, f"{name}: say above how to make one in a brand"
        address = address.replace(f"<int:{name}>", str(SOMETHING_OF_OURS[name](owner)))
    before = everything_of(owner)
    client = signed_in(outsider)
    assert {client.get("/" + address).status_code, client.post("/" + address).status_code} <= {400, 404, 405}
    assert 404 in {client.get("/" + address).status_code, client.post("/" + address).status_code}
    assert everything_of(owner) == before


def everything_of(owner: Actor) -> list[list[dict[str, object]]]:
    models = (Membership, Invitation, Person, Note, Segment, MergeProposal, Merge, Import)
    return [list(model._default_manager.values()) for model in models]


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_stranger_is_sent_to_sign_in_from_what_is_ones_own(name: str) -> None:
    route = next(route for route, pattern in OTHERS if pattern.name == name)
    answer = Client().get("/" + route.replace("<int:pk>", "1"))
    if name == "account_logout":
        assert answer.headers["Location"] == "/"  # signing out a stranger leads to the first page
    else:
        assert is_sent_to_sign_in(answer) or answer.status_code == 405, name
