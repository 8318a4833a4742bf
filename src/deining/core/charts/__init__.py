"""Charts as SVG text: pure functions, numbers in, markup out; no Django, no script, no colour of their own.

Colours come from classes (`c-sea`, `c-line`, …) that `charts.css` ties to the tokens of the look, so that
the same SVG works on a page with its stylesheet and in a report that carries the rules inside
(`stylesheet()`). Every label is passed in, already in the reader's language; everything is escaped.
"""

from deining.core.charts.bars import Bar, bars, histogram, people_bars
from deining.core.charts.calibration import CalibrationBin, calibration
from deining.core.charts.gain import GainLine, gain
from deining.core.charts.person import probability_history, sparkline, swell
from deining.core.charts.share import SharePoint, share_over_time
from deining.core.charts.svg import plain_percent, stylesheet

__all__ = [
    "Bar",
    "CalibrationBin",
    "GainLine",
    "SharePoint",
    "bars",
    "calibration",
    "gain",
    "histogram",
    "people_bars",
    "plain_percent",
    "probability_history",
    "share_over_time",
    "sparkline",
    "stylesheet",
    "swell",
]
