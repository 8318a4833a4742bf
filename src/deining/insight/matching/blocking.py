"""Which pairs are worth comparing: those that share a key, and stand near each other under it.

200,000 accounts make twenty billion pairs. Each account gets a handful of keys (mailbox, handle, name as it
sounds, surname with an initial, ...). Under one key the accounts are sorted by name and each is compared with
the next few only, so that a key that thousands share (a surname, a suburb) costs no more than its length.
"""

from array import array
from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING, Final

from deining.insight.matching.accounts import Prepared
from deining.insight.matching.nicknames import STANDS_FOR

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

WINDOW: Final = 12
WEAK_WINDOW: Final = 3
MOST_WORDS: Final = 4
_SOUNDS: Final = (
    ("sch", "s"), ("ck", "k"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("gh", "g"), ("ij", "i"),
    ("qu", "kw"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("w", "f"), ("d", "t"),
    ("y", "i"), ("j", "i"), ("b", "p"),
)  # fmt: skip


def sound(word: str) -> str:
    """A word as it sounds, roughly: Dutch and English spellings of one sound together, vowels left out."""
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    consonants = [letter for letter in word[1:] if letter not in "aeiouh"]
    kept = [word[0]]
    for letter in consonants:
        if letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


def keys_of(account: Prepared) -> set[str]:
    """The keys an account is found under. A key's first letter tells its sort."""
    words = [STANDS_FOR.get(word, word) for word in account.words[:MOST_WORDS]]
    sounds = [sound(word) for word in words]
    keys = {"h" + text for text in (account.handle, account.local, account.joined) if len(text) > 2}
    if len(account.words) > 1:
        keys.add("h" + "".join(reversed(account.words)))
    if account.mailbox:
        keys.add("e" + account.mailbox)
    for one, other in combinations(sounds, 2):
        keys.add("n" + "|".join(sorted((one, other))))
        keys.update(("i" + one + other[0], "i" + other + one[0]))
    for detail, value in account.details.items():
        initials = {word[0] for word in words} or {""}
        keys.update(f"d{detail}|{value}|{initial}" for initial in initials)
    return keys


def candidates(accounts: list[Prepared]) -> "tuple[Numbers, Numbers]":
    """Positions of the pairs to compare, each pair once, the lower position first."""
    import numpy as np

    order = sorted(range(len(accounts)), key=lambda at: (accounts[at].joined, accounts[at].mailbox))
    hashes, ranks = array("q"), array("q")
    for rank, at in enumerate(order):
        for key in keys_of(accounts[at]):
            hashes.append(_number(key))
            ranks.append(rank)
    under, who = np.frombuffer(hashes, dtype=np.int64), np.frombuffer(ranks, dtype=np.int64)
    by_key = np.lexsort((who, under))
    initials = np.array([any(len(word) == 1 for word in accounts[at].words) for at in order], dtype=bool)
    codes = _neighbours(under[by_key], who[by_key], initials)
    size, places = max(len(order), 1), np.array(order, dtype=np.int64)
    one, other = places[codes // size], places[codes % size]
    return np.minimum(one, other), np.maximum(one, other)


def _number(key: str) -> int:
    """63 bits of a hash, the lowest telling whether the key is a weak one (a word with an initial)."""
    digest = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little") >> 2
    return digest << 1 | (key[0] == "i")


def _neighbours(under: "Numbers", who: "Numbers", initials: "Flags") -> "Numbers":
    """Codes `rank * size + rank` of accounts near each other under one key, each once, sorted.

    A word with an initial is shared by many: there only the nearest are compared, unless one of the two has
    nothing but an initial, which sorts far from the full name.
    """
    import numpy as np

    size = max(len(initials), 1)
    found = [np.empty(0, dtype=np.int64)]
    for apart in range(1, WINDOW + 1):
        together = under[:-apart] == under[apart:]
        if apart > WEAK_WINDOW:
            strong = under[apart:] % 2 == 0
            together &= strong | initials[who[:-apart]] | initials[who[apart:]]
        found.append(who[:-apart][together] * size + who[apart:][together])
    return np.unique(np.concatenate(found))
