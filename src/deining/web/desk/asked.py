"""What the People page was asked, in words: the title, and a chip for each filter that can be taken off."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.core.actors import Actor
from deining.core.kinds import Kind
from deining.core.models import User
from deining.people.models import SegmentName
from deining.people.queries.filters import ME, NOBODY, Filters
from deining.people.queries.listing import MOST_LISTED, PeoplePage
from deining.web.desk.kind_words import kind_name
from deining.web.desk.words import whole


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in words, and the query without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column that sorts: its words, the query that sorts by it, and which way it is sorted now."""

    words: str
    query: str
    sorted: str
    is_number: bool


def columns(filters: Filters) -> dict[str, Column]:
    """The sortable columns of the table, by key. Sorting once more turns the order round."""
    names = {
        "name": (_("Person"), False),
        "probability": (_("Wants a relationship"), False),
        "change": (_("Four weeks"), True),
        "last_seen": (_("Last seen"), False),
        "events": (_("Did"), True),
    }
    return {key: _column(filters, key, words, number) for key, (words, number) in names.items()}


def _column(filters: Filters, key: str, words: str, is_number: bool) -> Column:
    now = filters.sort_key == key
    again = f"-{key}" if now and not filters.sort.startswith("-") else key
    again = "" if again == "probability" else again
    state = ("ascending" if filters.is_ascending else "descending") if now else ""
    return Column(words, urlencode(replace(filters, sort=again).words()), state, is_number)


def heading(filters: Filters, page: PeoplePage) -> str:
    """How many people the question found, as a sentence."""
    if page.is_more:
        return _("More than %(count)s people") % {"count": whole(MOST_LISTED)}
    if not page.count:
        return _("Nobody like that") if filters.narrows else _("Nobody yet")
    if filters.without("segment", "sort").narrows or not filters.segment:
        return ngettext("%(count)s person", "%(count)s people", page.count) % {"count": whole(page.count)}
    words = {
        SegmentName.SEEKER.value: ngettext(
            "%(count)s person wants a relationship", "%(count)s people want a relationship", page.count
        ),
        SegmentName.BENEFIT.value: ngettext(
            "%(count)s person comes for a benefit", "%(count)s people come for a benefit", page.count
        ),
        SegmentName.PASSER_BY.value: ngettext("%(count)s passer-by", "%(count)s passers-by", page.count),
    }
    return words[filters.segment] % {"count": whole(page.count)}


def chips(actor: Actor, filters: Filters) -> list[Chip]:
    """The filters that are on, in the order of the form."""
    told = {
        "q": filters.q and f"“{filters.q}”",
        "segment": filters.segment and str(SegmentName(filters.segment).label),
        "least": filters.least is not None and _("at least %(share)s %%") % {"share": filters.least},
        "most": filters.most is not None and _("at most %(share)s %%") % {"share": filters.most},
        "network": filters.network and _("on %(network)s") % {"network": filters.network},
        "tag": filters.tag,
        "owner": filters.owner and _owner(actor, filters.owner),
        "kind": filters.kind and _("did: %(kind)s") % {"kind": kind_name(Kind(filters.kind))},
        "seen": filters.seen and _days(_("seen in the last %(count)s days"), filters.seen),
        "unseen": filters.unseen and _days(_("not seen for %(count)s days"), filters.unseen),
        "new": filters.new and _days(_("seeker since at most %(count)s days"), filters.new),
        "slipping": filters.slipping and _("slipping away"),
    }
    return [
        Chip(str(words), urlencode(filters.without(name).words())) for name, words in told.items() if words
    ]


def kind_choices() -> list[tuple[str, str]]:
    """Every kind with its name, by name."""
    return sorted(((kind.value, kind_name(kind)) for kind in Kind), key=lambda pair: pair[1].casefold())


def sort_choices() -> list[tuple[str, str]]:
    """The orders the list knows, most used first."""
    return [
        ("", _("most likely first")),
        ("change", _("most lost in four weeks")),
        ("-change", _("most gained in four weeks")),
        ("last_seen", _("seen last")),
        ("first_seen", _("newest here")),
        ("seeker_since", _("newest seeker")),
        ("events", _("did most")),
        ("name", _("by name")),
        ("-probability", _("least likely first")),
        ("-last_seen", _("longest not seen")),
    ]


def _owner(actor: Actor, owner: str) -> str:
    if owner == NOBODY:
        return _("without an owner")
    if owner == ME:
        return _("looked after by me")
    user = User.objects.filter(pk=int(owner), memberships__brand=actor.brand).first()
    return _("looked after by %(name)s") % {"name": user.display_name if user else "?"}


def _days(words: str, count: int) -> str:
    return words % {"count": whole(count)}
