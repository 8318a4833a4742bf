"""How an installation gets its first user, and what a guest may and may not become."""

import pytest

from deining.core.actions import users
from deining.core.errors import Conflict, DeiningError
from deining.core.models import Membership, User
from deining.core.queries.users import has_real_users, is_guest
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db
NOOR = {"name": " Noor ", "email": "Noor@Example.org", "password": "correct horse", "language": "nl"}


def test_the_first_user_starts_and_the_second_is_refused() -> None:
    noor = users.make_first_user(**NOOR)
    assert (noor.email, noor.name, noor.language) == ("noor@example.org", "Noor", "nl")
    assert noor.check_password("correct horse")
    with pytest.raises(Conflict, match="Sign in"):
        users.make_first_user(**{**NOOR, "email": "mallory@example.org"})
    assert User.objects.count() == 1


def test_a_guest_does_not_count_as_somebody_who_started() -> None:
    guest = users.make_guest(language="en")
    assert is_guest(guest)
    assert not guest.has_usable_password()
    assert not has_real_users()
    assert users.make_guest(language="en") == guest, "looking around twice makes one guest"


def test_who_starts_takes_over_the_demo_brand_and_the_guest_goes() -> None:
    demo = builders.make_brand("Demo", is_invented=True)
    users.settle_guest(guest=users.make_guest(language="en"), brand=demo)
    noor = users.make_first_user(**NOOR)
    assert not User.objects.exclude(pk=noor.pk).exists()
    assert Membership.objects.get(brand=demo).user == noor
    assert Membership.objects.get(brand=demo).role == Role.OWNER


def test_a_guest_is_an_editor_of_the_demo_brand_and_of_nothing_else() -> None:
    guest = users.make_guest(language="en")
    demo = builders.make_brand("Demo", is_invented=True)
    Membership.objects.create(brand=demo, user=guest, role=Role.OWNER)
    users.settle_guest(guest=guest, brand=demo)
    assert Membership.objects.get(user=guest).role == Role.EDITOR
    with pytest.raises(DeiningError, match="only enter the demo"):
        users.settle_guest(guest=guest, brand=builders.make_brand("Real"))
    with pytest.raises(DeiningError, match="only enter the demo"):
        users.settle_guest(guest=builders.make_user(), brand=demo)


def test_no_guest_comes_in_once_somebody_works_here() -> None:
    builders.make_user()
    with pytest.raises(Conflict, match="in use"):
        users.make_guest(language="en")


def test_one_address_has_one_account_however_it_is_typed() -> None:
    users.make_user(**NOOR)
    with pytest.raises(Conflict, match=r"noor@example\.org"):
        users.make_user(**{**NOOR, "email": "NOOR@example.org "})
