"""The simulator: what 1,500 invented people did in two and a half years, driven by a wish nobody sees.

Everything is drawn from one `random.Random(seed)`; only the dates move along with the present. The
probabilities below are the whole model; docs/demo.md tells them as a story.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from deining.core.kinds import Direction, Kind
from deining.demo import cast
from deining.demo.people import Account, Somebody, invent

SEED: Final = 20_241
PEOPLE: Final = 1_500
WEEKS: Final = 130
MAIL_EVERY: Final = 4  # weeks
ASK_EVERY: Final = 8
CONTEST_EVERY: Final = 26
ASKED_AT_ONCE: Final = 130
STATED_SAMPLE: Final = 150

FADES: Final = 0.0035  # a week, of a wish
PAUSES, RESUMES = 0.05, 0.12  # a week, of somebody with a wish or a habit
CLICKS: Final = {"wish": 0.20, "benefit": 0.14, "habit": 0.05, "passer": 0.03}
LEAVES_LIST: Final = {"wish": 0.003, "benefit": 0.010, "habit": 0.010, "passer": 0.015}
ANSWERS: Final = {"wish": 0.55, "benefit": 0.22, "habit": 0.12, "passer": 0.07}
ENTERS: Final = {"wish": 0.20, "benefit": 0.50, "habit": 0.05, "passer": 0.06}
SAYS_YES: Final = {True: 0.85, False: 0.06}
DEEDS: Final[dict[str, tuple[tuple[Kind, float], ...]]] = {
    "wish": (
        (Kind.POST, 18), (Kind.REPLY, 24), (Kind.REACTION, 12), (Kind.SHARE, 8), (Kind.VISIT, 10),
        (Kind.ORDER, 8), (Kind.REVIEW, 3), (Kind.IDEA, 4), (Kind.VOTE, 5), (Kind.REFERRAL, 2),
        (Kind.ANSWER, 4), (Kind.MESSAGE, 2),
    ),
    "habit": (
        (Kind.VISIT, 40), (Kind.ORDER, 25), (Kind.MESSAGE, 10), (Kind.REPLY, 12), (Kind.QUESTION, 8),
        (Kind.REACTION, 5),
    ),
    "benefit": ((Kind.ORDER, 45), (Kind.CLICK, 30), (Kind.VISIT, 15), (Kind.REVIEW, 5), (Kind.QUESTION, 5)),
    "passer": ((Kind.VISIT, 30), (Kind.ORDER, 25), (Kind.QUESTION, 15), (Kind.REACTION, 15), (Kind.POST, 8),
               (Kind.MESSAGE, 7)),
}  # fmt: skip
NETWORK: Final[dict[Kind, str]] = {
    **dict.fromkeys((Kind.POST, Kind.REPLY, Kind.IDEA, Kind.VOTE, Kind.QUESTION, Kind.ANSWER), "club"),
    **dict.fromkeys((Kind.ORDER, Kind.REVIEW, Kind.VISIT, Kind.REFERRAL), "shop"),
    **dict.fromkeys((Kind.REACTION, Kind.SHARE, Kind.MENTION, Kind.FOLLOW), "mastodon"),
    **dict.fromkeys((Kind.MESSAGE, Kind.CLICK, Kind.UNSUBSCRIBE), "mail"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """One ledger row to be: somebody's account, when, what, which way, and in answer to what."""

    account: Account
    at: datetime
    kind: Kind
    about: str
    key: str
    direction: Direction = Direction.THEY
    asked: bool | None = None
    answers: str | None = None
    stated: bool | None = None


@dataclass
class World:
    """Everybody and everything. `people[n].wishes` is what is hidden: a wish that is there today."""

    people: list[Somebody]
    deeds: list[Deed] = field(default_factory=list)


def simulate(now: datetime, seed: int = SEED, people: int = PEOPLE) -> World:
    """The world as it stands at `now` (aware); no deed lies after it."""
    return _Simulation(now.astimezone(UTC), Random(seed), people).run()  # noqa: S311 -- a simulation, no secret


