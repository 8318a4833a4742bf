"""A timeline's rows in words: what was done, by whom, at what time, in answer to what."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.core import clock
from deining.core.actors import Actor
from deining.core.log import declared_kinds
from deining.core.models import LogEntry
from deining.people.models import LedgerEntry
from deining.people.queries.person import WE, Moment, Timeline
from deining.web.desk.kind_words import ICONS, kind_deed
from deining.web.desk.words import day_words

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line. `asked`: in answer to us (True), of their own accord (False), or the source does not say."""

    key: str
    icon: str
    deed: str
    about: str
    network: str
    time: str
    is_ours: bool
    asked: bool | None
    answers: str
    answers_key: str


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """One day's lines under its name."""

    words: str
    iso: str
    rows: list[TimelineRow]


@dataclass(frozen=True, slots=True)
class LogLine:
    """What a colleague did, and when."""

    who: str
    did: str
    when: str


def in_words(timeline: Timeline, time_zone: str) -> list[TimelineDay]:
    """Every day of this page."""
    today = clock.now().astimezone(clock.zone(time_zone)).date()
    return [
        TimelineDay(day_words(day.day, today), day.day.isoformat(), [_row(m, time_zone) for m in day.moments])
        for day in timeline.days
    ]


def log_in_words(entries: list[LogEntry], actor: Actor) -> list[LogLine]:
    """The log's entries about one person."""
    words = declared_kinds()
    zone = clock.zone(actor.brand.time_zone)
    return [
        LogLine(
            entry.actor_label,
            str(words.get(entry.kind, entry.kind)),
            formats.date_format(entry.happened_at.astimezone(zone), "j M Y, H:i"),
        )
        for entry in entries
    ]


def _row(moment: Moment, time_zone: str) -> TimelineRow:
    entry, answered = moment.entry, moment.answers
    return TimelineRow(
        key=f"e{entry.pk}",
        icon=ICONS[entry.kind_word],
        deed=kind_deed(entry.kind_word, entry.direction_word),
        about=entry.subject.name if entry.subject else "",
        network=moment.network,
        time=_time(entry, time_zone),
        is_ours=moment.is_ours,
        asked=None if moment.is_ours else entry.asked,
        answers=_answers(entry, answered) if answered else "",
        answers_key=f"e{answered.pk}" if answered else "",
    )


def _answers(entry: LedgerEntry, answered: LedgerEntry) -> str:
    """To what this was an answer, and how soon it came."""
    about = answered.subject.name if answered.subject else ""
    if answered.direction == WE:
        told = _("in answer to our question") if not about else _("in answer to our question about %(about)s")
    else:
        told = _("in answer to somebody") if not about else _("in answer to somebody on %(about)s")
    return f"{told % {'about': about}}{_how_soon(entry, answered)}"


def _how_soon(entry: LedgerEntry, answered: LedgerEntry) -> str:
    if entry.happened_at is None or answered.happened_at is None:
        return ""
    gap = entry.happened_at - answered.happened_at
    if not timedelta(0) <= gap <= SOON:
        return ""
    hours = int(gap.total_seconds() // 3600)
    if hours < 1:
        return ", " + _("within the hour")
    if hours < 48:
        return ", " + ngettext("after %(count)s hour", "after %(count)s hours", hours) % {"count": hours}
    return ", " + ngettext("after %(count)s day", "after %(count)s days", hours // 24) % {
        "count": hours // 24
    }


def _time(entry: LedgerEntry, time_zone: str) -> str:
    return entry.happened_at.astimezone(clock.zone(time_zone)).strftime("%H:%M") if entry.happened_at else ""
