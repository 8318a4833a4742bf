"""What the People page can be asked, in the words of its address: `?segment=seeker&tag=gent&sort=-last_seen`.

A saved segment keeps the same words (`Segment.filters`), so that a link, a segment and an export mean the
same people. Words that are not understood are left out, never guessed at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self

from deining.core.kinds import Kind
from deining.people.models import SegmentName

SORTS: Final = ("probability", "change", "last_seen", "first_seen", "events", "name", "seeker_since")
ASCENDING: Final = ("name", "change")
NOBODY, ME = "nobody", "me"
SPANS: Final = (7, 30, 90, 180, 365)
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """A question to the list of people. Everything empty: everybody, most likely first.

    least, most: bounds of the probability in percent. seen, unseen, new: days back from today (last seen
    within, not seen since, became a seeker within). owner: "me", "nobody" or a user's id. sort: one of
    `SORTS`, with "-" in front for the other way round than usual.
    """

    q: str = ""
    segment: str = ""
    least: int | None = None
    most: int | None = None
    network: str = ""
    tag: str = ""
    owner: str = ""
    kind: str = ""
    seen: int | None = None
    unseen: int | None = None
    new: int | None = None
    slipping: bool = False
    sort: str = ""

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From an address or a saved segment."""
        known = {item.name for item in fields(cls)}
        read = {name: _READERS.get(name, _text)(str(words[name])) for name in known if name in words}
        return cls(**read)

    def words(self) -> dict[str, str]:
        """The address's words for this question; only what is asked."""
        asked = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: _written(value) for name, value in asked.items() if value not in ("", None, False)}

    def without(self, *names: str) -> Self:
        """The same question with some of it taken away."""
        blank = type(self)()
        return replace(self, **{name: getattr(blank, name) for name in names})

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than everybody."""
        return bool(self.without("sort").words())

    @property
    def sort_key(self) -> str:
        """The column it sorts by."""
        return self.sort.lstrip("-") or "probability"

    @property
    def is_ascending(self) -> bool:
        return (self.sort_key in ASCENDING) is not self.sort.startswith("-")


def _text(value: str) -> str:
    return value.strip()[:LONGEST]


def _percent(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 4 and int(value) <= 100 else None


def _days(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) > 0 else None


def _sort(value: str) -> str:
    return value if value.removeprefix("-") in SORTS else ""


def _owner(value: str) -> str:
    return value if value in (ME, NOBODY) or (value.isdecimal() and len(value) < 19) else ""


def _written(value: object) -> str:
    return "1" if value is True else str(value)


_READERS: Final[dict[str, Any]] = {
    "segment": lambda value: value if value in SegmentName.values else "",
    "kind": lambda value: value if value in set(Kind) else "",
    "least": _percent,
    "most": _percent,
    "seen": _days,
    "unseen": _days,
    "new": _days,
    "slipping": lambda value: value in ("1", "True", "true"),
    "sort": _sort,
    "owner": _owner,
}
