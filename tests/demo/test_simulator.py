"""The invented world: the same at every telling, and true to its own rules."""

from datetime import UTC, datetime, timedelta
from random import Random

from deining.core.kinds import Direction, Kind
from deining.demo.people import invent
from deining.demo.simulator import World, simulate

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def small_world(now: datetime = NOW) -> World:
    return simulate(now, people=120)


def test_the_same_seed_tells_the_same_story() -> None:
    first, again = small_world(), small_world()
    assert [d.key for d in first.deeds] == [d.key for d in again.deeds]
    assert [d.at for d in first.deeds] == [d.at for d in again.deeds]


def test_a_week_later_the_same_people_do_the_same_a_week_later() -> None:
    later = small_world(NOW + timedelta(weeks=1))
    moved = {deed.key: deed.at + timedelta(weeks=1) for deed in small_world().deeds}
    assert moved == {deed.key: deed.at for deed in later.deeds}


def test_nothing_lies_in_the_future() -> None:
    assert max(deed.at for deed in small_world().deeds) < NOW


def test_every_answer_comes_after_what_it_answers() -> None:
    world = small_world()
    when = {deed.key: deed.at for deed in world.deeds}
    answering = [deed for deed in world.deeds if deed.answers in when and deed.asked]
    assert answering
    assert all(deed.at > when[deed.answers or ""] for deed in answering)


def test_no_two_people_share_an_account() -> None:
    accounts = [(a.network, a.external_id) for s in invent(Random(1), 1500, 130) for a in s.accounts]
    assert len(accounts) == len(set(accounts))


def test_the_brand_reaches_out_and_people_do_things() -> None:
    deeds = small_world().deeds
    ours = {deed.kind for deed in deeds if deed.direction is Direction.WE}
    assert ours == {Kind.MAILING, Kind.ASK}
    assert len({deed.kind for deed in deeds if deed.direction is Direction.THEY}) > 10


def test_who_wishes_does_more_but_not_always() -> None:
    world = simulate(NOW, people=300)
    done = {id(account): 0 for s in world.people for account in s.accounts}
    for deed in world.deeds:
        done[id(deed.account)] += deed.direction is Direction.THEY
    total = {s.number: sum(done[id(account)] for account in s.accounts) for s in world.people}
    wishing = sorted(total[s.number] for s in world.people if s.wishes)
    others = sorted(total[s.number] for s in world.people if not s.wishes)
    assert wishing[len(wishing) // 2] > 3 * others[len(others) // 2]
    assert others[-1] > wishing[len(wishing) // 2]
