"""From accounts to the pairs that a colleague should look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log2
from typing import Final

from deining.insight.matching.accounts import Account, Prepared, prepare
from deining.insight.matching.blocking import candidates
from deining.insight.matching.counts import Counts
from deining.insight.matching.evidence import DOMAIN_MOST, evidence
from deining.insight.matching.reasons import Reason

PROPOSE_FROM: Final = 0.6
"""From this probability on a pair is worth a colleague's look."""
_TELL_EVERY: Final = 50_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts (`one` has the lower key), the probability that one person is behind them, and why."""

    one: int
    other: int
    score: float
    reasons: tuple[Reason, ...]


def find_pairs(
    accounts: Iterable[Account], *, threshold: float = PROPOSE_FROM, progress: Progress | None = None
) -> list[Pair]:
    """Every pair of accounts at or above the threshold, the surest first.

    `progress(done, total)` is called with numbers of compared pairs. Time grows with the number of accounts,
    not with its square; memory is about a kilobyte an account.
    """
    prepared = [prepare(account) for account in accounts]
    if len(prepared) < 2:
        return []
    counts = Counts.of(prepared)
    most = [_most_of_name(account, counts) for account in prepared]
    needed = log2(max(threshold, 1e-9) / (1.0 - min(threshold, 1.0 - 1e-9))) - counts.prior - DOMAIN_MOST
    firsts, seconds = candidates(prepared)
    total = len(firsts)
    found: list[Pair] = []
    for done, (first, second) in enumerate(zip(firsts.tolist(), seconds.tolist(), strict=True)):
        if progress and done % _TELL_EVERY == 0:
            progress(done, total)
        one, other = prepared[first], prepared[second]
        if one.group is not None and one.group == other.group:
            continue
        if not _may_reach(one, other, most, first, second, needed):
            continue
        pair = _weighed(one, other, counts, threshold)
        if pair:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def compare(one: Account, other: Account, among: Iterable[Account] = ()) -> Pair:
    """Two accounts compared, whatever comes of it; `among`: the accounts that tell what is rare."""
    first, second = prepare(one), prepare(other)
    counts = Counts.of([first, second, *(prepare(account) for account in among)])
    pair = _weighed(first, second, counts, 0.0)
    assert pair is not None
    return pair


def _most_of_name(account: Prepared, counts: Counts) -> float:
    """More bits than agreement on this name can ever bring."""
    return sum(max(counts.word_bits(word), counts.rarity(counts.initials[word[0]])) for word in account.words)


def _may_reach(
    one: Prepared, other: Prepared, most: list[float], first: int, second: int, needed: float
) -> bool:
    """False when the two share nothing but names, and those are too common to reach the threshold."""
    if min(most[first], most[second]) >= needed or one.details:
        return True
    if not one.words or not other.words:
        return True
    marks = (one.mailbox, one.handle, one.local)
    return any(mark and mark in (other.mailbox, other.handle, other.local) for mark in marks)


def _weighed(one: Prepared, other: Prepared, counts: Counts, threshold: float) -> Pair | None:
    reasons = evidence(one, other, counts)
    bits = counts.prior + sum(reason.bits for reason in reasons)
    score = 1.0 / (1.0 + 2.0 ** -min(max(bits, -60.0), 60.0))
    if score < threshold:
        return None
    low, high = sorted((one.key, other.key))
    return Pair(low, high, score, tuple(reasons))
