"""From a fresh installation to a brand: who may be first, three steps, and where `/` leads afterwards."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from deining.config import Config
from deining.core.actors import Actor
from deining.core.models import Brand, Membership, User
from deining.core.roles import Role
from deining.core.start_code import FILE_NAME, is_loopback, listens_to_itself_only, start_code
from tests import builders

pytestmark = pytest.mark.django_db
NOOR = {"name": "Noor", "email": "noor@example.org", "password": "three plain words"}
WAVE = {"name": "De Golf", "slug": "", "time_zone": "Europe/Brussels", "languages": ["nl", "en"]}


def at_the_machine() -> Client:
    return Client(HTTP_HOST="localhost:8330")


def from_the_network(**traces: str) -> Client:
    return Client(HTTP_HOST="crm.example.org", REMOTE_ADDR="192.0.2.7", **traces)


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def test_three_steps_lead_to_a_brand_of_ones_own() -> None:
    client = at_the_machine()
    assert "Start my brand" in client.get("/").text
    assert client.post("/start/you", NOOR).headers["Location"] == "/start/brand"
    answer = client.post("/start/brand", WAVE)
    assert answer.headers["Location"] == "/b/de-golf/welcome/"
    assert "Who did something with De Golf?" in client.get("/b/de-golf/welcome/").text
    brand = Brand.objects.get()
    assert (brand.slug, brand.time_zone, brand.languages) == ("de-golf", "Europe/Brussels", "nl,en")
    assert Membership.objects.get().role == Role.OWNER
    assert client.get("/").headers["Location"] == "/b/de-golf/"


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    client = at_the_machine()
    page = client.post("/start/you", {**NOOR, "password": "noor@example.org"}).text
    assert 'value="Noor"' in page
    assert "too similar" in page
    assert "noor@example.org</" not in page.replace('value="noor@example.org"', "")
    assert not User.objects.exists()
    client.post("/start/you", NOOR)
    page = client.post("/start/brand", {**WAVE, "slug": "De Golf!", "languages": []}).text
    assert 'value="De Golf!"' in page
    assert "Use small letters" in page
    assert "Choose at least one language" in page


def test_a_stranger_on_the_network_must_know_the_start_code() -> None:
    stranger = from_the_network()
    assert "Is this your installation?" in stranger.get("/").text
    for path, data in (("/start/you", NOOR), ("/start/look-around", {})):
        stranger.post(path, data)
    assert not User.objects.exists()
    assert "not the start code" in stranger.post("/start/code", {"code": "AAAAA-AAAAA-AAAAA-AAAAA"}).text
    code = start_code(settings.DATA_DIR)
    assert stranger.post("/start/code", {"code": code.lower().replace("-", " ")}).status_code == 302
    assert stranger.post("/start/you", NOOR).headers["Location"] == "/start/brand"
    assert User.objects.get().email == "noor@example.org"
    assert not (settings.DATA_DIR / FILE_NAME).exists(), "the code has done its work"


@pytest.mark.parametrize(
    "visit",
    [
        {"HTTP_HOST": "crm.example.org"},
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_one_trace_of_elsewhere_is_enough_to_ask_for_the_code(visit: dict[str, str]) -> None:
    client = Client(**{"HTTP_HOST": "localhost", **visit})
    assert "Is this your installation?" in client.get("/").text
    client.post("/start/you", NOOR)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "itself"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("localhost:8330", True),
        ("[::1]:8330", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("", False),
    ],
)
def test_what_counts_as_this_machine(name: str, itself: bool) -> None:
    assert is_loopback(name) is itself


def test_which_settings_let_others_in(tmp_path: Path) -> None:
    assert listens_to_itself_only(Config(data_dir=tmp_path))
    assert not listens_to_itself_only(Config(data_dir=tmp_path, host="0.0.0.0"))
    assert not listens_to_itself_only(Config(data_dir=tmp_path, trusted_proxy=True))
    assert not listens_to_itself_only(Config(data_dir=tmp_path, base_url="https://crm.example.org"))


def test_the_code_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    code = start_code(tmp_path)
    assert start_code(tmp_path) == code
    assert len(code.replace("-", "")) == 20
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_nobody_starts_a_second_time(owner: Actor) -> None:
    client = at_the_machine()
    assert client.get("/").headers["Location"] == "/account/login/"
    assert client.get("/start/you").headers["Location"] == "/"
    client.post("/start/you", {**NOOR, "email": "mallory@example.org"})
    assert not User.objects.filter(email="mallory@example.org").exists()
    assert client.post("/start/look-around").status_code == 403


def test_the_first_page_opens_the_last_brand_or_the_only_one(owner: Actor) -> None:
    client = signed_in(owner)
    assert client.get("/").headers["Location"] == f"/b/{owner.brand.slug}/"
    other = builders.make_brand("Noorderlicht")
    Membership.objects.create(brand=other, user=owner.user, role=Role.VIEWER)
    assert client.get("/").headers["Location"] == "/brands/"
    assert "Noorderlicht" in client.get("/brands/").text
    client.get(f"/b/{other.slug}/members/")
    assert client.get("/").headers["Location"] == f"/b/{other.slug}/"
    Membership.objects.filter(brand=other).delete()
    assert client.get("/").headers["Location"] == f"/b/{owner.brand.slug}/"


def test_who_has_no_brand_gets_help_and_no_way_to_take_one(owner: Actor) -> None:
    client = Client()
    client.force_login(builders.make_user("Stan", email="stan@example.org"))
    page = client.get("/", follow=True).text
    assert "You work for no brand here yet" in page
    assert "stan@example.org" in page
    assert "/start/brand" not in page
    assert client.post("/start/brand", WAVE).status_code == 403
    assert Brand.objects.count() == 1


def test_an_owner_starts_another_brand(owner: Actor) -> None:
    client = signed_in(owner)
    assert "What is the new brand called?" in client.get("/start/brand").text
    assert client.post("/start/brand", WAVE).headers["Location"] == "/b/de-golf/welcome/"
    answer = client.post("/start/brand", {**WAVE, "slug": "de-golf"})
    assert "Another brand has the short name" in answer.text


def test_the_third_step_is_for_who_may_import(viewer: Actor, outsider: Actor) -> None:
    path = f"/b/{viewer.brand.slug}/welcome/"
    assert signed_in(viewer).get(path).headers["Location"] == f"/b/{viewer.brand.slug}/"
    assert signed_in(outsider).get(path).status_code == 404


def test_the_first_page_speaks_the_visitors_language() -> None:
    page = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="nl-BE").get("/").text
    assert "Mijn merk beginnen" in page


def test_looking_around_leads_into_the_demo_and_out_again_to_ones_own_brand() -> None:
    client = at_the_machine()
    home = client.post("/start/look-around").headers["Location"]
    demo = Brand.objects.get()
    assert home == f"/b/{demo.slug}/"
    assert demo.is_invented
    assert "Start my brand" in client.get(home).text, "the way out is on every page"
    assert client.get(f"{home}settings/").status_code == 403
    assert client.get(f"{home}members/").status_code == 200
    assert client.post("/start/look-around").headers["Location"] == home
    assert client.post("/start/you", NOOR).headers["Location"] == "/start/brand"
    client.post("/start/brand", WAVE)
    noor = User.objects.get()
    assert {(m.brand.name, m.role) for m in noor.memberships.all()} == {
        ("De Golf", Role.OWNER),
        (demo.name, Role.OWNER),
    }
    assert "Start my brand" not in client.get(home).text


def test_a_second_visitor_shares_the_guests_demo_and_a_colleague_of_nothing_makes_none(owner: Actor) -> None:
    colleague = builders.make_colleague(owner.brand, Role.EDITOR, "Karim")
    assert signed_in(colleague).post("/start/look-around").status_code == 403
    assert not Brand.objects.filter(is_invented=True).exists()
    assert signed_in(owner).post("/start/look-around").status_code == 302
    demo = Brand.objects.get(is_invented=True)
    assert demo.memberships.get().user == owner.user
    assert signed_in(colleague).post("/start/look-around").status_code == 403
