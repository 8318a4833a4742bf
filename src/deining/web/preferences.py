"""How Deining looks and speaks to one person: language and appearance, kept on the user, else in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from deining.core.models import User
from deining.web.context import THEME_COOKIE, THEMES

A_YEAR = 365 * 24 * 3600


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and go back to where the person was."""
    return _keep(
        request, "language", settings.LANGUAGE_COOKIE_NAME, [code for code, _name in settings.LANGUAGES]
    )


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the appearance that was chosen, and go back to where the person was."""
    return _keep(request, "theme", THEME_COOKIE, THEMES)


def _keep(request: HttpRequest, field: str, cookie: str, known: list[str]) -> HttpResponse:
    chosen = request.POST.get(field, "")
    response = HttpResponseRedirect(_back(request))
    if chosen in known:
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(**{field: chosen})
        response.set_cookie(
            cookie,
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _back(request: HttpRequest) -> str:
    """The address the form names, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") else "/"
