"""Signing in and out, second steps, passwords, addresses; passkeys are tried in a real browser elsewhere."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deining.config import config
from deining.core.actors import Actor
from deining.core.models import User
from tests import builders

pytestmark = pytest.mark.django_db
PASSWORD, NEXT_PASSWORD = "correct horse", "battery staple seven"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


@pytest.fixture
def _mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "mail_url", "smtp://localhost")
    monkeypatch.setattr(config(), "base_url", "https://crm.example.org")


def user_of(actor: Actor) -> User:
    assert actor.user is not None
    return actor.user


def sign_in(client: Client, user: User, password: str = PASSWORD) -> object:
    return client.post("/account/login/", {"login": user.email, "password": password})


def signed_in(user: User) -> Client:
    """Signed in with the password, and asked for it once more a moment ago."""
    client = Client(HTTP_HOST="localhost")
    assert sign_in(client, user).status_code == 302  # type: ignore[attr-defined]
    assert client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/"}).status_code == 302
    return client


def totp(secret: str, at: float | None = None) -> str:
    """RFC 6238 with SHA-1, six digits, half a minute."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def switch_on_totp(client: Client) -> str:
    page = client.get("/account/2fa/totp/activate/").text
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page)
    assert secret, page
    answer = client.post("/account/2fa/totp/activate/", {"code": totp(secret[1])})
    assert answer.status_code == 302, answer.text
    cache.clear()  # a code works once; the next one would be half a minute away
    return secret[1]


