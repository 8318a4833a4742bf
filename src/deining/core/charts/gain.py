"""Gain: how many of those who come back are found among the first so many people of a ranking."""

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
    path,
    picture,
    plain_percent,
    words,
)


@dataclass(frozen=True, slots=True)
class GainLine:
    """One ranking: shares of people looked at (`reached`) and of the sought ones found by then (`found`)."""

    name: str
    reached: Sequence[float]
    found: Sequence[float]
    tone: str = "sea"


def gain(
    lines: Sequence[GainLine],
    *,
    title: str,
    reached: str,
    found: str,
    percent: Percent = plain_percent,
    width: float = 480,
    height: float = 280,
) -> str:
    """A line for each ranking; the dashed diagonal is picking people at random."""
    x = Scale(0.0, 1.0, LEFT, width - RIGHT)
    y = Scale(0.0, 1.0, height - BOTTOM - 16, TOP)
    drawn = [
        element(
            "path",
            hint(line.name),
            d=path((x(a), y(b)) for a, b in zip(line.reached, line.found, strict=True)),
            class_=f"c-{line.tone}-line",
        )
        for line in lines
        if len(line.reached) > 1
    ]
    ticks = "".join(
        words(percent(value), x(value), height - BOTTOM, anchor="end" if value == 1 else "middle")
        for value in (0.0, 0.5, 1.0)
    )
    return picture(
        width,
        height,
        title,
        levels(y, LEFT, width - RIGHT, percent),
        element("line", x1=x(0), y1=y(0), x2=x(1), y2=y(1), class_="c-diagonal"),
        *drawn,
        ticks,
        words(found, LEFT + 6, TOP + 12, kind="c-label c-strong"),
        words(reached, width - RIGHT, height - 6, anchor="end", kind="c-label c-strong"),
        kind="c-gain",
    )
