"""Brands start, change and go, with everything in them and nothing of others."""

import pytest
from django.apps import apps

from deining.core import jobs
from deining.core.actions import brands
from deining.core.actions.removal import belongings, remove_rows
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError, NotAllowed
from deining.core.models import Brand, Job, LogEntry, Membership
from deining.core.queries.brands import free_slug, may_start_brand, memberships_of
from deining.core.roles import Capability, Role
from deining.people.models import LedgerEntry, Person
from tests import builders

pytestmark = pytest.mark.django_db
WAVE = {"name": "De Golf", "slug": "de-golf", "time_zone": "Europe/Brussels", "languages": ["nl"]}


def remove_completely(owner: Actor) -> None:
    brands.remove_brand(owner, typed_name=owner.brand.name)
    job = Job.objects.get(key=f"remove-brand:{owner.brand.pk}")
    remove_rows.func(**job.arguments)


def test_an_owner_starts_another_brand_and_owns_it(owner: Actor) -> None:
    assert owner.user is not None
    actor = brands.start_brand(user=owner.user, **WAVE)
    assert (actor.role, actor.brand.name, actor.brand.languages) == (Role.OWNER, "De Golf", "nl")
    assert [m.brand.name for m in memberships_of(owner.user)] == ["De Golf", "Zuiderlicht"]
    assert LogEntry.objects.get(brand=actor.brand).kind == "brand.started"


def test_who_owns_nothing_starts_nothing_while_others_work_here(owner: Actor, viewer: Actor) -> None:
    assert viewer.user is not None
    assert not may_start_brand(viewer.user)
    with pytest.raises(NotAllowed, match="Only an owner"):
        brands.start_brand(user=viewer.user, **WAVE)
    stranger = builders.make_user("Stan")
    assert not may_start_brand(stranger)


def test_anybody_may_start_again_when_no_brand_is_left(owner: Actor) -> None:
    assert owner.user is not None
    brands.remove_brand(owner, typed_name="Zuiderlicht")
    assert brands.start_brand(user=owner.user, **WAVE).brand.slug == "de-golf"


def test_the_demo_brand_gives_no_right_to_start_another() -> None:
    builders.make_colleague(builders.make_brand("Real"), Role.OWNER, "Noor")
    guest_host = builders.make_colleague(builders.make_brand("Demo", is_invented=True), Role.OWNER, "Dirk")
    assert guest_host.user is not None
    assert not may_start_brand(guest_host.user)


def test_a_short_name_is_used_once(owner: Actor) -> None:
    assert owner.user is not None
    brands.start_brand(user=owner.user, **WAVE)
    with pytest.raises(Conflict, match="de-golf"):
        brands.start_brand(user=owner.user, **WAVE)
    with pytest.raises(Conflict, match="de-golf"):
        brands.change_brand(owner, **WAVE)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Café de Kade!", "cafe-de-kade"), ("海", "brand"), ("--", "brand"), ("a" * 200, "a" * 56)],
)
def test_a_short_name_is_suggested_from_the_name(db: None, name: str, slug: str) -> None:
    assert free_slug(name) == slug
    builders.make_brand(slug=slug)
    assert free_slug(name) == f"{slug}-2"
    builders.make_brand(slug=f"{slug}-9")
    assert free_slug(name) == f"{slug}-10"


def test_the_log_says_what_was_changed_once(owner: Actor) -> None:
    changed = brands.change_brand(owner, **{**WAVE, "slug": owner.brand.slug})
    assert changed.time_zone == "Europe/Brussels"
    brands.change_brand(owner, **{**WAVE, "slug": owner.brand.slug})
    entry = LogEntry.objects.get(kind="brand.changed")
    assert entry.data == {"fields": ["languages", "name", "time_zone"]}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OWNER, Role.MANAGER}])
def test_settings_are_for_owners_and_managers(brand: Brand, role: Role) -> None:
    with pytest.raises(NotAllowed):
        brands.change_brand(builders.make_colleague(brand, role), **WAVE)
    brand.refresh_from_db()
    assert brand.name == "Zuiderlicht"


def test_only_an_owner_removes_a_brand_and_types_its_name(brand: Brand, owner: Actor) -> None:
    manager = builders.make_colleague(brand, Role.MANAGER, "Maaike")
    with pytest.raises(NotAllowed):
        brands.remove_brand(manager, typed_name="Zuiderlicht")
    with pytest.raises(DeiningError, match="Type it exactly"):
        brands.remove_brand(owner, typed_name="zuiderlicht")
    assert Membership.objects.filter(brand=brand).count() == 2


def test_a_removed_brand_is_out_of_reach_at_once(owner: Actor, viewer: Actor) -> None:
    brands.remove_brand(owner, typed_name="Zuiderlicht")
    assert not Membership.objects.filter(brand=owner.brand).exists()
    assert not Brand.objects.filter(name="Zuiderlicht").exists()
    assert LogEntry.objects.get(brand=None).kind == "brand.removed"


def test_everything_of_a_removed_brand_goes_and_nothing_of_another(owner: Actor, outsider: Actor) -> None:
    ours, theirs = builders.make_fan(owner.brand), builders.make_fan(outsider.brand)
    Person.objects.create(brand=owner.brand, name="Merged away", merged_into=ours)
    ours.notes.create(author=owner.user, text="likes blue")
    owner.brand.tags.create(name="gent").people.add(ours)
    jobs.enqueue_once(remove_rows, key="something else", brand=owner.brand, brand_id=0)
    remove_completely(owner)
    assert not Brand.objects.filter(pk=owner.brand.pk).exists()
    for model, path in belongings():
        assert not model._base_manager.filter(**{path: owner.brand.pk}).exists(), model
    assert Person.objects.get() == theirs
    assert LedgerEntry.objects.filter(brand=outsider.brand).count() == LedgerEntry.objects.count() == 12


def test_removing_goes_on_after_a_crash(owner: Actor) -> None:
    builders.make_fan(owner.brand)
    remove_completely(owner)
    remove_rows.func(brand_id=owner.brand.pk)
    assert not Person.objects.exists()


def test_no_table_of_ours_is_forgotten_by_removal() -> None:
    """A new model that belongs to a brand must be reachable from it through keys that cascade."""
    ours = {model for model in apps.get_models() if model.__module__.startswith("deining.")}
    reached = {model for model, _path in belongings()}
    names = {model._meta.label for model in ours - reached}
    assert names == {"core.Brand", "core.User"}


def test_rows_are_removed_before_what_they_point_at() -> None:
    order = [model._meta.label for model, _path in belongings()]
    assert order.index("people.LedgerEntry") < order.index("people.Identity") < order.index("people.Person")


def test_what_each_role_may_do() -> None:
    """A change to the roles is a change to what people rely on: say it here as well."""
    from deining.core.roles import CAPABILITIES

    counts = {role.value: len(CAPABILITIES[role]) for role in Role}
    assert counts == {"owner": 11, "manager": 10, "approver": 4, "editor": 3, "analyst": 3, "viewer": 1}
    assert Capability.REMOVE_BRAND not in CAPABILITIES[Role.MANAGER]
