"""Which language a page speaks: what the person chose, else what the browser asks for, else the setting."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

KNOWN = {code for code, _name in settings.LANGUAGES}


def language_for(request: HttpRequest) -> str:
    """`nl` or `en`."""
    if request.user.is_authenticated and request.user.language in KNOWN:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in KNOWN:
        return cookie
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in KNOWN:
            return code
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activates the language for the request and says it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_for(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response
