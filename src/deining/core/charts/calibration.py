"""Said against came out: on the diagonal, what we said is what happened."""

import math
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
    picture,
    plain_percent,
    words,
)


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """People with about the same probability: what was predicted, what was observed, how many they were."""

    predicted: float
    observed: float
    people: int
    hint: str = ""


def calibration(
    bins: Sequence[CalibrationBin],
    *,
    title: str,
    said: str,
    came_out: str,
    percent: Percent = plain_percent,
    width: float = 480,
    height: float = 300,
) -> str:
    """A dot for each bin, its area by the number of people; `said` and `came_out` name the axes."""
    x = Scale(0.0, 1.0, LEFT, width - RIGHT)
    y = Scale(0.0, 1.0, height - BOTTOM - 16, TOP)
    most = max((math.sqrt(one.people) for one in bins), default=1.0) or 1.0
    ticks = "".join(
        words(percent(value), x(value), height - BOTTOM, anchor="end" if value == 1 else "middle")
        for value in (0.0, 0.5, 1.0)
    )
    dots = (
        element(
            "circle",
            hint(one.hint),
            cx=x(one.predicted),
            cy=y(one.observed),
            r=3.5 + 9 * math.sqrt(max(0, one.people)) / most,
            class_="c-dot",
        )
        for one in bins
    )
    return picture(
        width,
        height,
        title,
        levels(y, LEFT, width - RIGHT, percent),
        element("line", x1=x(0), y1=y(0), x2=x(1), y2=y(1), class_="c-diagonal"),
        *dots,
        ticks,
        words(came_out, LEFT + 6, TOP + 12, kind="c-label c-strong"),
        words(said, width - RIGHT, height - 6, anchor="end", kind="c-label c-strong"),
        kind="c-calibration",
    )
