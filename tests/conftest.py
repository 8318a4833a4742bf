"""The cast of our stories: an owner, a colleague who may look, an outsider, a fan."""

import pytest

from deining.core.actors import Actor
from deining.core.models import Brand
from deining.core.roles import Role
from deining.people.models import Person
from tests import builders


@pytest.fixture
def brand(db: None) -> Brand:
    return builders.make_brand()


@pytest.fixture
def owner(brand: Brand) -> Actor:
    return builders.make_colleague(brand, Role.OWNER, "Noor")


@pytest.fixture
def viewer(brand: Brand) -> Actor:
    return builders.make_colleague(brand, Role.VIEWER, "Victor")


@pytest.fixture
def outsider(db: None) -> Actor:
    return builders.make_outsider()


@pytest.fixture
def fan(brand: Brand) -> Person:
    return builders.make_fan(brand)
