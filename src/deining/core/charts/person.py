"""One person's charts: how the probability went, a line the size of a word, and the swell of an estimate."""

from collections.abc import Sequence

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
    path,
    picture,
    plain_percent,
    under,
)


def probability_history(
    points: Sequence[tuple[str, float]],
    *,
    title: str,
    percent: Percent = plain_percent,
    width: float = 480,
    height: float = 160,
) -> str:
    """A line through (label, probability from 0 to 1), the ground under it tinted, the last marked."""
    y = Scale(0.0, 1.0, height - BOTTOM, TOP)
    x = Scale(0, max(1, len(points) - 1), LEFT, width - RIGHT)
    through = [(x(place), y(value)) for place, (_, value) in enumerate(points)]
    ground = [(through[0][0], y(0)), *through, (through[-1][0], y(0))] if through else []
    return picture(
        width,
        height,
        title,
        levels(y, LEFT, width - RIGHT, percent),
        element("path", d=path(ground, closed=True), class_="c-sea-soft") if len(through) > 1 else "",
        element("path", d=path(through), class_="c-sea-line") if len(through) > 1 else "",
        _end(through, f"{points[-1][0]}: {percent(points[-1][1])}" if points else ""),
        under([label for label, _ in points], [at for at, _ in through], height - 6),
        kind="c-history",
    )


def _end(through: Sequence[tuple[float, float]], text: str) -> str:
    if not through:
        return ""
    return element("circle", hint(text), cx=through[-1][0], cy=through[-1][1], r=4.5, class_="c-sea")


def sparkline(values: Sequence[float], *, title: str, width: float = 96, height: float = 20) -> str:
    """A line without axes; its scale runs from 0 to the largest value."""
    x = Scale(0, max(1, len(values) - 1), 2, width - 3)
    y = Scale(0.0, max([*values, 0.0]) or 1.0, height - 3, 3)
    through = [(x(place), y(value)) for place, value in enumerate(values)]
    line = element("path", d=path(through), class_="c-sea-line c-thin") if len(through) > 1 else ""
    dot = element("circle", cx=through[-1][0], cy=through[-1][1], r=2.2, class_="c-sea") if through else ""
    return picture(width, height, title, line, dot, kind="c-spark")


def swell(
    estimate: float,
    high: float | None = None,
    *,
    title: str,
    tone: str = "sea",
    width: float = 150,
    height: float = 8,
) -> str:
    """The swell: solid up to the estimate, pale up to the upper bound, both between 0 and 1."""
    x = Scale(0.0, 1.0, 0.0, width)
    half = height / 2
    top = "" if high is None else _bar(x(max(high, estimate)), height, half, f"c-{tone} c-pale")
    return picture(
        width,
        height,
        title,
        _bar(width, height, half, "c-track"),
        top,
        _bar(x(estimate), height, half, f"c-{tone}"),
        kind="c-swell",
        stretch=True,
    )


def _bar(length: float, height: float, radius: float, kind: str) -> str:
    return element("rect", x=0.0, y=0.0, width=length, height=height, rx=min(radius, length / 2), class_=kind)
