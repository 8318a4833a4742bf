"""Home, People and Person in a real browser: readable for all, by keyboard, in both themes and languages."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import Direction, Kind
from deining.core.roles import Role
from deining.people.actions.notes import add_note
from deining.people.actions.tags import put_tag
from deining.people.models import FittedModel, Person, ShareOnDay
from tests import builders
from tests.browser.desk import NARROW, WIDE, signed_in, started

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WINDOW = {
    "cutoff": "2026-01-01",
    "people": 40,
    "predicted": 0.1,
    "base_rate": 0.12,
    "auc": 0.8,
    "auc_count": 0.7,
    "auc_recency": 0.6,
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def furnished(language: str = "en") -> tuple[Actor, Person]:
    """A brand with a fit, a few dozen people, and somebody with a history."""
    owner = builders.make_colleague(builders.make_brand(is_invented=True), Role.OWNER, language=language)
    brand, now = owner.brand, clock.now()
    today = clock.day_number(now, brand.time_zone)
    FittedModel.objects.create(
        brand=brand, layer="shown", provisional=True, parameters={}, share=0.14, share_low=0.12,
        share_high=0.16, people=40, backtest=[WINDOW],
        calibration=[{"predicted": 0.6, "observed": 0.64, "people": 30}],
        notes=[{"code": "few_windows", "params": {"windows": 1}}], scored_day=today,
    )  # fmt: skip
    for back in (400, 0):
        ShareOnDay.objects.create(brand=brand, day=today - back, share=0.12, low=0.1, high=0.14, people=40)
    for number in range(14):
        share = 0.9 - number / 18
        builders.make_person(
            brand, f"Lieke {number:02}", probability=share, probability_low=max(0, share - 0.1),
            probability_high=share + 0.05, segment="seeker" if share > 0.5 else "passer_by", events=number,
            last_seen=now - timedelta(days=number), first_seen=now - timedelta(days=400),
            change=-0.2 if number == 3 else 0.02, seeker_since=today - (2 if number < 2 else 90),
        )  # fmt: skip
    fan = builders.make_fan(brand)
    Person.objects.filter(pk=fan.pk).update(
        probability=0.95, probability_low=0.8, probability_high=0.99, segment="seeker", events=12,
        seeker_since=today - 3, last_seen=now, first_seen=now,
    )  # fmt: skip
    account = fan.identities.get()
    ask = builders.make_entry(account, now - timedelta(hours=9), Kind.ASK, direction=Direction.WE)
    builders.make_entry(account, now, Kind.VOTE, asked=True, answers=ask.fingerprint)
    put_tag(actor=owner, name="gent", people=[fan.pk])
    add_note(actor=owner, person=fan, text="Belt liever na vijven.")
    return owner, fan


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_is_accessible_and_fits(
    chromium: Browser, live_server: Any, size: tuple[int, int], theme: str
) -> None:
    owner, fan = furnished("nl" if theme == "dark" else "en")
    with signed_in(chromium, live_server, owner, size=size, theme=theme) as desk:
        for path in ("", "how-we-know", "people", "people?segment=seeker&tag=gent", "people?q=nobody"):
            desk.open(path)
            assert desk.violations() == [], path
            assert not desk.is_wider_than_the_screen(), path
        desk.open(f"people/{fan.pk}")
        assert desk.violations() == []
        assert not desk.is_wider_than_the_screen()
    empty = builders.make_colleague(builders.make_brand("Leeg"), language="en")
    with signed_in(chromium, live_server, empty, size=size, theme=theme) as desk:
        for path in ("", "people", "how-we-know", "people/999999"):
            desk.open(path)
            desk.complaints.clear() if path == "people/999999" else None
            assert desk.violations() == [], path


def test_open_menus_dialogs_and_the_palette_are_accessible(chromium: Browser, live_server: Any) -> None:
    owner, fan = furnished()
    with signed_in(chromium, live_server, owner) as desk:
        page = desk.open("people")
        for menu in page.locator("main details[data-menu] > summary").all():
            if menu.is_visible():
                menu.click()
                assert desk.violations() == []
                page.keyboard.press("Escape")
        page.locator("details.more > summary").click()
        assert desk.violations() == []
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        assert desk.violations() == []
        page.keyboard.press("Escape")
        page.keyboard.press("Control+k")
        page.keyboard.type("fien")
        expect(page.locator("#found-people [role=option]")).to_have_count(1)
        assert desk.violations() == []
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Fien")
        assert page.url.endswith(f"/people/{fan.pk}")


def test_the_list_is_walked_searched_and_chosen_by_keyboard(chromium: Browser, live_server: Any) -> None:
    owner, _fan = furnished()
    with signed_in(chromium, live_server, owner) as desk:
        page = desk.open("people")
        page.keyboard.press("/")
        page.keyboard.type("lieke")
        expect(page.locator("h1")).to_have_text("14 people")
        expect(page).to_have_url(f"{desk.address}people?q=lieke")
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.locator("tr.here .name")).to_have_text("Lieke 01")
        page.keyboard.press("x")
        expect(page.locator("[data-chosen]")).to_have_text("1")
        page.locator(".toolbar summary", has_text="Tag").click()
        page.locator("#bulk-tag").fill("keen")
        page.get_by_role("button", name="Put it on").click()
        expect(page.get_by_role("status")).to_contain_text("1 person now carries")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Lieke 00")


def test_the_list_narrows_without_a_reload_and_back_goes_back(chromium: Browser, live_server: Any) -> None:
    owner, _fan = furnished()
    with signed_in(chromium, live_server, owner) as desk:
        page = desk.open("people")
        page.select_option("select[name=segment]", "seeker")
        expect(page.locator("h1")).to_contain_text("want a relationship")
        page.locator(".chips a").first.click()
        expect(page.locator("h1")).to_have_text("15 people")
        page.go_back()
        expect(page.locator("h1")).to_contain_text("want a relationship")


def test_everything_works_without_scripts(chromium: Browser, live_server: Any) -> None:
    owner, fan = furnished()
    with signed_in(chromium, live_server, owner) as desk:
        context = chromium.new_context(java_script_enabled=False)
        context.add_cookies([{**cookie} for cookie in desk.context.cookies()])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.goto(f"{desk.address}people")
        page.fill("#q", "fien")
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.locator("h1")).to_have_text("1 person")
        page.get_by_role("link", name="Fien", exact=True).click()
        page.fill("textarea[name=text]", "Zonder script.")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.locator(".note").first).to_contain_text("Zonder script.")
        context.close()
    assert fan.notes.count() == 2


def test_the_choice_of_appearance_wins_from_the_device(chromium: Browser, live_server: Any) -> None:
    owner, _fan = furnished()
    with signed_in(chromium, live_server, owner, theme="light") as desk:
        page = desk.open("people")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(246, 244, 238)"
        page.locator(".rail .foot summary").click()
        page.locator(".rail").get_by_role("button", name="Dark").click()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(ground) == "rgb(14, 24, 29)"


def test_a_deed_that_cannot_be_undone_is_asked_twice(chromium: Browser, live_server: Any) -> None:
    owner, fan = furnished()
    with signed_in(chromium, live_server, owner) as desk:
        page = desk.open(f"people/{fan.pk}")
        page.get_by_role("button", name="Remove").click()
        expect(page.locator("#confirm")).to_be_visible()
        assert desk.violations() == []
        page.get_by_role("button", name="No, leave it").click()
        assert fan.notes.count() == 1
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.locator("article.note")).to_have_count(0)
    assert fan.notes.count() == 0


def test_the_browser_used_is_the_one_of_the_system(chromium: Browser) -> None:
    assert Path("/usr/bin/chromium").exists()
    assert int(chromium.version.split(".")[0]) >= 123, "light-dark() needs this"
