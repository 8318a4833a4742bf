"""Bars: one quantity beside others, how probabilities are spread, people with their swell."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from deining.core.charts.svg import Percent, Scale, element, hint, picture, plain_percent, words

ROW: Final = 30.0
NAME: Final = 162.0
VALUE: Final = 56.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A named value; `high` is its upper bound, `shown` what is written behind it, `tone` its colour."""

    name: str
    value: float
    shown: str
    high: float | None = None
    tone: str = "sea"
    hint: str = ""


def bars(rows: Sequence[Bar], *, title: str, top: float | None = None, width: float = 480) -> str:
    """Horizontal bars from 0 to `top` (default: the largest value), name on the left, value on the right."""
    largest = max((row.high or row.value for row in rows), default=1.0)
    x = Scale(0.0, top or largest or 1.0, NAME, width - VALUE)
    drawn = (_row(row, place * ROW, x, width) for place, row in enumerate(rows))
    return picture(width, max(1, len(rows)) * ROW, title, *drawn, kind="c-bars")


def _row(row: Bar, top: float, x: Scale, width: float) -> str:
    middle = top + ROW / 2
    pale = "" if row.high is None else _bar(x, row.high, top, f"c-{row.tone} c-pale")
    return element(
        "g",
        hint(row.hint),
        words(_short(row.name), NAME - 10, middle + 4, anchor="end", kind="c-label c-strong"),
        _bar(x, x.high, top, "c-track"),
        pale,
        _bar(x, row.value, top, f"c-{row.tone}"),
        words(row.shown, width, middle + 4, anchor="end", kind="c-value"),
    )


def _bar(x: Scale, value: float, top: float, kind: str) -> str:
    length = x(value) - x.start
    return element(
        "rect", x=x.start, y=top + 9, width=length, height=12.0, rx=min(6.0, length / 2), class_=kind
    )


def _short(name: str, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def people_bars(
    people: Sequence[tuple[str, float, float | None]],
    *,
    title: str,
    percent: Percent = plain_percent,
    width: float = 480,
) -> str:
    """(name, probability, upper bound) as rows with their swell."""
    rows = [Bar(name, value, percent(value), high) for name, value, high in people]
    return bars(rows, title=title, top=1.0, width=width)


def histogram(
    counts: Sequence[int],
    *,
    title: str,
    count: Callable[[int], str] = str,
    percent: Percent = plain_percent,
    width: float = 480,
    height: float = 200,
) -> str:
    """People by probability, in equal steps from 0 to 1; heights by the square root, so that the few are
    seen.
    """
    steps = max(1, len(counts))
    x = Scale(0.0, steps, 8.0, width - 8.0)
    y = Scale(0.0, math.sqrt(max([*counts, 1])), height - 26, 24)
    drawn = []
    for place, people in enumerate(counts):
        left, right = x(place) + 2, x(place + 1) - 2
        top = y(math.sqrt(people))
        floor = y(0)
        size = max(1.0, floor - top) if people else 0.0
        label = f"{percent(place / steps)}–{percent((place + 1) / steps)}: {count(people)}"
        bar = element("rect", hint(label), x=left, y=floor - size, width=right - left, height=size, rx=3.0,
                      class_="c-sea")  # fmt: skip
        drawn.append(
            bar
            + words(
                count(people), (left + right) / 2, floor - size - 6, anchor="middle", kind="c-value c-small"
            )
        )
    axis = element("line", x1=8.0, x2=width - 8, y1=y(0), y2=y(0), class_="c-line")
    ticks = "".join(
        words(percent(value), x(value * steps), height - 8, anchor=anchor)
        for value, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    )
    return picture(width, height, title, *drawn, axis, ticks, kind="c-histogram")
