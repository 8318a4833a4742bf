"""A merge suggestion as it stands on its card: titles, and the two accounts side by side."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deining.insight.matching.accounts import fold, mailbox_of
from deining.people.models import Identity
from deining.people.proposals.queries import Card
from deining.web.desk.sentences import reading_language
from deining.web.desk.words import percent, whole

_FIELDS = (
    ("name", gettext_lazy("name")),
    ("handle", gettext_lazy("handle")),
    ("email", gettext_lazy("e-mail address")),
    ("network", gettext_lazy("network")),
    ("external_id", gettext_lazy("account")),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the two accounts: what each says, and whether they agree."""

    words: Promise
    left: str
    right: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A card with its words."""

    card: Card
    sure: str
    why: str
    compared: list[Compared]


def shown(card: Card) -> Shown:
    """The card in the reader's language."""
    why = card.why(reading_language())
    compared = _compared(card.left.proposed, card.right.proposed)
    return Shown(card, percent(card.proposal.score), why[:1].upper() + why[1:], compared)


def heading(waiting: int) -> str:
    """The page's title: how many pairs wait."""
    if not waiting:
        return _("Nobody seems to be here twice")
    return ngettext("%(count)s pair may be one person", "%(count)s pairs may be one person each", waiting) % {
        "count": whole(waiting)
    }


def _plain(text: str) -> str:
    """What counts when two are compared: an address by its mailbox, anything else by letters and digits."""
    return mailbox_of(text.casefold()) or fold(text).replace(" ", "")


def _compared(left: Identity, right: Identity) -> list[Compared]:
    pairs = [(words, getattr(left, name), getattr(right, name)) for name, words in _FIELDS]
    return [
        Compared(words, ours, theirs, bool(ours) and _plain(ours) == _plain(theirs))
        for words, ours, theirs in pairs
        if ours or theirs
    ]
