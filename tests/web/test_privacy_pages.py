"""The privacy page, somebody's copy, and erasing somebody; from the outside in."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import Kind
from deining.core.models import Brand, LogEntry
from deining.people.actions.notes import add_note
from deining.people.erasure import kept
from deining.people.models import Erased, LedgerEntry, Person, RetentionRule, Subject
from tests import builders

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def page_of(actor: Actor, rest: str = "privacy") -> str:
    return f"/b/{actor.brand.slug}/{rest}"


@pytest.fixture
def marijke(brand: Brand, owner: Actor) -> Person:
    person = builders.make_person(brand, "Marijke <b>Maes</b>", probability=0.62, events=2)
    account = builders.make_identity(person, "m-1", name="Marijke", email="marijke@example.org")
    about = Subject.objects.create(brand=brand, name='=HYPERLINK("x")')
    builders.make_entry(account, subject=about, asked=True)
    builders.make_entry(account, clock.now() - timedelta(days=500), Kind.CLICK)
    add_note(actor=owner, person=person, text="Prefers the morning.")
    return person


def test_the_page_says_what_is_kept_and_who_may_change_it(owner: Actor, viewer: Actor) -> None:
    page = signed_in(owner).get(page_of(owner)).text
    assert "Everything is kept until you say for how long" in page
    assert 'name="keep-click"' in page
    looked = signed_in(viewer).get(page_of(owner))
    assert looked.status_code == 200
    assert 'name="keep-click"' not in looked.text


def test_counting_tells_and_changes_nothing(owner: Actor, marijke: Person) -> None:
    page = signed_in(owner).post(page_of(owner, "privacy/retention"), {"keep-click": "365", "do": "count"})
    assert "These rules would remove 1 row today, and nobody." in page.text
    assert LedgerEntry.objects.count() == 2
    assert not RetentionRule.objects.exists()
    part = signed_in(owner).post(
        page_of(owner, "privacy/retention"),
        {"keep-click": "365", "do": "count"},
        headers={"HX-Request": "true"},
    )
    assert part.text.lstrip().startswith("<form")


def test_rules_are_saved_all_or_none(owner: Actor) -> None:
    client, address = signed_in(owner), page_of(owner, "privacy/retention")
    wrong = client.post(address, {"keep-click": "365", "keep-order": "soon", "do": "save"})
    assert wrong.status_code == 400
    assert "“soon” is not a number of days (at “order”)" in wrong.text
    assert client.post(address, {"keep-click": "365", "keep-order": "99999", "do": "save"}).status_code == 400
    assert not RetentionRule.objects.exists()
    saved = client.post(address, {"keep-click": "365", "do": "save"}, follow=True)
    assert "1 kind of thing is removed in time" in saved.text
    assert "would remove nothing today" in client.get(page_of(owner, "privacy/count")).text


def test_a_copy_holds_everything_in_both_languages(owner: Actor, marijke: Person) -> None:
    client, address = signed_in(owner), page_of(owner, f"people/{marijke.pk}/copy")
    assert "Download the copy" in client.get(address).text
    assert not LogEntry.objects.filter(kind="person.exported").exists()
    answer = client.post(address)
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"lees-mij.html", "read-me.html", "everything.json", "ledger.csv", "notes.csv"} <= set(files)
    assert "Wat Zuiderlicht over je bewaart" in files["lees-mij.html"]
    assert "What passed between us" in files["read-me.html"]
    assert "Prefers the morning." in files["read-me.html"]
    assert "<b>Maes" not in files["read-me.html"]
    sections = json.loads(files["everything.json"])["sections"]
    assert [row["kind"] for row in sections["ledger"]] == ["click", "post"]
    assert sections["accounts"][0]["email"] == "marijke@example.org"
    assert sections["score"][0]["probability"] == 0.62
    cells = list(csv.DictReader(io.StringIO(files["ledger.csv"].removeprefix("\ufeff"))))
    assert cells[1]["about"].startswith("'=HYPERLINK")
    assert LogEntry.objects.get(kind="person.exported").subject_id == marijke.pk


def test_erasing_asks_for_the_name(owner: Actor, marijke: Person) -> None:
    client, address = signed_in(owner), page_of(owner, f"people/{marijke.pk}/erase")
    kept.path().unlink(missing_ok=True)
    assert "Type “Marijke &lt;b&gt;Maes&lt;/b&gt;” to confirm" in client.get(address).text
    wrong = client.post(address, {"typed": "Marie"})
    assert (wrong.status_code, "Nothing was erased" in wrong.text) == (400, True)
    done = client.post(address, {"typed": "marijke <b>maes</b>", "why": "asked"}, follow=True)
    assert "Only keyed hashes are left" in done.text
    assert not Person.objects.exists()
    page = client.get(page_of(owner)).text
    assert "2 accounts and addresses are refused" in page
    assert Erased.objects.first().keyed_hash[:10] in page  # type: ignore[union-attr]
    assert client.get(address).status_code == 404


def test_a_note_on_somebody_else_that_names_them_is_shown_first(
    owner: Actor, brand: Brand, fan: Person
) -> None:
    wim = builders.make_person(brand, "Wim Klaver")
    add_note(actor=owner, person=fan, text="Introduced by Wim Klaver.")
    page = signed_in(owner).get(page_of(owner, f"people/{wim.pk}/erase")).text
    assert "A note on Fien" in page


def test_a_viewer_takes_nothing_and_erases_nobody(viewer: Actor, marijke: Person) -> None:
    client = signed_in(viewer)
    for rest in (f"people/{marijke.pk}/copy", f"people/{marijke.pk}/erase", "privacy/retention"):
        assert client.post(page_of(viewer, rest), {"typed": str(marijke)}).status_code == 403
    assert client.get(page_of(viewer, "privacy/count")).status_code == 403
    assert Person.objects.filter(pk=marijke.pk).exists()


def test_an_outsider_finds_none_of_it(outsider: Actor, owner: Actor, marijke: Person) -> None:
    client = signed_in(outsider)
    rests = ["privacy", "privacy/count", f"people/{marijke.pk}/copy", f"people/{marijke.pk}/erase"]
    for rest in rests:
        assert client.get(page_of(owner, rest)).status_code == 404
    for rest in (*rests[2:], "privacy/retention"):
        assert client.post(page_of(owner, rest), {"typed": str(marijke), "do": "save"}).status_code == 404
    for rest in rests[2:]:
        assert client.get(page_of(outsider, rest)).status_code == 404
        assert client.post(page_of(outsider, rest), {"typed": str(marijke)}).status_code == 404
    assert Person.objects.filter(pk=marijke.pk).exists()
    assert Client().get(page_of(owner)).status_code == 302
