"""A file on its way into a ledger: drafted, mapped, run, reported, undone."""

from datetime import timedelta
from pathlib import Path

import pytest

from deining.channels.imports.access import get_import_for
from deining.channels.imports.actions.columns import Choices, change_columns
from deining.channels.imports.actions.drafts import discard, draft_from_path
from deining.channels.imports.actions.runs import retry, start, undo
from deining.channels.imports.duties import forget_old_drafts
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import UnusableFile
from deining.channels.imports.places import new_upload, report_of
from deining.channels.imports.queries import imports_of
from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError, NotAllowed, NotFound
from deining.core.models import Brand, Job, LogEntry
from deining.people.models import Identity, LedgerEntry, Person
from tests.channels.imports.files import LOG, imported, started, stored_file, upload, work

pytestmark = pytest.mark.django_db


def test_from_file_to_ledger(owner: Actor) -> None:
    draft = upload(owner)
    assert (draft.state, draft.name, draft.format) == (ImportState.DRAFT, "orders.csv", "csv")
    assert draft.mapping["columns"]["person"] == "klant"
    run = start(actor=owner, run=draft)
    assert run.state == ImportState.QUEUED
    assert not LedgerEntry.objects.exists()
    work()
    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert (run.rows_done, run.rows_added, run.people_added, run.rows_rejected) == (3, 3, 2, 0)
    assert Person.objects.get(identities__external_id="fien").name == "Fien de Wit"
    assert LogEntry.objects.get(kind="import.finished").data == {"added": 3, "rejected": 0}


def test_after_success_the_upload_is_gone_and_the_scores_are_asked_for(owner: Actor) -> None:
    run = imported(owner)
    assert not stored_file(run).exists()
    keys = set(Job.objects.filter(state="waiting").values_list("key", flat=True))
    assert f"score:{owner.brand.pk}" in keys


def test_the_same_file_again_adds_nothing(owner: Actor) -> None:
    imported(owner)
    again = imported(owner)
    assert (again.rows_added, again.rows_known, again.people_added) == (0, 3, 0)


def test_bad_rows_come_back_as_a_file_and_the_good_ones_go_in(owner: Actor) -> None:
    run = imported(owner, LOG + "daan,Daan,not a date,vraag,lente\n,,2026-03-01,vraag,lente\n")
    assert (run.rows_added, run.rows_rejected) == (3, 2)
    lines = report_of(run).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "file,row,column,reason,value"
    assert [line.split(",")[1:3] for line in lines[1:]] == [["4", "datum"], ["5", "klant"]]


def test_columns_said_by_hand_win_and_are_kept(owner: Actor) -> None:
    draft = upload(owner)
    run = change_columns(
        actor=owner, run=draft, choices=Choices(columns={"person": "naam", "about": ""}, network="Winkel")
    )
    start(actor=owner, run=run)
    work()
    assert set(Identity.objects.values_list("external_id", "network")) == {
        ("Fien de Wit", "winkel"),
        ("Bram", "winkel"),
    }
    assert not LedgerEntry.objects.filter(subject__isnull=False).exists()


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (Choices(columns={"person": "nobody"}), "has no column nobody"),
        (Choices(tz="Mars/Olympus"), "is not a time zone"),
        (Choices(kind="dance"), "is not a kind"),
    ],
)
def test_wrong_choices_are_refused_in_a_sentence(owner: Actor, choices: Choices, words: str) -> None:
    with pytest.raises(DeiningError, match=words):
        change_columns(actor=owner, run=upload(owner), choices=choices)


def test_a_draft_that_does_not_say_who_cannot_start(owner: Actor) -> None:
    draft = change_columns(actor=owner, run=upload(owner), choices=Choices(columns={"person": ""}))
    with pytest.raises(UnusableFile, match=r"orders\.csv has no column that says who"):
        start(actor=owner, run=draft)
    draft.refresh_from_db()
    assert draft.state == ImportState.DRAFT


def test_a_file_that_is_something_else_is_refused_by_its_own_name_and_not_kept(owner: Actor) -> None:
    before = set(new_upload(owner.brand).parent.iterdir())
    with pytest.raises(UnusableFile, match=r"holiday\.pdf looks like a PDF"):
        upload(owner, "%PDF-1.7 something", "C:\\photos\\holiday.pdf")
    assert not Import.objects.exists()
    assert set(new_upload(owner.brand).parent.iterdir()) == before


