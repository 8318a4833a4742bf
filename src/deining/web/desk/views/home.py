"""Home: what our share is, who is new, who slips away, what to do today; and how we know all that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from deining.channels.imports.models import Import, ImportState
from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.models import DutyState, Job
from deining.core.roles import Capability
from deining.people.models import FittedModel, Person
from deining.people.queries.home import Home, calibration_of, home_of, open_work, shares_of
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
            "heading": _heading(actor, found, figures),
            "work": _work(actor, found.first_work) if found.first_work else None,
            "may_import": actor.may(Capability.IMPORT),
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


@brand_page
def progress(request: HttpRequest, actor: Actor, job_id: int) -> HttpResponse:
    """How far the first work is; when it is over, the whole page is asked for."""
    if not Job.objects.filter(brand=actor.brand, pk=job_id).exists():
        raise NotFound(_("There is no such work here."))
    job = open_work(actor, job_id)
    if job is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "desk/parts/progress.html", _work(actor, job))


def _heading(actor: Actor, found: Home, figures: Figures) -> str:
    if found.first_work is not None:
        return _work_words(found.first_work)[0]
    if not found.has_people and not actor.may(Capability.IMPORT):
        return _("Nobody is here yet")
    return title(figures)


def _work(actor: Actor, job: Job) -> dict[str, Any]:
    """What the card about the first work says, and its moving part."""
    _heading, told, text = _work_words(job)
    poll = reverse("home_progress", args=[actor.brand.slug, job.pk])
    return {
        "told": told, "text": text, "note": _work_note(job), "poll": poll,
        "done": job.progress_done, "total": job.progress_total,
    }  # fmt: skip


def _work_words(job: Job) -> tuple[str, str, str]:
    """The page's heading, and what the card says in bold and below it."""
    if job.key.startswith("demo:"):
        return (
            _("A museum is being invented, with everybody who comes there"),
            _("The invented people are being made"),
            _(
                "They get a history of two and a half years, and a score. "
                "That takes about a minute; then this page shows them by itself."
            ),
        )  # fmt: skip
    if job.key.startswith("import:"):
        return (
            _("The first people are coming in"),
            _("A file is being read"),
            _("As soon as people are in, their relationship is estimated. That takes minutes, not hours."),
        )
    return (
        _("We are finding out who wants a relationship"),
        _("Being worked out"),
        _("Everybody’s history is being counted; then this page shows the outcome by itself."),
    )


def _work_note(job: Job) -> str:
    if job.state == DutyState.CLAIMED:
        return _("At work.")
    return _("It stopped, and is tried again soon.") if job.attempts else _("Waiting for its turn.")


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
