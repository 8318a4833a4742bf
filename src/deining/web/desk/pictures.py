"""The desk's charts: stored figures in, labels in the reader's language, SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from deining.core import charts, clock
from deining.people.models import ShareOnDay
from deining.web.desk.words import percent, whole

STEPS = 40
NAMED = (0, STEPS // 2, STEPS)
"""Steps with a label under them; all fall on places where the chart would put one."""


@dataclass(frozen=True, slots=True)
class Window:
    """One test on the past: the day from which we looked ahead, and how well each way ranked people."""

    day: date
    people: int
    came: float | None
    said: float | None
    ours: float | None
    by_count: float | None
    by_recency: float | None


def share(points: Sequence[ShareOnDay], width: float = 480) -> SafeString:
    """The share over time; empty with fewer than two points, since one point is no line."""
    if len(points) < 2:
        return SafeString("")
    first, last = points[0], points[-1]
    days = [first.day + (last.day - first.day) * step // STEPS for step in range(STEPS + 1)]
    drawn = [_on_day(points, day, named=step in NAMED) for step, day in enumerate(days)]
    title = _("The share over time, from %(first)s to %(last)s") % {
        "first": percent(first.share),
        "last": percent(last.share),
    }
    return _safe(charts.share_over_time(drawn, title=title, percent=percent, width=width, height=170))


def _on_day(points: Sequence[ShareOnDay], day: int, *, named: bool) -> charts.SharePoint:
    """Straight between the two estimates around the day: they are years apart at first and a day apart later,
    and the chart's steps are even."""
    before = max((point for point in points if point.day <= day), key=lambda point: point.day)
    after = min((point for point in points if point.day >= day), key=lambda point: point.day)
    part = (day - before.day) / (after.day - before.day) if after.day > before.day else 0.0

    def between(low: float | None, high: float | None) -> float | None:
        return None if low is None or high is None else low + part * (high - low)

    return charts.SharePoint(
        formats.date_format(clock.day_of(day), "M Y") if named else "",
        between(before.share, after.share),
        between(before.low, after.low),
        between(before.high, after.high),
        hint=f"{_day(clock.day_of(after.day))}: {percent(after.share)}",
    )


def calibration(bins: Sequence[dict[str, Any]]) -> SafeString:
    """What was said against what came out."""
    drawn = [
        charts.CalibrationBin(row["predicted"], row["observed"], row["people"], _group(row))
        for row in bins
        if row.get("predicted") is not None and row.get("observed") is not None
    ]
    if not drawn:
        return SafeString("")
    return _safe(
        charts.calibration(
            drawn, title=_("What we said against what came out"), said=_("we said"), came_out=_("came out"),
            percent=percent,
        )
    )  # fmt: skip


def history(points: Sequence[tuple[date, float]]) -> SafeString:
    """One person's probability over time."""
    if len(points) < 2:
        return SafeString("")
    labelled = [(formats.date_format(day, "M Y"), value) for day, value in points]
    title = _("Probability over time, now %(now)s") % {"now": percent(points[-1][1])}
    return _safe(charts.probability_history(labelled, title=title, percent=percent, height=150))


def windows(backtest: Sequence[dict[str, Any]]) -> list[Window]:
    """The tests on the past, newest first."""
    rows = [
        Window(
            date.fromisoformat(str(row["cutoff"])[:10]), int(row["people"]), row.get("base_rate"),
            row.get("predicted"), row.get("auc"), row.get("auc_count"), row.get("auc_recency"),
        )
        for row in backtest
    ]  # fmt: skip
    return sorted(rows, key=lambda window: window.day, reverse=True)


def _group(row: dict[str, Any]) -> str:
    return _("%(people)s people: we said %(said)s, %(came)s came back") % {
        "people": whole(row["people"]),
        "said": percent(row["predicted"]),
        "came": percent(row["observed"]),
    }


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 -- core.charts escapes every label
