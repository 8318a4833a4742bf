"""Home: what our share is, who is new, who slips away, what to do today; and how we know all that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone

from deining.channels.imports.models import Import, ImportState
from deining.core import clock
from deining.core.actors import Actor
from deining.people.models import FittedModel, Person
from deining.people.queries.home import Home, calibration_of, home_of, shares_of
from deining.people.scoring import current_fit
from deining.web.desk import pictures
from deining.web.desk.access import brand_page
from deining.web.desk.sentences import fit_notes, reading_language, why
from deining.web.desk.today import Figures, title, todo

AT_WORK = (ImportState.QUEUED, ImportState.RUNNING)


@brand_page
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first page of a brand."""
    found = home_of(actor)
    figures = _figures(actor, found)
    for person in (*found.newcomers.people, *found.slipping.people):
        _explain(person, actor, found.fit)
    return render(
        request,
        "desk/home/home.html",
        {
            "home": found,
            "heading": title(figures),
            "todo": todo(actor, figures),
            "figures": figures,
            "today": formats.date_format(
                timezone.localdate(timezone=clock.zone(actor.brand.time_zone)), "l j F"
            ),
            "chart": pictures.share(found.shares),
            "calibration": calibration_of(found.fit),
            "lookback": _lookback(found.fit),
        },
    )


@brand_page
def how_we_know(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How the same method would have done on the brand's own past, beside simpler ways, in plain words."""
    actor_fit = current_fit(actor.brand)
    return render(
        request,
        "desk/home/how_we_know.html",
        {
            "fit": actor_fit,
            "chart": pictures.share(shares_of(actor), width=1100),
            "calibration_chart": pictures.calibration(actor_fit.calibration) if actor_fit else "",
            "calibration": calibration_of(actor_fit),
            "notes": fit_notes(actor_fit),
            "tests": pictures.windows(actor_fit.backtest) if actor_fit else [],
        },
    )


def _figures(actor: Actor, found: Home) -> Figures:
    imports = Import.objects.filter(brand=actor.brand)
    return Figures(
        slipping=found.slipping.count,
        newcomers=found.newcomers.count,
        days=found.days,
        failed_imports=imports.filter(state=ImportState.FAILED).count(),
        running_imports=imports.filter(state__in=AT_WORK).count(),
        open_merges=found.open_merges,
        without_owner=found.without_owner,
        seekers=found.seekers,
        provisional=found.fit is not None and found.fit.provisional,
        has_people=found.has_people,
        has_fit=found.fit is not None and found.fit.share is not None,
        is_scoring=found.is_scoring,
    )


def _explain(person: Person, actor: Actor, fit: FittedModel | None) -> None:
    person.sentence = why(person, fit, reading_language(), actor.brand.time_zone)  # type: ignore[attr-defined]


def _lookback(fit: FittedModel | None) -> int | None:
    """Over how many days back the share counts people, when the model says so."""
    for note in fit.notes if fit else ():
        if "lookback" in note.get("params", {}):
            return int(note["params"]["lookback"])
    return None