class _Simulation:
    def __init__(self, now: datetime, random: Random, people: int) -> None:
        self.now, self.random = now, random
        self.start = now - timedelta(weeks=WEEKS)
        self.world = World(invent(random, people, WEEKS))
        self.written: deque[tuple[str, Somebody]] = deque(maxlen=60)
        self.number = 0

    def run(self) -> World:
        for week in range(WEEKS):
            present = [somebody for somebody in self.world.people if somebody.arrives <= week]
            for somebody in present:
                self._live(somebody, week)
            self._reach_out([somebody for somebody in present if somebody.listens], week)
        self._ask_what_they_want()
        self.world.deeds = sorted(
            (d for d in self.world.deeds if d.at < self.now), key=lambda d: (d.at, d.key)
        )
        return self.world

    def _live(self, somebody: Somebody, week: int) -> None:
        """One week in somebody's life."""
        random = self.random
        if somebody.wishes and random.random() < FADES and week > somebody.arrives + 8:
            somebody.wishes, somebody.nature = False, "passer"
            somebody.rate *= 0.12
        somebody.awake = random.random() >= PAUSES if somebody.awake else random.random() < RESUMES
        first = week == somebody.arrives
        if not first and (not somebody.awake or random.random() >= self._chance(somebody, week)):
            return
        for _ in range(1 + self._more(0.55 if somebody.nature == "wish" else 0.25)):
            self._do(somebody, week)

    def _chance(self, somebody: Somebody, week: int) -> float:
        if somebody.nature in ("passer", "benefit"):
            return somebody.rate * (0.5 + 3.0 / (1 + week - somebody.arrives))
        return somebody.rate

    def _more(self, chance: float) -> int:
        number = 0
        while number < 6 and self.random.random() < chance:
            number += 1
        return number

    def _do(self, somebody: Somebody, week: int) -> None:
        random = self.random
        kinds, weights = zip(*DEEDS[somebody.nature], strict=True)
        kind = random.choices(kinds, weights)[0]
        account = somebody.account_on(NETWORK[kind])
        answers = None
        if kind in (Kind.REPLY, Kind.ANSWER):
            others = [key for key, author in self.written if author is not somebody]
            answers = random.choice(others) if others else None
        key = self._add(account, self._moment(week), kind, self._subject(kind), answers=answers)
        if NETWORK[kind] == "club":
            self.written.append((key, somebody))

    def _reach_out(self, listeners: list[Somebody], week: int) -> None:
        """What we did: a newsletter a month, a question to some every two months, a contest twice a year."""
        if week % MAIL_EVERY == 0:
            self._mail(listeners, week)
        if week % ASK_EVERY == 3:
            question = self.random.choice(cast.ASKS)
            for somebody in self.random.sample(listeners, min(ASKED_AT_ONCE, len(listeners))):
                self._ask(somebody, week, question, Kind.SURVEY_ANSWER, ANSWERS[somebody.nature])
        if week % CONTEST_EVERY == 20:
            prize = cast.CONTESTS[week // CONTEST_EVERY % len(cast.CONTESTS)]
            for somebody in listeners:
                self._ask(somebody, week, prize, Kind.CONTEST_ENTRY, ENTERS[somebody.nature])

    def _mail(self, listeners: list[Somebody], week: int) -> None:
        sent = self._moment(week, hour=9)
        title = f"Nieuwsbrief {cast.MONTHS[sent.month - 1]}"
        for somebody in listeners:
            account = somebody.account_on("mail")
            mailing = self._add(account, sent, Kind.MAILING, title, direction=Direction.WE)
            chance = self.random.random()
            after = sent + timedelta(minutes=self.random.randint(5, 3_000))
            if chance < CLICKS[somebody.nature]:
                self._add(account, after, Kind.CLICK, title, asked=True, answers=mailing)
            elif chance > 1 - LEAVES_LIST[somebody.nature]:
                self._add(account, after, Kind.UNSUBSCRIBE, title, answers=mailing)
                somebody.listens = False

    def _ask(self, somebody: Somebody, week: int, what: str, kind: Kind, chance: float) -> None:
        account, sent = somebody.account_on("mail"), self._moment(week, hour=10)
        ask = self._add(account, sent, Kind.ASK, what, direction=Direction.WE)
        if self.random.random() < chance:
            after = sent + timedelta(minutes=self.random.randint(20, 8_000))
            self._add(account, after, kind, what, asked=True, answers=ask)

    def _ask_what_they_want(self) -> None:
        """The one question, to a random sample of those about; answering does not hang on the wish."""
        lately = self.now - timedelta(days=365)
        about = {
            id(deed.account) for deed in self.world.deeds if deed.at > lately and deed.direction == "they"
        }
        here = [s for s in self.world.people if any(id(account) in about for account in s.accounts)]
        for somebody in self.random.sample(here, min(STATED_SAMPLE, len(here))):
            sent = self.now - timedelta(days=self.random.randint(15, 50))
            account = somebody.account_on("mail")
            ask = self._add(account, sent, Kind.ASK, cast.STATED_ASK, direction=Direction.WE)
            if self.random.random() < 0.6:
                says = self.random.random() < SAYS_YES[somebody.wishes]
                after = sent + timedelta(minutes=self.random.randint(30, 9_000))
                self._add(
                    account, after, Kind.SURVEY_ANSWER, cast.STATED_ASK, asked=True, answers=ask, stated=says
                )

    def _moment(self, week: int, hour: int | None = None) -> datetime:
        day = self.start + timedelta(weeks=week, days=self.random.randint(0, 6))
        hour = (
            self.random.choices(range(8, 23), (2, 4, 6, 6, 5, 4, 4, 4, 5, 5, 6, 9, 10, 8, 4))[0]
            if hour is None
            else hour
        )
        return day.replace(
            hour=hour, minute=self.random.randint(0, 59), second=self.random.randint(0, 59), microsecond=0
        )

    def _subject(self, kind: Kind) -> str:
        if kind is Kind.VISIT:
            return self.random.choice(cast.SUBJECTS["visit"])
        return self.random.choice(cast.SUBJECTS.get(NETWORK[kind], cast.SUBJECTS["club"]))

    def _add(
        self, account: Account, at: datetime, kind: Kind, about: str, *,
        direction: Direction = Direction.THEY,
        asked: bool | None = None, answers: str | None = None, stated: bool | None = None,
    ) -> str:  # fmt: skip
        self.number += 1
        key = f"klompvaart-{self.number}"
        self.world.deeds.append(Deed(account, at, kind, about, key, direction, asked, answers, stated))
        return key
