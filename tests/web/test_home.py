"""Home and "how do we know": computed titles, figures with intervals, what to do, nothing for outsiders."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deining.channels.imports.models import Import, ImportState
from deining.core import clock
from deining.core.actors import Actor
from deining.core.models import Brand, Job
from deining.people.models import FittedModel, ShareOnDay
from tests import builders

pytestmark = pytest.mark.django_db


def page(client: Client, actor: Actor, path: str = "") -> str:
    assert actor.user is not None
    client.force_login(actor.user)
    return client.get(f"/b/{actor.brand.slug}/{path}").content.decode()


def make_fit(brand: Brand, **fields: Any) -> FittedModel:
    windows = [
        {"cutoff": "2025-01-01", "people": 90, "base_rate": 0.2, "predicted": 0.19, "auc": 0.88,
         "auc_count": 0.71, "auc_recency": 0.75},
        {"cutoff": "2025-07-01", "people": 110, "base_rate": 0.22, "predicted": 0.2, "auc": 0.9,
         "auc_count": 0.7, "auc_recency": 0.72},
    ]  # fmt: skip
    given: dict[str, Any] = {
        "layer": "shown", "provisional": True, "parameters": {}, "share": 0.14, "share_low": 0.12,
        "share_high": 0.16, "people": 3412, "backtest": windows,
        "calibration": [{"predicted": 0.65, "observed": 0.64, "people": 80}],
        "notes": [{"code": "horizon", "params": {"weeks": 3, "horizon": 180, "lookback": 365}}],
    }  # fmt: skip
    ShareOnDay.objects.create(
        brand=brand, day=20_000, share=0.12, low=0.1, high=0.14, people=100, from_past=True
    )
    ShareOnDay.objects.create(brand=brand, day=20_400, share=0.14, low=0.12, high=0.16, people=3412)
    return FittedModel.objects.create(brand=brand, **(given | fields))


def make_seeker(brand: Brand, name: str, **fields: Any) -> None:
    given = {
        "probability": 0.8, "probability_low": 0.7, "probability_high": 0.9, "segment": "seeker", "events": 4,
        "last_seen": clock.now(), "seeker_since": clock.day_number(clock.now(), brand.time_zone) - 100,
    }  # fmt: skip
    builders.make_person(brand, name, **(given | fields))


def make_job(brand: Brand, key: str, **fields: Any) -> Job:
    return Job.objects.create(task="x", brand=brand, key=key.format(brand=brand.pk), **fields)


def test_a_new_brand_is_told_to_bring_in_a_file(client: Client, owner: Actor) -> None:
    shown = page(client, owner)
    assert "Bring in who did what, and see who wants a relationship" in shown
    assert "Start with a file of who did what, when" in shown


def test_while_scoring_runs_home_says_so(client: Client, owner: Actor) -> None:
    builders.make_person(owner.brand, "Ann")
    Job.objects.create(task="x", brand=owner.brand, key=f"score:{owner.brand.pk}")
    assert "We are finding out who wants a relationship" in page(client, owner)


@pytest.mark.parametrize(
    ("key", "heading", "told"),
    [
        ("demo:{brand}", "A museum is being invented", "The invented people are being made"),
        ("import:1", "The first people are coming in", "A file is being read"),
        ("score:{brand}", "We are finding out who wants a relationship", "Being worked out"),
    ],
)
def test_what_a_first_job_is_doing_is_shown_with_how_far_it_is(
    client: Client, owner: Actor, key: str, heading: str, told: str
) -> None:
    job = make_job(owner.brand, key, state="claimed", progress_done=3, progress_total=8)
    shown = page(client, owner)
    assert heading in shown
    assert told in shown
    assert '<progress value="3" max="8"' in shown
    assert f'hx-get="/b/{owner.brand.slug}/progress/{job.pk}"' in shown
    assert "Start with a file" not in shown


def test_the_bar_asks_on_until_the_job_is_over_and_then_for_the_page(client: Client, owner: Actor) -> None:
    job = make_job(owner.brand, "demo:{brand}")
    assert "Waiting for its turn." in page(client, owner, f"progress/{job.pk}")
    Job.objects.filter(pk=job.pk).update(attempts=1)
    assert "It stopped, and is tried again soon." in page(client, owner, f"progress/{job.pk}")
    Job.objects.filter(pk=job.pk).update(state="done")
    answer = client.get(f"/b/{owner.brand.slug}/progress/{job.pk}")
    assert answer.headers["HX-Refresh"] == "true"
    assert not answer.content


def test_a_brand_with_figures_does_not_hide_them_behind_a_job(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann")
    make_job(owner.brand, "import:1")
    assert "A file is being read" not in page(client, owner)


def test_the_job_of_another_brand_shows_nothing(client: Client, owner: Actor, outsider: Actor) -> None:
    job = make_job(outsider.brand, "demo:{brand}")
    assert "invented people" not in page(client, owner)
    assert client.get(f"/b/{owner.brand.slug}/progress/{job.pk}").status_code == 404
    assert outsider.user is not None
    client.force_login(outsider.user)
    assert client.get(f"/b/{owner.brand.slug}/progress/{job.pk}").status_code == 404


def test_who_may_not_import_sees_no_import_button(client: Client, owner: Actor, viewer: Actor) -> None:
    address = f'href="/b/{owner.brand.slug}/imports'
    assert address in page(client, owner)
    shown = page(client, viewer)
    assert address not in shown
    assert "Nobody is here yet" in shown
    make_job(owner.brand, "import:1")
    assert address not in page(client, viewer)


def test_the_first_job_is_told_in_dutch(client: Client, owner: Actor, viewer: Actor) -> None:
    for actor in (owner, viewer):
        assert actor.user is not None
        actor.user.language = "nl"
        actor.user.save()
    assert "Er is nu nog niets te zien" in page(client, viewer)
    make_job(owner.brand, "demo:{brand}", state="claimed")
    shown = page(client, owner)
    for words in ("Er wordt een museum verzonnen", "De verzonnen mensen worden gemaakt", "Aan het werk."):
        assert words in shown


def test_people_without_enough_history_give_no_figure(client: Client, owner: Actor) -> None:
    builders.make_person(owner.brand, "Ann")
    shown = page(client, owner)
    assert "Nothing can be told about these people yet" in shown
    assert "Cannot be told yet" in shown


def test_the_title_is_computed_from_what_needs_doing(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    for name in ("Ann", "Bob", "Cis"):
        make_seeker(owner.brand, name, change=-0.2)
    Import.objects.create(brand=owner.brand, name="a.csv", path="a", state=ImportState.FAILED)
    assert "Three people slip away, one import needs a look" in page(client, owner)


def test_when_all_is_well_the_title_says_that(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann")
    assert "Nobody slips away and nothing waits" in page(client, owner)


def test_the_share_comes_with_its_interval_and_how_we_know(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann")
    shown = page(client, owner).replace("\u00a0", " ")
    assert "of the 3,412 people who were here in the last 365 days; between 12 % and 16 %" in shown
    assert "Tested on 2 earlier periods: of those we gave about 65 %, 64 % kept coming." in shown
    assert "provisional" in shown
    assert "1 seeker without an owner" in shown
    assert 'aria-label="14 %, between 12 % and 16 %"' in shown


def test_a_viewer_is_not_asked_to_do_what_a_viewer_may_not(
    client: Client, owner: Actor, viewer: Actor
) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann")
    shown = page(client, viewer)
    assert "without an owner" not in shown
    assert 'data-place="imports"' not in shown


def test_how_we_know_shows_each_test_beside_simpler_ways(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    shown = page(client, owner, "how-we-know").replace("\u00a0", " ")
    for figure in ("1 July 2025", "90 %", "70 %", "72 %", "active in 3 or more different weeks"):
        assert figure in shown


def test_how_we_know_has_nothing_to_show_before_the_first_fit(client: Client, owner: Actor) -> None:
    assert "We cannot show yet how good the figures are" in page(client, owner, "how-we-know")


def test_home_speaks_dutch(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann", change=-0.2)
    assert owner.user is not None
    owner.user.language = "nl"
    owner.user.save()
    assert "Eén mens glijdt weg" in page(client, owner)


def test_names_from_outside_are_text_and_nothing_else(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "<script>alert(1)</script>", change=-0.2)
    assert "<script>alert" not in page(client, owner)


def test_home_takes_a_fixed_number_of_queries(client: Client, owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann", change=-0.2)
    page(client, owner)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/b/{owner.brand.slug}/")
    for number in range(20):
        make_seeker(owner.brand, f"P{number}", change=-0.2)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/b/{owner.brand.slug}/")
    assert len(many) == len(few)
    assert len(many) < 40


@pytest.mark.parametrize("path", ["", "how-we-know"])
def test_an_outsider_finds_no_such_brand(client: Client, owner: Actor, outsider: Actor, path: str) -> None:
    assert outsider.user is not None
    client.force_login(outsider.user)
    assert client.get(f"/b/{owner.brand.slug}/{path}").status_code == 404
