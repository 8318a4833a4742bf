"""The dry run: what a set of rules would remove, before anybody saves it."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from deining.core.actors import Actor
from deining.core.kinds import KIND_BY_CODE, Kind
from deining.core.models import Brand
from deining.core.roles import Capability
from deining.people.models import LedgerEntry, Note, Person, StatedAnswer, Tag
from deining.people.retention.rules import Rules, expired, today_of


@dataclass(frozen=True, slots=True)
class KindCount:
    """Of one kind: rows there are, the day number of the oldest, and rows that would go."""

    kind: Kind
    rows: int
    oldest_day: int
    would_go: int


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would go. `people`: of whom nothing would be left, and whom no colleague did anything with."""

    kinds: list[KindCount]
    people: int

    @property
    def would_go(self) -> int:
        return sum(kind.would_go for kind in self.kinds)


def dry_run(actor: Actor, rules: Rules) -> DryRun:
    """Count what these rules would remove today. Reads the whole ledger: seconds for millions of rows."""
    actor.require(Capability.MANAGE_BRAND)
    today = today_of(actor.brand)
    counts = (
        rows_in_order(actor.brand)
        .values_list("kind")
        .annotate(rows=Count("pk"), oldest=Min("day"), going=Count("pk", filter=expired(rules, today)))
    )
    kinds = [KindCount(KIND_BY_CODE[code], rows, oldest, going) for code, rows, oldest, going in counts]
    kinds.sort(key=lambda found: -found.rows)
    found = DryRun(kinds, 0)
    return replace(found, people=_left_empty(actor.brand, rules, today)) if found.would_go else found


def rows_in_order(brand: Brand) -> QuerySet[LedgerEntry]:
    """The brand's ledger rows, unsorted, read as they lie in the table.

    The sum keeps both databases from walking the index by brand, which would jump to each row: on a million
    rows 9 s against 3.
    """
    return LedgerEntry.objects.alias(whose=F("brand_id") + 0).filter(whose=brand.pk).order_by()


def _left_empty(brand: Brand, rules: Rules, today: int) -> int:
    rows = LedgerEntry.objects.filter(identity__person=OuterRef("pk"))
    seen = Person.objects.filter(brand=brand, merged_into=None).filter(Exists(rows))
    return seen.filter(~Exists(rows.exclude(expired(rules, today)))).exclude(_held()).count()


def people_left_empty(brand: Brand, person_ids: list[int]) -> list[int]:
    """Those of these people of whom no ledger row is left, and whom no colleague did anything with."""
    rows = LedgerEntry.objects.filter(identity__person=OuterRef("pk"))
    alone = Person.objects.filter(brand=brand, merged_into=None, pk__in=person_ids).filter(~Exists(rows))
    return list(alone.exclude(_held()).values_list("pk", flat=True))


def _held() -> Q:
    """A colleague, or the person's own word, is a reason to keep somebody without a row."""
    notes = Note.objects.filter(person=OuterRef("pk"))
    tags = Tag.people.through.objects.filter(person=OuterRef("pk"))
    answers = StatedAnswer.objects.filter(identity__person=OuterRef("pk"))
    merged = Person.objects.filter(merged_into=OuterRef("pk"))
    by_hand = Q(name_by_hand=True) | Q(owner__isnull=False)
    return by_hand | Q(Exists(notes)) | Q(Exists(tags)) | Q(Exists(answers)) | Q(Exists(merged))
