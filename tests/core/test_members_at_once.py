"""Two owners who remove each other in the same moment: one succeeds, and an owner stays."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from deining.core.actions import members
from deining.core.errors import DeiningError
from deining.core.models import Membership
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*attempts: Callable[[], object]) -> list[str]:
    """Run each in a thread with a connection of its own; how each ended."""
    ended: list[str] = []
    ready = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        ready.wait()
        try:
            attempt()
            ended.append("done")
        except DeiningError as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory SQLite threads share one connection")
def test_two_owners_who_remove_each_other() -> None:
    brand = builders.make_brand()
    noor, oscar = (builders.make_colleague(brand, Role.OWNER, name) for name in ("Noor", "Oscar"))
    ids = {m.user_id: m.pk for m in Membership.objects.filter(brand=brand)}
    assert noor.user is not None
    assert oscar.user is not None
    of_noor, of_oscar = ids[noor.user.pk], ids[oscar.user.pk]
    ended = at_once(
        lambda: members.remove_member(noor, membership_id=of_oscar),
        lambda: members.remove_member(oscar, membership_id=of_noor),
    )
    assert ended == ["Conflict", "done"]
    assert Membership.objects.filter(brand=brand, role=Role.OWNER).count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory SQLite threads share one connection")
def test_one_link_opened_twice_at_once_makes_one_colleague() -> None:
    owner = builders.make_colleague(builders.make_brand(), Role.OWNER)
    token = members.invite(owner, email="nina@example.org", role=Role.VIEWER).token

    def accept() -> object:
        return members.accept_as_newcomer(token=token, name="Nina", password="correct horse", language="nl")

    ended = at_once(accept, accept)
    assert ended.count("done") == 1, ended
    assert Membership.objects.filter(brand=owner.brand).count() == 2
