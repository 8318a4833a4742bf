"""Saying how long things are kept, and removing what was kept long enough."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.kinds import KIND_CODES, Kind
from deining.core.log import record
from deining.core.roles import Capability
from deining.people import log_kinds
from deining.people.actions.regrouping import lock_regrouping
from deining.people.erasure.removing import overwrite_what_goes, remove_people, unname_alone
from deining.people.models import LedgerEntry, RetentionRule
from deining.people.retention.queries import people_left_empty, rows_in_order
from deining.people.retention.rules import LONGEST, SHORTEST, Rules, expired, rules_of, today_of
from deining.people.scoring.asking import ask_for_scoring

WINDOW: Final = 10_000
"""Ids looked at in one short transaction, so that nobody waits for the removal."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Removed:
    """What retention took away."""

    entries: int
    people: int


def set_retention(*, actor: Actor, kind: Kind, keep_days: int | None) -> None:
    """Keep rows of this kind so many days, or for ever (None). Nothing is removed before the nightly run.

    Raises `NotAllowed`, and `DeiningError` outside 1 to 36,500 days.
    """
    actor.require(Capability.MANAGE_BRAND)
    if keep_days is not None and not SHORTEST <= keep_days <= LONGEST:
        raise DeiningError(
            _("Give a number of days from %(shortest)s to %(longest)s, or leave it empty to keep for ever.")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )
    with transaction.atomic():
        rule = RetentionRule.objects.filter(brand=actor.brand, kind=KIND_CODES[kind])
        before = rule.values_list("keep_days", flat=True).first()
        if before == keep_days:
            return
        if keep_days is None:
            rule.delete()
        else:
            RetentionRule.objects.update_or_create(
                brand=actor.brand, kind=KIND_CODES[kind], defaults={"keep_days": keep_days}
            )
        record(actor, log_kinds.RETENTION_CHANGED, what=kind.value, before=before, keep_days=keep_days)


def set_all_retention(*, actor: Actor, rules: Rules) -> None:
    """Have exactly these rules: what is not among them is kept for ever. All are changed, or none.

    Raises as `set_retention` does.
    """
    with transaction.atomic():
        for kind in Kind:
            set_retention(actor=actor, kind=kind, keep_days=rules.get(kind))


def apply_retention(*, actor: Actor, progress: Progress | None = None) -> Removed:
    """Remove what the brand's rules say was kept long enough, and people of whom nothing is left.

    Call it outside a transaction. Stopped halfway it goes on the next time. Raises `NotAllowed`.
    """
    actor.require(Capability.MANAGE_BRAND)
    rules = rules_of(actor.brand)
    if not rules:
        return Removed(0, 0)
    entries = people = 0
    subjects: set[int | None] = set()
    ends = LedgerEntry.objects.aggregate(low=Min("pk"), high=Max("pk"))
    low, high = ends["low"] or 0, ends["high"] or -1
    for start in range(low, high + 1, WINDOW):
        if progress:
            progress(start - low, high - low + 1)
        gone, left = _window(actor, rules, start, subjects)
        entries, people = entries + gone, people + left
    if entries:
        with transaction.atomic():
            unname_alone(subjects)
            record(actor, log_kinds.RETENTION_APPLIED, entries=entries, people=people)
            ask_for_scoring(actor.brand, whole=True)
    return Removed(entries, people)


def _window(actor: Actor, rules: Rules, start: int, subjects: set[int | None]) -> tuple[int, int]:
    """One stretch of ids: rows that went, people that went. Adds to `subjects` what the rows were about."""
    mine = rows_in_order(actor.brand).filter(pk__gte=start, pk__lt=start + WINDOW)
    chosen = mine.filter(expired(rules, today_of(actor.brand)))
    with transaction.atomic():
        lock_regrouping(actor.brand)
        ids = list(chosen.values_list("pk", flat=True))
        going = LedgerEntry.objects.filter(pk__in=ids)
        touched = list(going.order_by().values_list("identity__person", flat=True).distinct())
        if not touched:
            return 0, 0
        subjects.update(going.order_by().values_list("subject", flat=True).distinct())
        overwrite_what_goes()
        gone, _rows = going.delete()
        empty = people_left_empty(actor.brand, touched)
        remove_people(empty)
    return gone, len(empty)
