"""Bringing text from outside to the size of its column."""

from hashlib import blake2b


def fit_id(text: str, longest: int) -> str:
    """The text, or for one that is too long its start and a hash of the whole: two long ids stay two."""
    if len(text) <= longest:
        return text
    mark = blake2b(text.encode(), digest_size=8).hexdigest()
    return f"{text[: longest - len(mark) - 1]}…{mark}"


def fit(text: str, longest: int) -> str:
    """The text, cut where the column ends."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