def test_a_file_that_vanished_fails_with_a_sentence_and_goes_on_when_it_is_back(owner: Actor) -> None:
    run = started(owner)
    text = stored_file(run).read_text()
    stored_file(run).unlink()
    work()
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert run.error == "orders.csv does not exist. Check the path."
    stored_file(run).write_text(text)
    retry(actor=owner, run=run)
    work()
    run.refresh_from_db()
    assert (run.state, run.rows_added, run.error) == (ImportState.DONE, 3, "")


def test_undo_takes_it_all_out_again(owner: Actor) -> None:
    run = imported(owner, LOG + "daan,Daan,no date,vraag,lente\n")
    undo(actor=owner, run=run)
    work("undo_import")
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
    assert not LedgerEntry.objects.exists()
    assert not Person.objects.exists()
    assert not report_of(run).exists()
    with pytest.raises(Conflict, match=r"orders\.csv is in another state"):
        undo(actor=owner, run=run)


def test_undo_before_it_ran_stops_it(owner: Actor) -> None:
    run = started(owner)
    undo(actor=owner, run=run)
    work()
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
    assert not LedgerEntry.objects.exists()
    assert not stored_file(run).exists()


def test_starting_twice_is_one_import(owner: Actor) -> None:
    draft = upload(owner)
    start(actor=owner, run=draft)
    with pytest.raises(Conflict):
        start(actor=owner, run=draft)
    assert Job.objects.filter(key=f"import:{draft.pk}").count() == 1


def test_a_draft_can_be_thrown_away_and_a_begun_import_cannot(owner: Actor) -> None:
    draft = upload(owner)
    discard(actor=owner, run=draft)
    assert not Import.objects.exists()
    assert not stored_file(draft).exists()
    with pytest.raises(Conflict, match="has begun already"):
        discard(actor=owner, run=started(owner))


def test_a_draft_nobody_came_back_to_is_forgotten_after_a_week(owner: Actor) -> None:
    old, young = upload(owner), upload(owner)
    Import.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=8))
    assert forget_old_drafts.func() == 1
    assert not stored_file(old).exists()
    assert stored_file(young).exists()


def test_a_path_is_only_followed_within_the_folders_that_were_opened(owner: Actor, tmp_path: Path) -> None:
    open_folder, secret = tmp_path / "open", tmp_path / "secret"
    for folder in (open_folder, secret):
        folder.mkdir()
        (folder / "log.csv").write_text(LOG)
    (open_folder / "link.csv").symlink_to(secret / "log.csv")
    within = [open_folder]
    for path in (
        str(secret / "log.csv"),
        str(open_folder / ".." / "secret" / "log.csv"),
        str(open_folder / "link.csv"),
        "log.csv",
        "~/log.csv",
        "",
    ):
        with pytest.raises(NotAllowed, match="does not lie in a folder"):
            draft_from_path(actor=owner, path=path, within=within)
    with pytest.raises(DeiningError, match="There is no file"):
        draft_from_path(actor=owner, path=str(open_folder / "nothing.csv"), within=within)
    run = draft_from_path(actor=owner, path=str(open_folder / "log.csv"), within=within)
    start(actor=owner, run=run)
    work()
    assert LedgerEntry.objects.count() == 3
    assert (open_folder / "log.csv").exists(), "a file on the server is not ours to remove"


def test_without_folders_no_path_is_followed(owner: Actor, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    with pytest.raises(NotAllowed, match="there is none yet"):
        draft_from_path(actor=owner, path=str(tmp_path / "log.csv"), within=[])


def test_outsiders_and_lookers_reach_no_import(owner: Actor, viewer: Actor, outsider: Actor) -> None:
    run = upload(owner)
    with pytest.raises(NotFound):
        get_import_for(outsider, run.pk)
    assert imports_of(outsider) == ([], False)
    for act in (discard, start, retry, undo):
        with pytest.raises(NotFound):
            act(actor=outsider, run=run)
        with pytest.raises(NotAllowed):
            act(actor=viewer, run=run)
    with pytest.raises(NotFound):
        change_columns(actor=outsider, run=run, choices=Choices(columns={"person": "naam"}))
    with pytest.raises(NotAllowed):
        imports_of(viewer)
    with pytest.raises(NotAllowed):
        upload(viewer)


def test_brands_do_not_see_each_others_imports(owner: Actor, outsider: Actor, brand: Brand) -> None:
    theirs = imported(outsider)
    assert imports_of(owner)[0] == []
    assert imports_of(outsider)[0] == [theirs]
    assert not Person.objects.filter(brand=brand).exists()
