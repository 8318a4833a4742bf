"""Starting, passkeys and second steps in a real Chromium with a virtual authenticator; axe on every page."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from deining.core import log
from deining.core.actions.members import invite
from deining.core.actors import get_actor_for
from deining.core.log_kinds import BRAND_CHANGED
from deining.core.models import Membership, User
from deining.core.roles import Role
from tests import builders
from tests.web.test_accounts import totp

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PASSWORD = "correct horse"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the test
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A browser of somebody new. Whatever the page's policy forbids or a script throws fails the test."""
    cache.clear()
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        locale="en-GB",
        viewport={"width": 1280, "height": 900},
    )
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield context
    context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


def make_owner(name: str = "Noor") -> User:
    owner = builders.make_colleague(
        builders.make_brand(slug="zuiderlicht"), Role.OWNER, name, email="noor@example.org"
    )
    assert owner.user is not None
    return owner.user


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill("noor@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/b/zuiderlicht/")


def show_it_is_you(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def add_authenticator(page: Page) -> Any:
    """A device with a fingerprint reader, as far as the browser can tell (DevTools protocol, WebAuthn)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ONLY_COLOURS = ["color-contrast"]  # all that differs between light and dark


def violations(page: Page, rules: list[str] = ALL_RULES) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{page.url} {problem['id']}: {problem['nodes'][0]['html'][:160]}" for problem in found["violations"]
    ]


def test_three_steps_in_a_browser(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/")
    page.get_by_role("link", name="Start my brand").click()
    page.get_by_label("Your name").fill("Noor")
    page.get_by_label("E-mail address").fill("noor@example.org")
    page.get_by_label("Password").fill("three plain words")
    page.get_by_role("button", name="Next: your brand").click()
    page.get_by_label("Name of your brand").press_sequentially("Café De Golf")
    assert page.get_by_label("Short name").input_value() == "cafe-de-golf", "suggested while one types"
    page.get_by_role("button", name="Next: your first people").click()
    page.get_by_text("Who did something with Café De Golf?").wait_for()
    page.get_by_role("link", name="Later: open my brand").click()
    page.wait_for_url("**/b/cafe-de-golf/")
    assert Membership.objects.get().role == Role.OWNER


def test_a_passkey_is_added_named_used_and_removed(visit: BrowserContext) -> None:
    make_owner()
    page = visit.new_page()
    session, authenticator = add_authenticator(page)
    sign_in(page)
    page.goto("/account/2fa/webauthn/add/")
    show_it_is_you(page)
    page.get_by_label("Name of this passkey").fill("Laptop")
    assert page.get_by_label("Sign in with it alone").is_checked()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("recovery codes are left").wait_for()
    stored = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [(one["isResidentCredential"], one["rpId"]) for one in stored] == [(True, "localhost")]

    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/account/login/?next=/me/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="You and signing in").wait_for()
    assert page.get_by_text("1 passkey").is_visible()

    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    if "/reauthenticate/" in page.url:
        show_it_is_you(page)
    page.get_by_label(re.compile("name", re.IGNORECASE)).fill("Work laptop")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Work laptop").first.wait_for()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("None yet.").wait_for()


def test_a_device_that_refuses_is_said_in_a_sentence(visit: BrowserContext) -> None:
    make_owner()
    page = visit.new_page()
    session, authenticator = add_authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Your device gave no passkey").wait_for()


def test_a_passkey_serves_as_the_second_step(visit: BrowserContext) -> None:
    make_owner()
    page = visit.new_page()
    add_authenticator(page)
    sign_in(page)
    page.goto("/account/2fa/webauthn/add/")
    show_it_is_you(page)
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("recovery codes are left").wait_for()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill("noor@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/b/zuiderlicht/")


def test_the_authenticator_app_step_by_step(visit: BrowserContext) -> None:
    make_owner()
    page = visit.new_page()
    sign_in(page)
    page.goto("/account/2fa/totp/activate/")
    show_it_is_you(page)
    assert page.get_by_alt_text("QR code").is_visible()
    page.get_by_label(re.compile("code", re.IGNORECASE)).last.fill(
        totp(page.get_by_label("Or type this secret into it").input_value())
    )
    page.get_by_role("button", name="Switch on").click()
    page.get_by_text("10 recovery codes are left").wait_for()
    assert page.get_by_role("button", name="Copy").is_visible()


def test_an_invitation_link_is_copied(visit: BrowserContext) -> None:
    make_owner()
    visit.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.new_page()
    sign_in(page)
    page.goto("/b/zuiderlicht/members/")
    page.get_by_label("E-mail address").fill("nina@example.org")
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://localhost:\d+/invitation/[\w-]{43}", copied)


OUTSIDE = ["/account/login/", "/account/password/reset/", "/account/signup/", "/account/inactive/"]
INSIDE = [
    "/me/",
    "/brands/",
    "/start/brand",
    "/account/logout/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/activate/",
    "/b/zuiderlicht/welcome/",
    "/b/zuiderlicht/members/",
    "/b/zuiderlicht/members/leave",
    "/b/zuiderlicht/members/{colleague}/remove",
    "/b/zuiderlicht/log/",
    "/b/zuiderlicht/log/?kind=brand.started",
    "/b/zuiderlicht/settings/",
    "/b/zuiderlicht/settings/remove",
]


def test_axe_finds_nothing_before_anybody_started(visit: BrowserContext) -> None:
    page = visit.new_page()
    found = []
    for path in ("/", "/start/you"):
        page.goto(path)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize(("scheme", "rules"), [("light", ALL_RULES), ("dark", ONLY_COLOURS)])
def test_axe_finds_nothing_on_any_page_of_ours(visit: BrowserContext, scheme: Any, rules: list[str]) -> None:
    user = make_owner()
    owner = get_actor_for(user, "zuiderlicht")
    karim = builders.make_colleague(owner.brand, Role.EDITOR, "Karim")
    builders.make_person(owner.brand, owner=karim.user)
    token = invite(owner, email="nina@example.org", role=Role.VIEWER).token
    log.record(owner, BRAND_CHANGED, owner.brand, why="a new name", fields=["name"])
    page = visit.new_page()
    page.emulate_media(color_scheme=scheme)
    found = []
    for path in [*OUTSIDE, f"/invitation/{token}"]:
        page.goto(path)
        found += violations(page, rules)
    sign_in(page)
    page.goto("/account/reauthenticate/?next=/me/")
    found += violations(page, rules)
    show_it_is_you(page)
    for path in INSIDE:
        page.goto(path.format(colleague=Membership.objects.get(user=karim.user).pk))
        found += violations(page, rules)
    assert found == []
