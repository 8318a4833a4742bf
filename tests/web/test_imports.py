"""The pages of imports, from an empty list to an undone import."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.places import new_upload, uploads_of
from deining.config import config
from deining.core.actors import Actor
from deining.people.models import LedgerEntry
from tests.channels.imports.files import LOG, imported, started, stored_file, upload, work

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor, *, checked: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checked)
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def address(actor: Actor, rest: str = "") -> str:
    return f"/b/{actor.brand.slug}/imports/{rest}"


def send(actor: Actor, text: str | bytes = LOG, name: str = "orders.csv") -> HttpResponse:
    data = text.encode() if isinstance(text, str) else text
    form = {"file": SimpleUploadedFile(name, data)}
    return signed_in(actor).post(address(actor, "upload"), form)  # type: ignore[return-value]


def form_of(run: Import, **changes: str) -> dict[str, str]:
    """What the browser sends when nothing but this was changed."""
    columns = {f"column_{role}": column for role, column in run.mapping["columns"].items()}
    return columns | {"tz": "Europe/Amsterdam", "day_first": "yes", "kind_of_all": "order"} | changes


def test_an_empty_list_says_what_to_do(owner: Actor) -> None:
    page = signed_in(owner).get(address(owner)).content.decode()
    assert "Nothing was imported yet" in page
    assert address(owner, "new") in page


def test_from_upload_to_result(owner: Actor) -> None:
    client = signed_in(owner)
    answer = send(owner)
    run = Import.objects.get()
    assert answer.headers["Location"] == address(owner, str(run.pk))
    page = client.get(address(owner, str(run.pk))).content.decode()
    assert "Is this what orders.csv says?" in page
    assert "Name matches" in page, "what was guessed comes with the reason"
    assert "Fien de Wit" in page
    assert client.post(address(owner, f"{run.pk}/start"), form_of(run)).status_code == 302
    page = client.get(address(owner, str(run.pk))).content.decode()
    assert "Waiting for its turn." in page
    assert address(owner, f"{run.pk}/progress") in page
    work()
    assert client.get(address(owner, f"{run.pk}/progress")).headers["HX-Refresh"] == "true"
    page = client.get(address(owner, str(run.pk))).content.decode()
    assert "orders.csv is in the ledger" in page
    assert "The uploaded file was removed from the server." in page
    assert "orders.csv" in client.get(address(owner)).content.decode()


def test_the_pages_speak_dutch(brand: object, owner: Actor) -> None:
    assert owner.user is not None
    owner.user.language = "nl"
    owner.user.save()
    run = imported(owner, LOG + "daan,Daan,ooit,vraag,lente\n")
    page = signed_in(owner).get(address(owner, str(run.pk))).content.decode()
    assert "orders.csv staat in het grootboek" in page
    assert "Afgekeurde rijen, met de reden" in page
    report = b"".join(signed_in(owner).get(address(owner, f"{run.pk}/rejected")))
    assert report.decode("utf-8-sig").startswith("bestand,rij,kolom,reden,waarde")


def test_the_preview_follows_the_form_without_keeping_it(owner: Actor) -> None:
    run = upload(owner)
    client = signed_in(owner)
    page = client.post(address(owner, f"{run.pk}/preview"), form_of(run, column_person="")).content.decode()
    assert "Say which column tells who it was" in page
    page = client.post(address(owner, f"{run.pk}/preview"), form_of(run, tz="Mars")).content.decode()
    assert "is not a time zone" in page
    page = client.post(
        address(owner, f"{run.pk}/preview"), form_of(run, column_time="onderwerp")
    ).content.decode()
    assert "not read" in page
    run.refresh_from_db()
    assert run.mapping["columns"]["person"] == "klant"


def test_without_scripts_columns_are_kept_by_a_button(owner: Actor) -> None:
    run = upload(owner)
    client = signed_in(owner)
    answer = client.post(
        address(owner, f"{run.pk}/columns"), form_of(run, column_about="", kind_of_all="visit")
    )
    assert answer.status_code == 302
    run.refresh_from_db()
    assert "about" not in run.mapping["columns"]
    assert run.mapping["kind"] == "visit"
    refused = client.post(address(owner, f"{run.pk}/start"), form_of(run, column_time=""))
    assert refused.status_code == 400
    assert "has no column with dates" in refused.content.decode()


def test_what_a_file_says_is_shown_as_text(owner: Actor) -> None:
    nasty = "<script>alert(1)</script>"
    run = upload(owner, LOG + f'{nasty},"{nasty}",2026-03-01,{nasty},{nasty}\n', f"{nasty}.csv")
    client = signed_in(owner)
    page = client.get(address(owner, str(run.pk))).content.decode()
    page += client.post(address(owner, f"{run.pk}/preview"), form_of(run)).content.decode()
    page += client.get(address(owner)).content.decode()
    assert "&lt;script&gt;" in page
    assert nasty not in page


def test_a_file_that_is_too_large_is_not_taken_in(owner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "upload_max_mb", 0)
    before = files_of(owner)
    for size in (50_000, 500_000):  # found while receiving, and by what the browser announced
        answer = send(owner, b"x" * size)
        assert answer.status_code == 400
        assert "is larger than 0 MB" in answer.content.decode()
    assert files_of(owner) == before
    assert not Import.objects.exists()


def test_no_file_or_an_unreadable_one_is_refused_in_a_sentence(owner: Actor) -> None:
    before = files_of(owner)
    assert "No file came along" in signed_in(owner).post(address(owner, "upload")).content.decode()
    answer = send(owner, b"%PDF-1.7 something", "brochure.pdf")
    assert (answer.status_code, "brochure.pdf looks like a PDF" in answer.content.decode()) == (400, True)
    assert files_of(owner) == before


def test_a_forged_form_leaves_no_file_behind(owner: Actor) -> None:
    before = files_of(owner)
    file = SimpleUploadedFile("orders.csv", LOG.encode())
    answer = signed_in(owner, checked=True).post(address(owner, "upload"), {"file": file})
    assert answer.status_code == 403
    assert files_of(owner) == before
    assert not Import.objects.exists()


def files_of(actor: Actor) -> set[Path]:
    new_upload(actor.brand)
    return set(uploads_of(actor.brand.pk).iterdir())


def test_a_path_on_the_server(owner: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    client = signed_in(owner)
    assert "From the server" not in client.get(address(owner, "new")).content.decode()
    refused = client.post(address(owner, "from-path"), {"path": str(tmp_path / "log.csv")})
    assert refused.status_code == 400
    assert "does not lie in a folder" in refused.content.decode()
    monkeypatch.setattr(config(), "import_folders", [tmp_path])
    assert str(tmp_path) in client.get(address(owner, "new")).content.decode()
    assert client.post(address(owner, "from-path"), {"path": str(tmp_path / "log.csv")}).status_code == 302
    assert Import.objects.get().is_upload is False


def test_rejected_rows_undo_retry_and_discard(owner: Actor) -> None:
    client = signed_in(owner)
    run = imported(owner, LOG + "daan,Daan,no date,vraag,lente\n")
    report = b"".join(client.get(address(owner, f"{run.pk}/rejected"))).decode("utf-8-sig")
    assert "no date" in report
    assert client.post(address(owner, f"{run.pk}/undo")).status_code == 302
    assert "is being undone" in client.get(address(owner, str(run.pk))).content.decode()
    work("undo_import")
    assert "orders.csv is undone" in client.get(address(owner, str(run.pk))).content.decode()
    assert not LedgerEntry.objects.exists()
    assert client.get(address(owner, f"{run.pk}/rejected")).status_code == 404

    broken = started(owner)
    stored_file(broken).unlink()
    work()
    page = client.get(address(owner, str(broken.pk))).content.decode()
    assert "orders.csv does not exist" in page
    assert client.post(address(owner, f"{broken.pk}/retry")).status_code == 302

    draft = upload(owner)
    assert client.post(address(owner, f"{draft.pk}/discard")).headers["Location"] == address(owner)
    assert not Import.objects.filter(pk=draft.pk).exists()


def test_a_begun_import_is_not_changed_any_more(owner: Actor) -> None:
    run = started(owner)
    for verb in ("preview", "columns", "start", "discard"):
        assert signed_in(owner).post(address(owner, f"{run.pk}/{verb}"), form_of(run)).status_code == 409


def test_a_long_list_has_pages_and_few_queries(
    owner: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Import.objects.bulk_create(
        Import(brand=owner.brand, name=f"file-{number}.csv", state=ImportState.DONE) for number in range(35)
    )
    client = signed_in(owner)
    with django_assert_max_num_queries(8):
        page = client.get(address(owner)).content.decode()
    assert page.count("file-") == 30
    oldest = Import.objects.order_by("-pk")[29].pk
    assert f"before={oldest}" in page
    assert client.get(address(owner, f"?before={oldest}")).content.decode().count("file-") == 5


GET = ("", "new", "{run}", "{run}/progress", "{run}/rejected")
POST = (
    "upload",
    "from-path",
    "{run}/preview",
    "{run}/columns",
    "{run}/start",
    "{run}/discard",
    "{run}/retry",
    "{run}/undo",
)


def test_outsiders_find_nothing_and_lookers_may_nothing(owner: Actor, viewer: Actor, outsider: Actor) -> None:
    run = upload(owner)
    before = files_of(owner)
    for actor, status in ((outsider, 404), (viewer, 403)):
        client = signed_in(actor)
        for path in GET:
            assert client.get(address(owner, path.format(run=run.pk))).status_code == status, path
        for path in POST:
            file = SimpleUploadedFile("orders.csv", LOG.encode())
            answer = client.post(
                address(owner, path.format(run=run.pk)), {"file": file, "path": "/etc/passwd"}
            )
            assert answer.status_code == status, path
    # an outsider who names our import under the own brand finds nothing either
    client = signed_in(outsider)
    for path in GET[2:]:
        assert client.get(address(outsider, path.format(run=run.pk))).status_code == 404
    for path in POST[2:]:
        assert client.post(address(outsider, path.format(run=run.pk))).status_code == 404
    assert files_of(owner) == before
    run.refresh_from_db()
    assert run.state == ImportState.DRAFT


def test_nothing_is_changed_by_a_link(owner: Actor) -> None:
    run = upload(owner)
    for path in POST:
        assert signed_in(owner).get(address(owner, path.format(run=run.pk))).status_code == 405
