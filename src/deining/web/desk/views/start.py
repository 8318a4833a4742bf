"""From a fresh installation to one's own people: the first page, three steps, and which brand to open."""

from collections.abc import Callable

from django.conf import settings as django_settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deining.core import start_code
from deining.core.actions import brands as brand_actions
from deining.core.actions import users
from deining.core.actors import Actor
from deining.core.errors import DeiningError, NotAllowed, NotFound
from deining.core.models import Brand, Membership, User
from deining.core.queries.brands import may_start_brand, memberships_of
from deining.core.queries.users import has_real_users, is_guest
from deining.core.roles import Capability
from deining.web.accounts import door
from deining.web.accounts.forms import BrandForm, StartCodeForm, YouForm
from deining.web.accounts.visits import LAST_BRAND
from deining.web.desk.access import brand_page, refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """To one's brand; or, on a fresh installation, the choice between starting and looking around."""
    if request.user.is_authenticated and not is_guest(request.user):
        return _to_brand(request, request.user)
    if has_real_users():
        return redirect("account_login")
    if not door.may_start(request):
        start_code.start_code(django_settings.DATA_DIR)  # so that the file which the page names is there
        return render(request, "desk/start/code.html", {"form": StartCodeForm()})
    demo = Brand.objects.filter(is_invented=True, memberships__user=request.user.pk).first()
    return render(request, "desk/start/front.html", {"demo": demo})


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the start code from somebody who does not sit at the machine."""
    form = StartCodeForm(request.POST or None)
    if has_real_users() or door.may_start(request):
        return redirect("start")
    if request.method == "POST" and form.is_valid():
        if door.give_code(request, form.cleaned_data["code"]):
            return redirect("start")
        form.add_error(
            "code", _("That is not the start code. Look in the window where ./deining run was started.")
        )
    return render(request, "desk/start/code.html", {"form": form})


@require_http_methods(["GET", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """Step 1: the first account."""
    if has_real_users() or not door.may_start(request):
        return redirect("start")
    form = YouForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = users.make_first_user(**form.cleaned_data, language=get_language() or "nl")
        except DeiningError as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)  # a guest who looked around
            door.close_door(request)
            login(request, user, backend=BACKEND)
            return redirect("start_brand")
    return render(request, "desk/start/you.html", {"form": form, "step": 1})


@login_required
@require_http_methods(["GET", "POST"])
def brand(request: HttpRequest) -> HttpResponse:
    """Step 2, and later on: start another brand."""
    user = _signed_in(request)
    if is_guest(user):
        return redirect("start_you")
    if not may_start_brand(user):
        return refused(
            request, NotAllowed(_("Only an owner can start another brand. Ask one of the owners here."))
        )
    form = BrandForm.of(None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor = brand_actions.start_brand(user=user, **form.cleaned_data)
        except DeiningError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("start_people", brand=actor.brand.slug)
    is_first = not Membership.objects.filter(user=user, brand__is_invented=False).exists()
    return render(request, "desk/start/brand.html", {"form": form, "step": 2, "is_first": is_first})


@brand_page
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Step 3: the first people, or a look around first."""
    if not actor.may(Capability.IMPORT):
        return redirect("home", brand=actor.brand.slug)
    return render(request, "desk/start/people.html", {"step": 3})


@require_POST
def look_around(request: HttpRequest) -> HttpResponse:
    """Into the demo brand: as oneself, or as a guest while nobody has started."""
    try:
        user = _visitor(request)
        demo = _demo_of(user) or _demo_maker()(user)
        if is_guest(user):
            users.settle_guest(guest=user, brand=demo)
    except DeiningError as refusal:
        return refused(request, refusal)
    if is_guest(user) and request.user != user:
        login(request, user, backend=BACKEND)
    return redirect("home", brand=demo.slug)


@login_required
@require_GET
def brands(request: HttpRequest) -> HttpResponse:
    """Which brand to open."""
    user = _signed_in(request)
    context = {"memberships": memberships_of(user), "may_start": may_start_brand(user)}
    return render(request, "desk/start/brands.html", context)


def _to_brand(request: HttpRequest, user: User) -> HttpResponseRedirect:
    """The brand that was open last, or the only one; else the list."""
    slugs = [membership.brand.slug for membership in memberships_of(user)]
    last = request.session.get(LAST_BRAND)
    if last in slugs:
        return redirect("home", brand=last)
    if len(slugs) == 1:
        return redirect("home", brand=slugs[0])
    return redirect("brands")


def _visitor(request: HttpRequest) -> User:
    """Who looks around: a colleague, or a guest when nobody has started and the visitor may."""
    if request.user.is_authenticated:
        return _signed_in(request)
    if has_real_users() or not door.may_start(request):
        raise NotAllowed(_("Looking around without an account is for fresh installations. Sign in first."))
    return users.make_guest(language=get_language() or "nl")


def _demo_of(user: User) -> Brand | None:
    """The demo brand that the user works in already. Only who may start a brand may have one made."""
    found = Brand.objects.filter(is_invented=True, memberships__user=user).order_by("id").first()
    if found is None and not is_guest(user) and not may_start_brand(user):
        raise NotAllowed(_("You are no colleague of the demo brand. Ask one of the owners here."))
    return found


def _demo_maker() -> Callable[[User], Brand]:
    """What makes the demo brand; found by name, because it stands on the same floor as the pages."""
    try:
        maker: Callable[[User], Brand] = import_string("deining.demo.actions.make_demo_brand")
    except ImportError as missing:
        raise NotFound(_("This installation came without the demo brand.")) from missing
    return maker


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
