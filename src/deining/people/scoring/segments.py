"""Which of the three kinds of people somebody is (spec P4), from the score and from what they came for.

A *seeker* is at least as likely as `seeker_from`. A *benefit seeker* is anybody else who did two things or
more, at least half of them for a benefit or because we asked. Everybody else passes by.
docs/decisions/042-who-is-a-seeker.md says why.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from deining.people.models import SegmentName

LEAST: Final = 0.25
MORE_LIKELY_THAN_NOT: Final = 0.5
LEAST_DEEDS: Final = 2

Numbers = npt.NDArray[Any]


def seeker_from(probability: Numbers, share: float) -> float:
    """The probability from which somebody counts as a seeker, given those of everybody present.

    As many as the brand's share says there are, but never anybody below 25 %, and always whoever is more
    likely than not.
    """
    wanted = round(share * len(probability))
    if not wanted:
        return MORE_LIKELY_THAN_NOT
    at_share = float(np.sort(probability)[::-1][wanted - 1])
    return float(np.clip(at_share, LEAST, MORE_LIKELY_THAN_NOT))


def segments_of(probability: Numbers, events: Numbers, gains: Numbers, threshold: float | None) -> Numbers:
    """The segment of each person, as its stored word. Without a threshold nobody is called a seeker."""
    benefit = (events >= LEAST_DEEDS) & (2 * gains >= events)
    words = np.where(benefit, SegmentName.BENEFIT.value, SegmentName.PASSER_BY.value)
    if threshold is None:
        return words
    return np.where(probability >= threshold, SegmentName.SEEKER.value, words)
