"""What the desk's templates are made of: `{% load desk %}`. Shown with examples in docs/look.md."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.web.desk.words import ago, initials, percent, rounded, whole

register = template.Library()
register.filter("percent", percent)
register.filter("whole", whole)
register.simple_tag(ago, name="ago")

FACES = ("", "gold", "plain")


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """An icon of the sprite (names: tools/vendor.py). `words` when it stands alone and must be read out."""
    address = f"{_sprite()}#{name}"
    if words:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', words, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@cache
def _sprite() -> str:
    return static("vendor/icons.svg")


@register.simple_tag
def swell(
    estimate: float | None, low: float | None = None, high: float | None = None, size: str = ""
) -> SafeString:
    """The swell bar: solid to the estimate, pale to the upper bound. Numbers from 0 to 1; `size`: "thick"."""
    if estimate is None:
        return SafeString("")
    told = (
        percent(estimate)
        if low is None or high is None
        else _("%(estimate)s, between %(low)s and %(high)s")
        % {"estimate": percent(estimate), "low": percent(low), "high": percent(high)}
    )
    return format_html(
        '<svg class="swell {}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="f-track" width="100" height="8"/><rect class="f-pale" width="{}" height="8"/>'
        '<rect class="f-sea" width="{}" height="8" rx="1"/></svg>',
        size, told, rounded(high if high is not None else estimate), rounded(estimate),
    )  # fmt: skip


@register.simple_tag
def face(name: str, key: int = 0, size: str = "") -> SafeString:
    """A circle with initials; the same `key` always gets the same colour. `size`: "large"."""
    colour = FACES[int(key or 0) % len(FACES)]
    return format_html('<span class="face {} {}" aria-hidden="true">{}</span>', colour, size, initials(name))


@register.inclusion_tag("desk/parts/field.html")
def field(bound: Any, **extra: Any) -> dict[str, Any]:
    """A form field with its label, help and errors, wired for screen readers: `{% field form.name %}`."""
    return {"field": bound, **extra}


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's address with some of its query changed; None or "" takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag
def message_icon(level: str) -> str:
    """Which icon goes with a message of this level."""
    return {"error": "circle-x", "warning": "triangle-alert", "success": "circle-check"}.get(level, "info")


@register.simple_tag
def points(change: float) -> str:
    """A change of a probability in points: "−14 points"."""
    whole_points = round(abs(change) * 100)
    sign = "\u2212" if change < 0 else "+"
    return ngettext("%(sign)s%(count)s point", "%(sign)s%(count)s points", whole_points) % {
        "sign": sign,
        "count": whole_points,
    }


@register.simple_tag
def query_of(words: dict[str, str]) -> str:
    """A filter's words as the query of an address."""
    return urlencode(words)


@register.simple_tag
def trend(change: float) -> SafeString:
    """Points gained or lost, with an arrow; nothing when it rounds to none."""
    if abs(change) < 0.005:
        return SafeString("")
    colour, shape = ("green", "arrow-up") if change > 0 else ("coral", "arrow-down")
    return format_html(
        '<span class="trend {}" title="{}">{}{}</span>',
        colour,
        points(change),
        icon(shape),
        round(abs(change) * 100),
    )


@register.simple_tag
def older_newer(words: dict[str, str], number: int, step: int) -> str:
    """The query of the page before or after this one, of the same question."""
    return "?" + urlencode({**words, "page": number + step})
