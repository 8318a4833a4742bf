"""The brand's share over time: a line, its interval as a band, and what really came of it as dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from deining.core.charts.svg import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Percent,
    Scale,
    element,
    hint,
    levels,
    nice_top,
    path,
    picture,
    plain_percent,
    under,
)


@dataclass(frozen=True, slots=True)
class SharePoint:
    """One moment: the estimated share with its interval (if known) and the share that came out (if known)."""

    label: str
    share: float | None
    low: float | None = None
    high: float | None = None
    observed: float | None = None
    hint: str = ""


def share_over_time(
    points: Sequence[SharePoint],
    *,
    title: str,
    percent: Percent = plain_percent,
    width: float = 480,
    height: float = 200,
) -> str:
    """Line and band of `share`, hollow dots for `observed`; the last estimate carries a solid dot."""
    known = [
        value for point in points for value in (point.share, point.high, point.observed) if value is not None
    ]
    y = Scale(0.0, nice_top(max(known, default=0.1)), height - BOTTOM, TOP)
    x = Scale(0, max(1, len(points) - 1), LEFT, width - RIGHT)
    places = [x(place) for place in range(len(points))]
    return picture(
        width,
        height,
        title,
        levels(y, LEFT, width - RIGHT, percent),
        _band(points, places, y),
        _line(points, places, y),
        *(_observed(point, place, y) for point, place in zip(points, places, strict=True)),
        _last(points, places, y),
        under([point.label for point in points], places, height - 6),
        kind="c-share",
    )


def _band(points: Sequence[SharePoint], places: Sequence[float], y: Scale) -> str:
    sides = [
        (at, p.low, p.high)
        for at, p in zip(places, points, strict=True)
        if p.low is not None and p.high is not None
    ]
    if len(sides) == 1:
        at, low, high = sides[0]
        return element("line", x1=at, x2=at, y1=y(low), y2=y(high), class_="c-whisker")
    upper = [(at, y(high)) for at, _, high in sides]
    lower = [(at, y(low)) for at, low, _ in reversed(sides)]
    return element("path", d=path(upper + lower, closed=True), class_="c-sea-soft") if sides else ""


def _line(points: Sequence[SharePoint], places: Sequence[float], y: Scale) -> str:
    through = [(at, y(p.share)) for at, p in zip(places, points, strict=True) if p.share is not None]
    return element("path", d=path(through), class_="c-sea-line") if len(through) > 1 else ""


def _observed(point: SharePoint, place: float, y: Scale) -> str:
    if point.observed is None:
        return ""
    return element("circle", hint(point.hint), cx=place, cy=y(point.observed), r=4.0, class_="c-hollow")


def _last(points: Sequence[SharePoint], places: Sequence[float], y: Scale) -> str:
    for point, place in zip(reversed(points), reversed(places), strict=True):
        if point.share is not None:
            return element("circle", hint(point.hint), cx=place, cy=y(point.share), r=4.5, class_="c-sea")
    return ""
