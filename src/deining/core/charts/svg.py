"""SVG as text: elements, escaping, numbers, axes; the small parts every chart shares."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Final

Percent = Callable[[float], str]
"""Writes a share between 0 and 1 the reader's way."""

LEFT: Final = 44.0
BOTTOM: Final = 26.0
TOP: Final = 12.0
RIGHT: Final = 14.0


def plain_percent(share: float) -> str:
    """A share as a whole percentage: 14 %, with a space that does not break."""
    return f"{round(100 * share)}\u00a0%"


def stylesheet() -> str:
    """The rules that give the charts their colours, over the custom properties of the look."""
    return files(__package__).joinpath("charts.css").read_text(encoding="utf-8")


def number(value: float) -> str:
    """A coordinate: at most two decimals, no exponent, never NaN."""
    if not math.isfinite(value):
        return "0"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """`<name a="b">children</name>`: attributes are escaped, children must be markup already.

    `class_` gives class, underscores become hyphens; None leaves an attribute out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _attribute(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def words(text: str, x: float, y: float, *, anchor: str = "start", kind: str = "c-label") -> str:
    """A label."""
    return element("text", escape(text), x=x, y=y, text_anchor=anchor, class_=kind)


def hint(text: str) -> str:
    """What a pointer resting on an element reads."""
    return element("title", escape(text)) if text else ""


def picture(
    width: float, height: float, title: str, *children: str, kind: str = "", stretch: bool = False
) -> str:
    """The whole drawing, scalable, with a name for who cannot see it; `stretch` gives up its proportions."""
    return element(
        "svg",
        element("title", escape(title)),
        *children,
        viewBox=f"0 0 {number(width)} {number(height)}",
        preserveAspectRatio="none" if stretch else None,
        role="img",
        aria_label=title,
        class_=f"chart {kind}".strip(),
        xmlns="http://www.w3.org/2000/svg",
    )


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The `d` of a line through points."""
    pairs = " ".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{pairs}{'Z' if closed else ''}"


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` onto coordinates from `start` to `end`; values outside stay at the edge."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        part = (value - self.low) / span if span else 0.0
        return self.start + (self.end - self.start) * min(1.0, max(0.0, part))


def nice_top(value: float) -> float:
    """A round share at or above `value`, for the top of an axis."""
    for top in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        if value <= top:
            return top
    return 1.0


def levels(scale: Scale, left: float, right: float, percent: Percent, steps: int = 2) -> str:
    """Horizontal lines at equal steps with their labels."""
    drawn = []
    for step in range(steps + 1):
        value = scale.low + (scale.high - scale.low) * step / steps
        y = scale(value)
        drawn.append(element("line", x1=left, x2=right, y1=y, y2=y, class_="c-line"))
        drawn.append(words(percent(value), left - 8, y + 4, anchor="end"))
    return "".join(drawn)


def under(labels: Sequence[str], places: Sequence[float], y: float) -> str:
    """Labels along the bottom: the first, the last and so many between as stand evenly without touching."""
    last = len(labels) - 1
    drawn = []
    for place in _spread(last):
        anchor = "middle"
        if last > 0:
            anchor = "start" if place == 0 else "end" if place == last else "middle"
        drawn.append(words(labels[place], places[place], y, anchor=anchor))
    return "".join(drawn)


def _spread(last: int) -> list[int]:
    """At most five of the places 0 to `last`, at equal steps if any number of steps allows it."""
    if last < 2:
        return list(range(last + 1))
    steps = next((steps for steps in (4, 3, 2) if last % steps == 0), 2)
    return [round(step * last / steps) for step in range(steps + 1)]
