"""Big invented ledgers to measure speed on: heavy-tailed like real ones, and cheap to make.

Each person has a stretch of time in which they are about and a share of all events drawn from a Pareto law,
so that a few do much and most do little. Nothing is said about who they are.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Whole = npt.NDArray[np.int64]
FIRST_DAY = 19_500
DAYS = 1_000
MICROS_A_DAY = 86_400_000_000


@dataclass(frozen=True)
class Crowd:
    """Events in no order: `person` 0..people-1, `moment` microseconds since 1970 UTC. Everybody has one."""

    person: Whole
    moment: Whole
    people: int

    @property
    def day(self) -> npt.NDArray[np.int32]:
        """Days since 1970 in UTC."""
        return np.asarray(self.moment // MICROS_A_DAY, dtype=np.int32)

    def events(self) -> pa.Table:
        """As `insight.relationship` reads them."""
        return pa.table({"person": self.person, "day": self.day})

    def part(self, rows: slice) -> "Crowd":
        """Some of the rows."""
        return Crowd(self.person[rows], self.moment[rows], self.people)


def crowd(people: int, rows: int, seed: int = 1, last_day: int = FIRST_DAY + DAYS) -> Crowd:
    """`rows` events of `people` people over the `DAYS` days that end with `last_day`."""
    random = np.random.default_rng(seed)
    weight = random.pareto(1.3, people) + 0.05
    extra = random.choice(people, size=rows - people, p=weight / weight.sum())
    person = np.concatenate([np.arange(people), extra]).astype(np.int64)
    arrives = random.random(people) ** 0.8 * DAYS
    stays = np.where(random.random(people) < 0.15, DAYS, random.exponential(90, people))
    leaves = np.minimum(arrives + stays, DAYS)
    when = arrives[person] + random.random(rows) * (leaves - arrives)[person]
    moment = ((last_day + 1 - DAYS + when - 1e-6) * MICROS_A_DAY).astype(np.int64)
    return Crowd(person, moment, people)
