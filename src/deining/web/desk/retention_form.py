"""The table of how long each kind is kept: read from a form, and shown with what it would remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.core import clock
from deining.core.errors import DeiningError
from deining.core.kinds import Kind
from deining.people.retention.queries import DryRun
from deining.people.retention.rules import Rules
from deining.web.desk.kind_words import NAMES
from deining.web.desk.words import whole


@dataclass(frozen=True, slots=True)
class Line:
    """One kind. Counts are texts in the reader's language, empty when nothing was counted."""

    kind: str
    words: Promise
    typed: str
    rows: str
    oldest: date | None
    would_go: str

    @property
    def is_used(self) -> bool:
        """Whether it has a rule, or rows."""
        return bool(self.typed) or self.oldest is not None


def lines_of(rules: Rules, found: DryRun | None) -> list[Line]:
    """A line for each kind: those with a rule or with rows first, the most rows on top."""
    counted = {count.kind: count for count in found.kinds} if found else {}

    def order(kind: Kind) -> tuple[bool, int, str]:
        rows = counted[kind].rows if kind in counted else 0
        return kind not in rules and not rows, -rows, str(NAMES[kind])

    return [
        Line(
            kind=kind.value,
            words=NAMES[kind],
            typed=str(rules[kind]) if kind in rules else "",
            rows=whole(counted[kind].rows) if kind in counted else "0",
            oldest=clock.day_of(counted[kind].oldest_day) if kind in counted else None,
            would_go=whole(counted[kind].would_go) if kind in counted and counted[kind].would_go else "",
        )
        for kind in sorted(Kind, key=order)
    ]


def read_rules(posted: Mapping[str, str]) -> dict[Kind, int]:
    """What was typed. Raises `DeiningError` naming the kind whose number of days is no number."""
    rules = {}
    for kind in Kind:
        typed = posted.get(f"keep-{kind.value}", "").strip()
        if not typed:
            continue
        if not (typed.isascii() and typed.isdigit()):
            raise DeiningError(
                _("“%(typed)s” is not a number of days (at “%(kind)s”). Nothing was changed.")
                % {"typed": typed[:20], "kind": NAMES[kind]}
            )
        rules[kind] = int(typed[:9])
    return rules


def told(found: DryRun) -> str:
    """What the dry run came to, in one sentence."""
    if not found.would_go:
        return _("These rules would remove nothing today.")
    rows = ngettext("%(rows)s row", "%(rows)s rows", found.would_go) % {"rows": whole(found.would_go)}
    if not found.people:
        return _("These rules would remove %(rows)s today, and nobody.") % {"rows": rows}
    people = ngettext(
        "%(people)s person of whom nothing would be left",
        "%(people)s people of whom nothing would be left",
        found.people,
    ) % {"people": whole(found.people)}
    return _("These rules would remove %(rows)s today, and %(people)s.") % {"rows": rows, "people": people}
