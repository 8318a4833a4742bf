"""Two names compared word by word, in any order, with typing errors, short forms and initials."""

from math import log2
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from deining.insight.matching.accounts import Prepared
from deining.insight.matching.counts import Counts
from deining.insight.matching.nicknames import same_first_name
from deining.insight.matching.reasons import Reason

AGREES: Final = log2(0.9)
NICKNAME: Final = -2.0
ONE_LETTER: Final = {True: -1.5, False: -3.5}
"""By whether the word is long (five letters or more)."""
TWO_LETTERS: Final = -4.0
SOUNDS_LIKE: Final = -5.0
LEFT_OVER: Final = -0.7
DIFFERENT: Final = -5.0
VAGUE: Final = -1.5
RARE_FROM: Final = 12.0
COMMON_BELOW: Final = 9.0

Step = tuple[float, str, str, str]
"""Bits, code, and the two words."""


def compare_names(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    """What the two names say. Empty when one of the two has none."""
    if not one.words or not other.words:
        return []
    if one.joined == other.joined or sorted(one.words) == sorted(other.words):
        return _equal(one, other, counts)
    return _aligned(one, other, counts)


def _equal(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    words = max(one.words, other.words, key=len)
    bits = sum(counts.word_bits(word) + AGREES if len(word) > 1 else 2.0 for word in words)
    code = "name_same" if one.joined == other.joined else "name_order"
    return [Reason(code, bits), *_how_rare(bits, len(words))]


def _how_rare(bits: float, words: int) -> list[Reason]:
    if words < 2:
        return []
    if bits > words * RARE_FROM:
        return [Reason("name_rare", 0.0)]
    return [Reason("name_common", 0.0)] if bits < words * COMMON_BELOW else []


def _aligned(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    shorter, longer = sorted((one.words, other.words), key=len)
    steps, alone, rest = _align(shorter, list(longer), counts)
    bits = sum(step[0] for step in steps) + (len(rest) - len(alone)) * LEFT_OVER
    if not alone:
        return [_told(steps, bits)]
    vague = len(shorter) == 1
    against = VAGUE if vague else DIFFERENT * len(alone)
    agreed = [_told(steps, bits, part=True)] if steps and bits > 0 else []
    return [*agreed, Reason("name_differs", against, {"one": " ".join(alone), "other": " ".join(rest)})]


def _align(
    shorter: tuple[str, ...], rest: list[str], counts: Counts
) -> tuple[list[Step], list[str], list[str]]:
    """Pair words, the surest first: what agrees, and what is left of the shorter and the longer name."""
    alone = []
    steps: list[Step] = []
    for word in shorter:
        if word in rest:
            rest.remove(word)
            steps.append((counts.word_bits(word) + AGREES if len(word) > 1 else 2.0, "name_part", word, word))
        else:
            alone.append(word)
    for word in list(alone):
        found = [step for candidate in rest if (step := _near(word, candidate, counts))]
        if found:
            best = max(found)
            steps.append(best)
            alone.remove(word)
            rest.remove(best[3])
    return steps, alone, rest


def _near(word: str, candidate: str, counts: Counts) -> Step | None:
    """How two different words may still be the same name; None when they are not."""
    if word[0] == candidate[0] and (len(word) == 1 or len(candidate) == 1):
        return counts.rarity(counts.initials[word[0]]) - 0.5, "name_initial", word, candidate
    if same_first_name(word, candidate):
        return _commoner(word, candidate, counts) + NICKNAME, "name_nickname", word, candidate
    short = min(len(word), len(candidate))
    if short < 3:
        return None
    letters = OSA.distance(word, candidate, score_cutoff=2)
    if letters == 1:
        return _commoner(word, candidate, counts) + ONE_LETTER[short >= 5], "name_typo", word, candidate
    if letters == 2 and short >= 6:
        return _commoner(word, candidate, counts) + TWO_LETTERS, "name_typo", word, candidate
    if short >= 4 and JaroWinkler.similarity(word, candidate, score_cutoff=0.88) > 0:
        return _commoner(word, candidate, counts) + SOUNDS_LIKE, "name_close", word, candidate
    return None


def _commoner(word: str, candidate: str, counts: Counts) -> float:
    """A typing error makes a rare word of a common one: take the commoner's weight."""
    return min(counts.word_bits(word), counts.word_bits(candidate))


def _told(steps: list[Step], bits: float, *, part: bool = False) -> Reason:
    """One reason for the agreeing words: the weakest link gives it its name."""
    weakest = min(steps, key=lambda step: (step[1] == "name_part", step[0]))
    _, code, word, candidate = weakest
    if part or code == "name_part":
        return Reason("name_part", bits, {"words": " ".join(step[2] for step in steps)})
    params: dict[str, object] = {"one": word, "other": candidate}
    if code == "name_typo":
        params = {"letters": OSA.distance(word, candidate)}
    return Reason(code, bits, params)