def test_the_rfc_says_our_codes_are_right() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [totp(secret, at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_with_the_right_password_one_gets_in_however_the_address_is_typed(owner: Actor) -> None:
    client = Client()
    answer = client.post("/account/login/", {"login": user_of(owner).email.upper(), "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == f"/b/{owner.brand.slug}/"


def test_a_wrong_password_is_a_sentence_and_the_address_stays(owner: Actor) -> None:
    page = sign_in(Client(), user_of(owner), "wrong").text  # type: ignore[attr-defined]
    assert "do not go together" in page
    assert f'value="{user_of(owner).email}"' in page


def test_an_unknown_address_sounds_the_same(owner: Actor) -> None:
    answer = Client().post("/account/login/", {"login": "nobody@example.org", "password": "wrong"})
    assert "do not go together" in answer.text


def test_guessing_is_stopped_even_when_the_last_guess_is_right(owner: Actor) -> None:
    client = Client()
    for _attempt in range(6):
        sign_in(client, user_of(owner), "wrong")
    page = sign_in(client, user_of(owner)).text  # type: ignore[attr-defined]
    assert "too many attempts" in page


def test_signing_in_leads_back_to_where_one_was_going_but_never_elsewhere(owner: Actor) -> None:
    path = f"/b/{owner.brand.slug}/members/"
    asked = Client().get(path).headers["Location"]
    words = {"login": user_of(owner).email, "password": PASSWORD}
    assert Client().post(asked, {**words, "next": path}).headers["Location"] == path
    away = Client().post("/account/login/", {**words, "next": "https://evil.example/"})
    assert away.headers["Location"] == "/"


def test_nobody_makes_an_account_by_walking_in() -> None:
    assert "Accounts come by invitation" in Client().get("/account/signup/").text
    Client().post(
        "/account/signup/", {"email": "m@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not User.objects.exists()


def test_signing_out_needs_a_click(owner: Actor) -> None:
    client = signed_in(user_of(owner))
    assert "Sign out?" in client.get("/account/logout/").text
    assert client.get("/brands/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/brands/").status_code == 302


def test_with_an_authenticator_app_the_password_is_not_enough(owner: Actor) -> None:
    secret = switch_on_totp(signed_in(user_of(owner)))
    client = Client()
    assert sign_in(client, user_of(owner)).headers["Location"] == "/account/2fa/authenticate/"  # type: ignore[attr-defined]
    assert client.get("/brands/").status_code == 302, "not in yet"
    assert "That code is not right" in client.post("/account/2fa/authenticate/", {"code": "000000"}).text
    assert client.post("/account/2fa/authenticate/", {"code": totp(secret)}).headers["Location"] == "/"
    assert client.get("/brands/").status_code == 200


def test_the_secret_of_the_app_is_encrypted_at_rest(owner: Actor) -> None:
    secret = switch_on_totp(signed_in(user_of(owner)))
    stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)


def test_recovery_codes_work_once_each_instead_of_the_app(owner: Actor) -> None:
    client = signed_in(user_of(owner))
    switch_on_totp(client)
    page = client.get("/account/2fa/recovery-codes/").text
    codes = re.findall(r"^(?:<pre[^>]*>)?(\w{8})$", page, re.MULTILINE)
    assert len(codes) == 10
    assert client.get("/account/2fa/recovery-codes/download/").text.split() == codes
    for expected in ("/", None):
        visitor = Client()
        sign_in(visitor, user_of(owner))
        answer = visitor.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert answer.headers.get("Location") == expected
    assert "9 recovery codes are left" in client.get("/account/2fa/recovery-codes/").text


def test_switching_the_app_off_makes_the_password_enough_again(owner: Actor) -> None:
    client = signed_in(user_of(owner))
    switch_on_totp(client)
    assert "Switch the authenticator app off?" in client.get("/account/2fa/totp/deactivate/").text
    client.post("/account/2fa/totp/deactivate/")
    assert sign_in(Client(), user_of(owner)).headers["Location"] == "/"  # type: ignore[attr-defined]


def test_changing_how_one_signs_in_asks_again_after_a_while(owner: Actor) -> None:
    client = Client()
    client.force_login(user_of(owner))  # a session without a recent proof
    for path in ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/email/"):
        words = {"email": "mallory@example.org", "action_add": ""}
        answer = client.post(path, words) if path == "/account/email/" else client.get(path)
        assert "/reauthenticate/" in answer.headers.get("Location", ""), path
    page = client.get("/account/reauthenticate/?next=/account/2fa/totp/activate/").text
    assert "Show that it is you" in page
    wrong = client.post("/account/reauthenticate/", {"password": "wrong"})
    assert "That is not your password" in wrong.text
    answer = client.post(
        "/account/reauthenticate/", {"password": PASSWORD, "next": "/account/2fa/totp/activate/"}
    )
    assert answer.headers["Location"] == "/account/2fa/totp/activate/"


def test_a_changed_password_ends_every_other_session(owner: Actor) -> None:
    here, elsewhere = signed_in(user_of(owner)), signed_in(user_of(owner))
    words = {"oldpassword": PASSWORD, "password1": NEXT_PASSWORD, "password2": NEXT_PASSWORD}
    wrong = here.post("/account/password/change/", {**words, "oldpassword": "wrong"})
    assert "not your present password" in wrong.text
    assert here.post("/account/password/change/", words).status_code == 302
    assert here.get("/brands/").status_code == 200
    assert elsewhere.get("/brands/").status_code == 302
    user_of(owner).refresh_from_db()
    assert user_of(owner).check_password(NEXT_PASSWORD)


@pytest.mark.usefixtures("_mail")
def test_a_forgotten_password_is_replaced_through_ones_mail(owner: Actor) -> None:
    client = Client(HTTP_HOST="evil.example")
    client.post("/account/password/reset/", {"email": user_of(owner).email})
    link = re.search(r"https://crm\.example\.org(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link, "the link goes to our own address, whatever name the request came under"
    assert mail.outbox[0].subject == "Deining: choose a new password"
    form = client.get(link[1], follow=True)
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": NEXT_PASSWORD, "password2": NEXT_PASSWORD})
    assert sign_in(Client(), user_of(owner), NEXT_PASSWORD).headers["Location"] == "/"  # type: ignore[attr-defined]
    assert "does not work any more" in Client().get(link[1], follow=True).text


@pytest.mark.usefixtures("_mail")
def test_who_has_no_account_gets_no_mail_and_hears_nothing_else(owner: Actor) -> None:
    known = Client().post("/account/password/reset/", {"email": user_of(owner).email}, follow=True).text
    unknown = Client().post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True).text
    assert "Look in your mail" in unknown
    assert re.sub(r"\w{64}", "", known) == re.sub(r"\w{64}", "", unknown)
    assert [message.to for message in mail.outbox] == [[user_of(owner).email]]


def test_without_mail_the_page_says_who_can_help() -> None:
    page = Client().get("/account/password/reset/").text
    assert "./deining password" in page
    assert '<button class="btn primary"' not in page


@pytest.mark.usefixtures("_mail")
def test_a_new_address_counts_once_its_link_was_opened(owner: Actor) -> None:
    user = user_of(owner)
    client = signed_in(user)
    client.post("/account/email/", {"email": "noor@new.example", "action_add": ""})
    user.refresh_from_db()
    assert user.email != "noor@new.example"
    assert "waits for you to open the link" in client.get("/account/email/").text
    confirmation = next(message for message in mail.outbox if message.to == ["noor@new.example"])
    link = re.search(r"https://crm\.example\.org(/account/confirm-email/\S+)", confirmation.body)
    assert link
    assert "From now on you sign in with noor@new.example" in client.get(link[1]).text
    client.post(link[1])
    user.refresh_from_db()
    assert user.email == "noor@new.example"
    assert sign_in(Client(), user).headers["Location"] == "/"  # type: ignore[attr-defined]


def test_the_profile_is_ones_own(owner: Actor) -> None:
    client = signed_in(user_of(owner))
    page = client.post("/me/", {"name": "Noor van Dam", "language": "nl", "theme": "dark"}, follow=True).text
    assert "Bewaard." in page, "said in the language that was just chosen"
    assert 'data-theme="dark"' in page
    assert 'value="Noor van Dam"' in page
    assert "verplicht" in client.post("/me/", {"name": "", "language": "nl", "theme": "dark"}).text


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(owner: Actor, outsider: Actor) -> None:
    here = signed_in(user_of(owner))
    elsewhere = Client(
        HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    sign_in(elsewhere, user_of(owner))
    others = signed_in(user_of(outsider))
    assert "Firefox, Linux" in here.get("/me/").text
    assert "1 other browser" in here.post("/me/sign-out-elsewhere", follow=True).text
    assert here.get("/brands/").status_code == 200
    assert elsewhere.get("/brands/").status_code == 302
    assert others.get("/brands/").status_code == 200, "of somebody else: untouched"


def test_a_guest_cannot_get_a_way_back_in() -> None:
    from deining.core.actions import users

    demo = builders.make_brand("Demo", is_invented=True)
    guest = users.make_guest(language="en")
    users.settle_guest(guest=guest, brand=demo)
    client = Client(HTTP_HOST="localhost")
    client.force_login(guest)
    for path in (
        "/account/password/set/",
        "/account/password/change/",
        "/account/email/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/totp/activate/",
        "/me/",
    ):
        for answer in (client.get(path), client.post(path, {"password1": PASSWORD, "password2": PASSWORD})):
            assert answer.headers["Location"] == "/", path
    assert "Back to the demo" in client.get("/").text
    assert "Start my brand" in client.get("/").text
    assert client.get("/start/brand").headers["Location"] == "/start/you"
    guest.refresh_from_db()
    assert not guest.has_usable_password()


def test_pages_of_somebody_who_is_signed_in_are_not_kept_by_caches(owner: Actor) -> None:
    assert "no-store" in signed_in(user_of(owner)).get("/me/").headers["Cache-Control"]
