"""Who did what, and why."""

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from deining.core import log as core_log
from deining.core.actions.log_entries import export_log
from deining.core.actors import Actor
from deining.core.models import LogEntry
from deining.core.queries.log_entries import LogFilter, details_of, kinds_in_use, page_of
from deining.core.queries.members import colleagues_of
from deining.core.roles import Role
from deining.people.models import Person
from deining.web.desk.access import brand_page

SYSTEM = "system"
_WORDS = {
    "role": gettext_lazy("role"),
    "before": gettext_lazy("before"),
    "after": gettext_lazy("after"),
    "fields": gettext_lazy("settings"),
    "rows": gettext_lazy("rows"),
    "people": gettext_lazy("people"),
    "kind": gettext_lazy("kind"),
    "what": gettext_lazy("what"),
    "owner": gettext_lazy("colleague"),
    "user": gettext_lazy("colleague"),
    "count": gettext_lazy("count"),
}
_SETTINGS = {
    "name": gettext_lazy("name"),
    "slug": gettext_lazy("short name"),
    "time_zone": gettext_lazy("time zone"),
    "languages": gettext_lazy("languages of the audience"),
    "owner": gettext_lazy("owner"),
}
_PAGES = {"person": ("person", "person_id"), "import": ("imports_import", "import_id")}


@require_GET
@brand_page
def log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of the log, newest first, with its filter."""
    wanted = filter_from(request)
    page = page_of(actor, wanted, before=_number(request, "before"), after=_number(request, "after"))
    names = _names_of_people(actor, page.entries)
    kinds = core_log.declared_kinds()
    context = {
        "entries": [_shown(entry, actor, names, kinds) for entry in page.entries],
        "page": page,
        "wanted": wanted,
        "who": SYSTEM if wanted.system else wanted.user_id,
        "kinds": kinds_in_use(actor),
        "colleagues": colleagues_of(actor),
        "person": _person(actor, wanted.person_id),
        "is_filtered": wanted != LogFilter(),
    }
    return render(request, "desk/log/log.html", context)


@require_GET
@brand_page
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The filtered log as CSV."""
    rows = export_log(actor, wanted=filter_from(request))
    response = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log-{actor.brand.slug}.csv"'
    return cast(HttpResponse, response)  # `brand_page` passes any answer on; a stream is one


def filter_from(request: HttpRequest) -> LogFilter:
    """The filter that the address asks for; nonsense in it is ignored."""
    who = request.GET.get("who", "")
    return LogFilter(
        kind=request.GET.get("kind", ""),
        user_id=_number(request, "who"),
        system=who == SYSTEM,
        person_id=_number(request, "person"),
    )


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run (OWASP: CSV injection)."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _person(actor: Actor, person_id: int | None) -> Person | None:
    return None if person_id is None else Person.objects.filter(brand=actor.brand, pk=person_id).first()


def _csv_lines(rows: Iterator[list[str]]) -> Iterator[str]:
    class Line:
        def write(self, text: str) -> str:
            return text

    writer = csv.writer(Line())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def _shown(entry: LogEntry, actor: Actor, names: dict[int, str], kinds: dict[str, Any]) -> dict[str, Any]:
    return {
        "entry": entry,
        "words": kinds.get(entry.kind, entry.kind),
        "about": _about(entry, names),
        "address": _address(entry, actor, names),
        "details": [
            (_WORDS.get(name, name.replace("_", " ")), _told(value)) for name, value in details_of(entry)
        ],
    }


def _about(entry: LogEntry, names: dict[int, str]) -> str:
    """The person's present name; an erased person has none any more."""
    if entry.subject_type != "person" or entry.subject_id is None:
        return ""
    return names.get(entry.subject_id) or _("person %(number)s") % {"number": entry.subject_id}


def _address(entry: LogEntry, actor: Actor, names: dict[int, str]) -> str:
    """Where the thing can be seen, when it is still there."""
    if entry.subject_id is None or entry.subject_type not in _PAGES:
        return ""
    if entry.subject_type == "person" and entry.subject_id not in names:
        return ""
    page, argument = _PAGES[entry.subject_type]
    try:
        return reverse(page, kwargs={"brand": actor.brand.slug, argument: entry.subject_id})
    except NoReverseMatch:
        return ""


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_told(part) for part in value)
    if isinstance(value, str) and value in _SETTINGS:
        return str(_SETTINGS[value])
    return str(Role(value).label) if value in Role.values else str(value)


def _names_of_people(actor: Actor, entries: list[LogEntry]) -> dict[int, str]:
    ids = {entry.subject_id for entry in entries if entry.subject_type == "person" and entry.subject_id}
    return {person.pk: str(person) for person in Person.objects.filter(brand=actor.brand, pk__in=ids)}


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None
