"""What Home says first, and what it asks to do: words put together from figures."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.core.actors import Actor
from deining.core.roles import Capability
from deining.people.queries.listing import MOST_LISTED
from deining.web.desk.words import capital, number_word, whole


@dataclass(frozen=True, slots=True)
class Figures:
    """What the title and the list of things to do are made of."""

    slipping: int
    newcomers: int
    days: int
    failed_imports: int
    running_imports: int
    open_merges: int
    without_owner: int
    seekers: int
    provisional: bool
    has_people: bool
    has_fit: bool
    is_scoring: bool


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: words, why, where, and how urgent (`coral`, `gold`, or nothing)."""

    words: str
    why: str
    address: str
    colour: str = ""


def title(figures: Figures) -> str:
    """The page's answer to "how are we today?", in one line."""
    if not figures.has_people:
        return _("Bring in who did what, and see who wants a relationship")
    if not figures.has_fit:
        return (
            _("We are finding out who wants a relationship")
            if figures.is_scoring
            else _("Nothing can be told about these people yet")
        )
    parts = list(_parts(figures))
    if not parts:
        return _("Nobody slips away and nothing waits")
    told = parts[0] if len(parts) == 1 else f"{parts[0]}, {parts[1]}"
    return capital(told)


def _parts(figures: Figures) -> list[str]:
    slipping, newcomers = figures.slipping, figures.newcomers
    failed, merges = figures.failed_imports, figures.open_merges
    counted = [
        (slipping, ngettext("%(count)s person slips away", "%(count)s people slip away", slipping)),
        (failed, ngettext("%(count)s import needs a look", "%(count)s imports need a look", failed)),
        (merges, ngettext("%(count)s merge suggestion waits", "%(count)s merge suggestions wait", merges)),
        (
            newcomers,
            ngettext(
                "%(count)s newcomer among the seekers", "%(count)s newcomers among the seekers", newcomers
            ),
        ),
    ]
    return [words % {"count": counted_word(count)} for count, words in counted if count]


def counted_word(count: int) -> str:
    """A count as a title says it: in letters when small, "more than" beyond what was counted."""
    if count > MOST_LISTED:
        return _("more than %(count)s") % {"count": whole(MOST_LISTED)}
    return number_word(count)


def todo(actor: Actor, figures: Figures) -> list[Task]:
    """What to do today, most urgent first; only what this actor may do."""
    tasks = [
        _imports(actor, figures),
        _merges(actor, figures),
        _owners(actor, figures),
        _provisional(actor, figures),
    ]
    return [task for task in tasks if task is not None]


def _imports(actor: Actor, figures: Figures) -> Task | None:
    if not figures.failed_imports or not actor.may(Capability.IMPORT):
        return None
    words = ngettext("%(count)s import failed", "%(count)s imports failed", figures.failed_imports)
    return Task(
        words % {"count": whole(figures.failed_imports)},
        _("See what happened and try again; nothing went in half."),
        _page("imports", actor),
        "coral",
    )


def _merges(actor: Actor, figures: Figures) -> Task | None:
    if not figures.open_merges or not actor.may(Capability.MERGE):
        return None
    words = ngettext("%(count)s merge suggestion", "%(count)s merge suggestions", figures.open_merges)
    return Task(
        words % {"count": _at_most(figures.open_merges)},
        _("One person behind several accounts looks less interested than they are."),
        _page("merges", actor),
        "gold",
    )


def _owners(actor: Actor, figures: Figures) -> Task | None:
    if not figures.without_owner or not actor.may(Capability.EDIT_PEOPLE):
        return None
    words = ngettext(
        "%(count)s seeker without an owner", "%(count)s seekers without an owner", figures.without_owner
    )
    return Task(
        words % {"count": _at_most(figures.without_owner)},
        _("Give the likeliest ones a colleague who knows them."),
        _page("people", actor) + "?segment=seeker&owner=nobody",
    )


def _provisional(actor: Actor, figures: Figures) -> Task | None:
    if not figures.provisional:
        return None
    return Task(
        _("The figures are provisional"),
        _("A longer history makes them firmer: import what you have from earlier years."),
        _page("home_how_we_know", actor),
    )


def _at_most(count: int) -> str:
    return f"{whole(MOST_LISTED)}+" if count > MOST_LISTED else whole(count)


def _page(name: str, actor: Actor) -> str:
    try:
        return reverse(name, kwargs={"brand": actor.brand.slug})
    except NoReverseMatch:
        return ""
