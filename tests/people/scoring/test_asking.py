"""Asking for scores: cheap, at most one job at a time, and nothing is forgotten."""

import subprocess
import sys

import pytest

from deining.core.models import Brand, Job
from deining.people.models import FittedModel, RelationshipState
from deining.people.scoring import ask_for_scoring, needs_scoring, rescore_people
from deining.people.scoring.duties import ask_where_needed, score_brand
from tests import builders
from tests.people.scoring.village import make_village

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:fetch_arrow_table")]


def test_asking_twice_queues_one_job(brand: Brand) -> None:
    assert ask_for_scoring(brand) == ask_for_scoring(brand)
    assert Job.objects.filter(brand=brand).count() == 1


def test_a_brand_without_rows_needs_nothing(brand: Brand) -> None:
    assert not needs_scoring(brand)
    ask_where_needed()
    assert not Job.objects.exists()


def test_new_rows_are_noticed_and_those_of_others_are_not(brand: Brand) -> None:
    people = make_village(brand)
    assert needs_scoring(brand)
    score_brand.func(brand_id=brand.pk)
    assert not needs_scoring(brand)
    builders.make_fan(builders.make_brand("Elders"))
    assert not needs_scoring(brand)
    builders.make_entry(people[0].identities.get())
    assert needs_scoring(brand)
    score_brand.func(brand_id=brand.pk)
    assert not needs_scoring(brand)


def test_asking_for_everything_is_not_lost_when_a_job_waits(brand: Brand) -> None:
    make_village(brand)
    score_brand.func(brand_id=brand.pk)
    first = FittedModel.objects.get(brand=brand, is_current=True)
    ask_for_scoring(brand)
    ask_for_scoring(brand, whole=True)
    assert score_brand.func(brand_id=brand.pk)["whole"]
    assert FittedModel.objects.get(brand=brand, is_current=True) != first


def test_a_mark_is_work_to_do(brand: Brand) -> None:
    people = make_village(brand)
    score_brand.func(brand_id=brand.pk)
    rescore_people(brand, [people[0].pk, people[1].pk])
    assert RelationshipState.objects.filter(brand=brand, version=0).count() == 2
    assert needs_scoring(brand)
    assert score_brand.func(brand_id=brand.pk)["people"] == 2
    assert not needs_scoring(brand)


def test_asking_does_not_load_what_only_the_worker_needs() -> None:
    program = (
        "import django, sys; django.setup(); import deining.people.scoring, deining.people.scoring.duties, "
        "deining.demo.actions; heavy = ('numpy', 'pyarrow', 'duckdb', 'sklearn'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
