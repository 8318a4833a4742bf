"""What a brand's first page says: our share, who is new among the seekers, who slips away, what waits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from deining.core import clock
from deining.core.actors import Actor
from deining.core.models import DutyState, Job
from deining.core.roles import Capability
from deining.people.models import FittedModel, MergeProposal, Person, ProposalState, SegmentName, ShareOnDay
from deining.people.models.person import LIVE
from deining.people.queries.filters import Filters
from deining.people.queries.listing import MOST_LISTED, first_and_count, people_matching
from deining.people.scoring import current_fit

SHOWN: Final = 5
MOST_POINTS: Final = 400
TELLING: Final = 0.65


@dataclass(frozen=True, slots=True)
class Some:
    """A few people, and how many there are; counted up to `MOST_LISTED`."""

    people: list[Person]
    count: int
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the method did before: of those who got `predicted`, `observed` came true, in `windows` tests."""

    windows: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Home:
    """The page's figures. `days`: over how long newcomers are counted; a month when nobody came in a week.

    `first_work`: the open job that a brand without any figure waits for.
    """

    fit: FittedModel | None
    shares: list[ShareOnDay]
    newcomers: Some
    days: int
    slipping: Some
    seekers: int
    without_owner: int
    open_merges: int
    has_people: bool
    is_scoring: bool
    first_work: Job | None


def home_of(actor: Actor) -> Home:
    """Everything in one go; the number of queries does not depend on how many people there are."""
    actor.require(Capability.SEE)
    week = _newcomers(actor, 7)
    newcomers, days = (week, 7) if week.count else (_newcomers(actor, 30), 30)
    seekers = Person.objects.filter(LIVE, brand=actor.brand, segment=SegmentName.SEEKER)
    fit = current_fit(actor.brand)
    return Home(
        fit=fit,
        shares=shares_of(actor),
        newcomers=newcomers,
        days=days,
        slipping=_slipping(actor),
        seekers=_capped(seekers),
        without_owner=_capped(seekers.filter(owner__isnull=True)),
        open_merges=_capped(open_proposals(actor)),
        has_people=Person.objects.filter(LIVE, brand=actor.brand).exists(),
        is_scoring=_is_scoring(actor),
        first_work=None if fit else open_work(actor),
    )


def open_work(actor: Actor, job_id: int | None = None) -> Job | None:
    """The open job that brings in people or scores, the earliest first. `job_id`: only this one."""
    actor.require(Capability.SEE)
    brand = actor.brand.pk
    kinds = Q(key__in=[f"demo:{brand}", f"score:{brand}"]) | Q(key__startswith="import:")
    jobs = Job.objects.filter(kinds, brand=brand, state__in=[DutyState.WAITING, DutyState.CLAIMED])
    return (jobs.filter(pk=job_id) if job_id else jobs).order_by("pk").first()


def shares_of(actor: Actor) -> list[ShareOnDay]:
    """The share as it was estimated, oldest first: at most the last `MOST_POINTS` days we know."""
    newest = ShareOnDay.objects.filter(brand=actor.brand).order_by("-day")[:MOST_POINTS]
    return list(reversed(newest))


def open_proposals(actor: Actor) -> QuerySet[MergeProposal]:
    """Merge suggestions that nobody decided on, with those put off until now."""
    waiting = MergeProposal.objects.filter(brand=actor.brand)
    return waiting.filter(state=ProposalState.OPEN) | waiting.filter(
        state=ProposalState.LATER, later_until__lte=clock.now() + timedelta(0)
    )


def calibration_of(fit: FittedModel | None) -> Calibration | None:
    """The one comparison that says most: the group nearest to two in three with a fair number of people."""
    if fit is None or not fit.backtest:
        return None
    bins = [row for row in fit.calibration if _is_whole(row)]
    if not bins:
        return None
    fair = max(20, sum(row["people"] for row in bins) // 200)
    telling = min(bins, key=lambda row: (row["people"] < fair, abs(row["predicted"] - TELLING)))
    return Calibration(len(fit.backtest), telling["predicted"], telling["observed"])


def _is_scoring(actor: Actor) -> bool:
    return Job.objects.filter(key=f"score:{actor.brand.pk}", state__in=["waiting", "claimed"]).exists()


def _is_whole(row: dict[str, Any]) -> bool:
    return all(row.get(name) is not None for name in ("predicted", "observed", "people"))


def _newcomers(actor: Actor, days: int) -> Some:
    """Who became a seeker within so many days; by their own index, since they are few."""
    today = clock.day_number(clock.now(), actor.brand.time_zone)
    found = Person.objects.filter(LIVE, brand=actor.brand, seeker_since__gt=today - days)
    filters = Filters(new=days, segment=SegmentName.SEEKER.value)
    return Some(
        *first_and_count(actor, found.filter(segment=SegmentName.SEEKER), filters, SHOWN), filters.words()
    )


def _slipping(actor: Actor) -> Some:
    filters = Filters(slipping=True, sort="change")
    return Some(*first_and_count(actor, people_matching(actor, filters), filters, SHOWN), filters.words())


def _capped(rows: QuerySet[Any]) -> int:
    return rows[: MOST_LISTED + 1].count()
