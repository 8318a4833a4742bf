"""Merge suggestions and merges: decide, take back, look again. Works with and without scripts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.roles import Capability
from deining.people.access import get_merge_for, get_proposal_for
from deining.people.actions.merging import undo_merge
from deining.people.models import Merge, MergeProposal, ProposalState
from deining.people.proposals.actions import (
    accept_proposal,
    postpone_proposal,
    reject_proposal,
    reopen_proposal,
)
from deining.people.proposals.duties import ask_for_proposals, is_looking
from deining.people.proposals.queries import PAGE, card, cards, merges_done, waiting
from deining.web.desk.access import brand_page
from deining.web.desk.merge_words import heading, shown


@brand_page
def merges(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The suggestions that wait, the surest first, and on top what was decided just now."""
    number = waiting(actor).count()
    page = min(_whole(request.GET.get("page")), max(number - 1, 0) // PAGE)
    context = {
        "heading": heading(number),
        "cards": [shown(one) for one in cards(actor, page)],
        "newer": f"?page={page - 1}" if page else "",
        "older": f"?page={page + 1}" if (page + 1) * PAGE < number else "",
        "may_merge": actor.may(Capability.MERGE),
        "is_looking": is_looking(actor.brand),
    }
    return render(request, "desk/merges/merges.html", context | _just_decided(request, actor))


@brand_page
def done(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every merge, newest first, each with its undo."""
    found = merges_done(actor, before=_whole(request.GET.get("before")) or None)
    older = f"?before={found[-1].pk}" if len(found) == PAGE else ""
    context = {"merges": found, "older": older, "may_merge": actor.may(Capability.MERGE)}
    return render(request, "desk/merges/done.html", context)


@require_POST
@brand_page
def decide(request: HttpRequest, actor: Actor, proposal_id: int, said: str) -> HttpResponse:
    """The same, not the same, or later."""
    proposal = get_proposal_for(actor, proposal_id)
    made = None
    if said == "same":
        made = accept_proposal(actor=actor, proposal=proposal)
    elif said == "different":
        reject_proposal(actor=actor, proposal=proposal)
    elif said == "later":
        postpone_proposal(actor=actor, proposal=proposal)
    else:
        raise NotFound(_("There is no such answer to a suggestion."))
    if request.headers.get("HX-Request"):
        proposal.refresh_from_db()
        context = _decided(proposal, made) | {"heading": heading(waiting(actor).count())}
        return render(request, "desk/merges/decided.html", context)
    mark = f"merge={made.pk}&decided={proposal.pk}" if made else f"decided={proposal.pk}"
    return redirect(f"{_page(actor)}?{mark}")


@require_POST
@brand_page
def reopen(request: HttpRequest, actor: Actor, proposal_id: int) -> HttpResponse:
    """Take back "not the same" or "later"."""
    proposal = get_proposal_for(actor, proposal_id)
    reopen_proposal(actor=actor, proposal=proposal)
    return _card_again(request, actor, proposal) or redirect(_page(actor))


@require_POST
@brand_page
def undo(request: HttpRequest, actor: Actor, merge_id: int) -> HttpResponse:
    """Undo a merge, from its card, from the list of merges or from the person's page."""
    undo_merge(actor=actor, merge=get_merge_for(actor, merge_id))
    if proposal_id := _whole(request.POST.get("proposal")):
        answer = _card_again(request, actor, get_proposal_for(actor, proposal_id))
        if answer:
            return answer
    messages.success(request, _("The merge is undone. Everything that arrived since went along."))
    return redirect(_next(request) or _page(actor))


@require_POST
@brand_page
def look(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look through the accounts now."""
    actor.require(Capability.MERGE)
    ask_for_proposals(actor.brand, created_by=actor.user)
    messages.success(request, _("We are looking. Come back in a minute."))
    return redirect(_page(actor))


def _just_decided(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """For who works without scripts: what was decided on the page before, with its undo."""
    proposal_id, merge_id = _whole(request.GET.get("decided")), _whole(request.GET.get("merge"))
    proposal = (
        MergeProposal.objects.filter(brand=actor.brand, pk=proposal_id).first() if proposal_id else None
    )
    if proposal is None or proposal.state == ProposalState.OPEN:
        return {}
    made = Merge.objects.filter(brand=actor.brand, pk=merge_id, undone_at=None).first()
    if proposal.state == ProposalState.ACCEPTED and made is None:
        return {}
    return _decided(proposal, made)


def _decided(proposal: MergeProposal, made: Merge | None) -> dict[str, object]:
    return {"proposal": proposal, "merge": made}


def _card_again(request: HttpRequest, actor: Actor, proposal: MergeProposal) -> HttpResponse | None:
    if not request.headers.get("HX-Request"):
        return None
    title = heading(waiting(actor).count())
    context = {"shown": shown(card(actor, proposal)), "may_merge": True, "again": title}
    return render(request, "desk/merges/card.html", context)


def _page(actor: Actor) -> str:
    return reverse("merges", kwargs={"brand": actor.brand.slug})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
