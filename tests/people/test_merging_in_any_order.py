"""Whatever colleagues merge and take back, in whatever order: every row is somewhere, and exactly once.

The model is a forest of names. The real thing must agree with it after every step, and when everything is
taken back, everybody must hold what they began with plus what arrived on their accounts.
"""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deining.people.actions.merging import merge, undo_merge
from deining.people.models import Identity, LedgerEntry, Merge, Note, Person
from tests import builders

PEOPLE = 6


class Colleagues(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.brand = builders.make_brand()
        self.actor = builders.make_colleague(self.brand)
        self.people = [builders.make_person(self.brand, name) for name in ("Ann", "", "Cas", "Dre", "", "Fe")]
        self.names = [person.name for person in self.people]
        self.batch = builders.make_batch(self.brand)
        self.home: dict[int, int] = {}
        self.entries: dict[int, int] = defaultdict(int)
        self.under: dict[int, tuple[int, Merge]] = {}
        for index in range(PEOPLE):
            self.make_account(index)

    def make_account(self, index: int) -> None:
        account = builders.make_identity(Person.objects.get(pk=self.people[index].pk))
        self.home[account.pk] = index

    def root(self, index: int) -> int:
        while index in self.under:
            index = self.under[index][0]
        return index

    @rule(account=st.integers(0, 99), count=st.integers(1, 3))
    def something_arrives(self, account: int, count: int) -> None:
        identity = Identity.objects.get(pk=sorted(self.home)[account % len(self.home)])
        for _ in range(count):
            builders.make_entry(identity, batch=self.batch)
        self.entries[identity.pk] += count

    @rule(index=st.integers(0, PEOPLE - 1))
    def a_new_account_is_found_for_somebody(self, index: int) -> None:
        self.make_account(self.root(index))

    @rule(index=st.integers(0, PEOPLE - 1))
    def a_colleague_writes_a_note(self, index: int) -> None:
        Note.objects.create(person=self.people[index], text="called")

    @rule(first=st.integers(0, PEOPLE - 1), second=st.integers(0, PEOPLE - 1))
    def two_are_merged(self, first: int, second: int) -> None:
        kept, gone = self.root(first), self.root(second)
        if kept == gone:
            return
        fresh = Person.objects.in_bulk([self.people[kept].pk, self.people[gone].pk])
        made = merge(actor=self.actor, kept=fresh[self.people[kept].pk], gone=fresh[self.people[gone].pk])
        self.under[gone] = (kept, made)

    @precondition(lambda self: bool(self.under))
    @rule(which=st.integers(0, PEOPLE - 1))
    def a_merge_is_taken_back(self, which: int) -> None:
        gone = sorted(self.under)[which % len(self.under)]
        _, made = self.under.pop(gone)
        undo_merge(actor=self.actor, merge=made)

    @invariant()
    def everything_is_where_the_model_says(self) -> None:
        rows = dict(Identity.objects.filter(brand=self.brand).values_list("pk", "person_id"))
        assert rows == {pk: self.people[self.root(index)].pk for pk, index in self.home.items()}
        stands_for = dict(Person.objects.filter(brand=self.brand).values_list("pk", "merged_into_id"))
        assert stands_for == {
            person.pk: self.people[self.root(index)].pk if index in self.under else None
            for index, person in enumerate(self.people)
        }
        assert LedgerEntry.objects.filter(brand=self.brand).count() == sum(self.entries.values())

    def teardown(self) -> None:
        notes = Note.objects.filter(person__brand=self.brand).count()
        for _, made in list(self.under.values()):
            undo_merge(actor=self.actor, merge=made)
        self.under.clear()
        self.everything_is_where_the_model_says()
        assert [Person.objects.get(pk=person.pk).name for person in self.people] == self.names
        assert Note.objects.filter(person__brand=self.brand).count() == notes
        for identity, count in self.entries.items():
            assert LedgerEntry.objects.filter(identity=identity).count() == count


@pytest.mark.django_db
def test_merges_and_undos_conserve_everything() -> None:
    run_state_machine_as_test(
        Colleagues,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
