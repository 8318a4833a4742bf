"""Erasure reaches the files that imports keep: lists of rejected rows, uploads that wait."""

import gzip

import pytest

from deining.channels.imports.models import Import
from deining.channels.imports.places import report_of, reports_of, uploads_of
from deining.channels.imports.reactions import forget_files, forget_in_files
from deining.core.actions.brands import BrandRemoved
from deining.core.actors import Actor
from deining.people.forgetting import Traces
from tests.channels.imports.files import LOG, imported, started, stored_file, upload

pytestmark = pytest.mark.django_db

FIEN = Traces(
    person_ids=(1,),
    accounts=(("csv", "fien"),),
    emails=("fien@example.org",),
    handles=(),
    names=("Fien de Wit",),
)


def test_rejected_rows_about_the_person_go_and_the_others_stay(owner: Actor) -> None:
    bad = "fien@example.org,Fien,Fien@Example.org says no,x,y\nbram,Bram,never,x,y\n"
    report = report_of(imported(owner, LOG + bad))
    assert "Fien@Example.org" in report.read_text(encoding="utf-8-sig")
    forget_in_files(owner.brand, FIEN)
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "never" in lines[1]


def test_a_draft_that_speaks_of_the_person_is_discarded_and_another_stays(owner: Actor) -> None:
    about_fien = upload(owner, LOG)
    about_others = upload(owner, LOG.replace("fien", "daan").replace("Fien", "Daan"))
    forget_in_files(owner.brand, FIEN)
    assert list(Import.objects.all()) == [about_others]
    assert not stored_file(about_fien).exists()
    assert stored_file(about_others).exists()


def test_a_begun_import_loses_its_file_but_not_its_record(owner: Actor) -> None:
    run = started(owner, LOG)
    forget_in_files(owner.brand, FIEN)
    assert Import.objects.filter(pk=run.pk).exists()
    assert not stored_file(run).exists()


def test_a_packed_upload_cannot_be_looked_into_so_it_goes(owner: Actor) -> None:
    run = upload(owner)
    stored_file(run).write_bytes(gzip.compress(b"nobody we know"))
    forget_in_files(owner.brand, FIEN)
    assert not Import.objects.exists()


def test_other_brands_keep_their_files(owner: Actor, outsider: Actor) -> None:
    theirs = upload(outsider)
    forget_in_files(owner.brand, FIEN)
    assert stored_file(theirs).exists()


def test_a_removed_brand_leaves_no_file(owner: Actor) -> None:
    imported(owner, LOG + "bram,Bram,never,x,y\n")
    upload(owner)
    forget_files(BrandRemoved(brand_id=owner.brand.pk))
    assert not uploads_of(owner.brand.pk).exists()
    assert not reports_of(owner.brand.pk).exists()
