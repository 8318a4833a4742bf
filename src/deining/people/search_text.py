"""How names are folded, so that "Zoë" is found by "zoe" (the same folding on both databases)."""

import unicodedata
from collections.abc import Iterable
from typing import Final

# Letters that decomposition leaves alone, as people type them without the key for it.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower case without marks, words one space apart."""
    if text.isascii():  # most are, and an import folds a million of them
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.translate(_PLAIN).split())


def search_text(parts: Iterable[str]) -> str:
    """What a person is searched by: every name, handle and address once, folded."""
    return " ".join(dict.fromkeys(folded for part in parts if (folded := fold(part))))
