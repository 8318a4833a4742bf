"""The demo brand: made once, marked as invented, understood well, gone without a trace."""

import pytest
from pytest import approx  # noqa: PT013

from deining.core import clock
from deining.core.actions.removal import remove_rows
from deining.core.actors import get_actor_for
from deining.core.errors import NotFound
from deining.core.models import Brand, Job
from deining.core.roles import Role
from deining.demo import truth
from deining.demo.actions import (
    demo_brand,
    make_demo_brand,
    open_demo_brand,
    remove_demo_brand,
    suggest_merges_now,
)
from deining.demo.filling import fill
from deining.people.models import Identity, LedgerEntry, MergeProposal, Note, Person
from tests import builders

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:fetch_arrow_table"),
]


def test_asking_twice_makes_one_brand_and_one_job() -> None:
    user = builders.make_user()
    brand = make_demo_brand(user)
    assert make_demo_brand(user) == brand
    assert brand.is_invented
    assert get_actor_for(user, brand.slug).role is Role.OWNER
    assert Job.objects.filter(brand=brand).count() == 1
    with pytest.raises(NotFound):
        get_actor_for(builders.make_user("Otto"), brand.slug)


def test_the_short_name_of_a_real_brand_is_left_to_it() -> None:
    builders.make_brand(slug="klompvaart")
    assert make_demo_brand(builders.make_user()).slug == "klompvaart-2"


def test_it_is_filled_understood_and_removed() -> None:
    own = builders.make_fan(builders.make_brand())
    brand, _ = open_demo_brand(builders.make_user(), now=clock.now())
    fill(brand, brand.created_at, people=300)
    assert Job.objects.filter(brand=brand, key=f"propose:{brand.pk}", state="waiting").exists()
    rows = LedgerEntry.objects.filter(brand=brand).count()
    fill(brand, brand.created_at, people=300)  # tried again after a crash
    assert LedgerEntry.objects.filter(brand=brand).count() == rows

    assert not MergeProposal.objects.filter(brand=brand).exists()
    suggest_merges_now(brand)
    assert not Job.objects.filter(brand=brand, state__in=["waiting", "claimed"]).exists()
    assert MergeProposal.objects.filter(brand=brand).exists()

    with_mail = Person.objects.filter(brand=brand, identities__network="mail")
    several = with_mail.filter(identities__network="shop")
    assert several.exists()
    assert Note.objects.filter(person__brand=brand).exists()
    found = truth.check(brand)
    assert found is not None
    assert found.auc > 0.7
    assert found.auc > found.auc_count
    assert found.wish_share == approx(0.17, abs=0.08)

    assert remove_demo_brand()
    assert demo_brand() is None
    remove_rows.func(brand_id=brand.pk)
    assert not Brand.objects.filter(pk=brand.pk).exists()
    assert not Identity.objects.exclude(person=own).exists()
    assert not remove_demo_brand()
