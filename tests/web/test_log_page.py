"""Who did what, and why: reading, filtering, leafing and taking along."""

import pytest
from django.test import Client

from deining.core import log
from deining.core.actors import Actor, system_actor
from deining.core.log_kinds import BRAND_CHANGED, MEMBER_ROLE_CHANGED
from deining.core.models import LogEntry
from deining.core.queries.log_entries import PAGE, LogFilter, page_of
from deining.core.roles import Role
from deining.people.log_kinds import PERSON_CHANGED
from deining.web.desk.views.log import safe_cell
from tests import builders

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def read(actor: Actor, query: str = "") -> str:
    return signed_in(actor).get(f"/b/{actor.brand.slug}/log/{query}").text


def test_an_entry_says_who_what_why_and_with_whom(owner: Actor) -> None:
    fien = builders.make_person(owner.brand, "Fien")
    log.record(owner, PERSON_CHANGED, fien, why="she asked", fields=["name"])
    page = read(owner)
    for said in ("Noor", "changed a person", "Fien", "she asked", f"/b/{owner.brand.slug}/people/{fien.pk}"):
        assert said in page


def test_text_from_outside_is_text(owner: Actor) -> None:
    fien = builders.make_person(owner.brand, "<script>alert(1)</script>")
    log.record(owner, PERSON_CHANGED, fien, why="<b>bold</b>")
    page = read(owner)
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_who_is_gone_has_a_number_and_no_link(owner: Actor) -> None:
    fien = builders.make_person(owner.brand, "Fien")
    log.record(owner, PERSON_CHANGED, fien)
    number = fien.pk
    fien.delete()
    page = read(owner)
    assert f"person {number}" in page
    assert f"/people/{number}" not in page


def test_filtering_by_kind_colleague_and_person(owner: Actor, viewer: Actor) -> None:
    fien = builders.make_person(owner.brand, "Fien")
    log.record(owner, PERSON_CHANGED, fien, why="one")
    log.record(viewer, BRAND_CHANGED, owner.brand, why="two")
    log.record(system_actor(owner.brand, "nightly"), BRAND_CHANGED, owner.brand, why="three")
    assert viewer.user is not None
    for query, seen, unseen in (
        ("?kind=person.changed", {"one"}, {"two", "three"}),
        (f"?who={viewer.user.pk}", {"two"}, {"one", "three"}),
        ("?who=system", {"three"}, {"one", "two"}),
        (f"?person={fien.pk}", {"one"}, {"two", "three"}),
        ("?who=;drop&person=x&before=-", {"one", "two", "three"}, set()),
    ):
        page = read(owner, query)
        assert {why for why in ("one", "two", "three") if f"“{why}”" in page} == seen, query
        assert not any(f"“{why}”" in page for why in unseen), query
    assert "Nothing was logged that fits" in read(owner, "?kind=brand.started")


def test_leafing_there_and_back_shows_every_entry_once(owner: Actor) -> None:
    for _number in range(2 * PAGE + 7):
        log.record(owner, BRAND_CHANGED, owner.brand)
    everything = list(LogEntry.objects.filter(brand=owner.brand).values_list("pk", flat=True))
    seen, pages, page = [], [], page_of(owner, LogFilter())
    while True:
        pages.append(page)
        seen += [entry.pk for entry in page.entries]
        if page.older is None:
            break
        page = page_of(owner, LogFilter(), before=page.older)
    assert seen == everything
    assert [len(page.entries) for page in pages] == [PAGE, PAGE, 7]
    back = page_of(owner, LogFilter(), after=pages[2].newer)
    assert back.entries == pages[1].entries
    assert page_of(owner, LogFilter(), after=back.newer).entries == pages[0].entries
    assert page_of(owner, LogFilter(), after=back.newer).newer is None


def test_new_entries_do_not_shift_what_is_being_read(owner: Actor) -> None:
    for _number in range(PAGE + 5):
        log.record(owner, BRAND_CHANGED, owner.brand)
    first = page_of(owner, LogFilter())
    log.record(owner, BRAND_CHANGED, owner.brand)
    second = page_of(owner, LogFilter(), before=first.older)
    assert len(second.entries) == 5


def test_the_export_is_csv_that_no_spreadsheet_runs_and_is_itself_logged(owner: Actor) -> None:
    log.record(owner, MEMBER_ROLE_CHANGED, owner.brand, why="=HYPERLINK(1)", before="viewer", after="editor")
    answer = signed_in(owner).get(f"/b/{owner.brand.slug}/log.csv?kind=member.role_changed")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = b"".join(answer).decode().splitlines()  # type: ignore[arg-type]
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]
    assert "before=viewer; after=editor" in lines[1]
    assert LogEntry.objects.first().kind == "log.exported"  # type: ignore[union-attr]


def test_a_cell_that_starts_like_a_formula_is_made_text() -> None:
    assert [safe_cell(text) for text in ("=1", "+1", "-1", "@a", "\tx", "fine", "")] == [
        "'=1",
        "'+1",
        "'-1",
        "'@a",
        "'\tx",
        "fine",
        "",
    ]


@pytest.mark.parametrize("role", list(Role))
def test_the_log_is_for_who_may_read_it(owner: Actor, role: Role) -> None:
    colleague = builders.make_colleague(owner.brand, role, "Karim")
    expected = 200 if role in {Role.OWNER, Role.MANAGER, Role.ANALYST} else 403
    client = signed_in(colleague)
    assert client.get(f"/b/{owner.brand.slug}/log/").status_code == expected
    assert client.get(f"/b/{owner.brand.slug}/log.csv").status_code == expected


def test_an_outsider_reads_nothing_of_ours_not_even_through_a_filter(owner: Actor, outsider: Actor) -> None:
    fien = builders.make_person(owner.brand, "Fien")
    log.record(owner, PERSON_CHANGED, fien, why="ours")
    client = signed_in(outsider)
    assert client.get(f"/b/{owner.brand.slug}/log/").status_code == 404
    page = read(outsider, f"?person={fien.pk}")
    assert "ours" not in page.replace("hours", "")
    assert "Fien" not in page


def test_the_page_asks_the_same_of_the_database_for_any_number_of_entries(
    owner: Actor, django_assert_max_num_queries: object
) -> None:
    client = signed_in(owner)
    for number in range(PAGE):
        log.record(owner, PERSON_CHANGED, builders.make_person(owner.brand, f"P{number}"))
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(f"/b/{owner.brand.slug}/log/")
