"""The ways people and machines write a moment, as regular expressions with named groups.

Each shape gives some of: y mo d (or a b, whose order differs by country), month (a word), h mi s frac ap
zone, epoch. `dates.parse_times` turns the groups into instants, whole columns at a time.
"""

import re
from typing import Final

MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "jan january januari",
            "feb february februari febr",
            "mar march mrt maart maa",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august augustus",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for word in words.split()
}
"""Month words, Dutch and English, lower case, to their number."""

ZONE_MINUTES: Final = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "west": 60,
    "bst": 60,
    "cet": 60,
    "met": 60,
    "cest": 120,
    "mest": 120,
    "eet": 120,
    "eest": 180,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
"""Zone words to minutes east of Greenwich, as mail and logs use them (RFC 5322 section 4.3 and Europe's)."""

_ZONE = r"(?P<zone>[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z]{1,4})"
_HOURS = (
    r"(?P<h>\d{1,2})(?::|\.|[uh])(?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<frac>\d{1,9}))?)?"
    r"(?: ?(?P<ap>[AaPp]\.?[Mm]\.?))?(?: uur)?"
)
_TIME = rf"(?:(?:T| +|, ?| om | at )(?:om |at )?{_HOURS}(?: ?{_ZONE}(?: ?\([A-Za-z ]*\))?)?)?"
_WEEKDAY = r"(?:[A-Za-z]{2,9}\.?,? +)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<y>\d{4}|\d{2})"


SHAPES: Final = (
    re.compile(rf"^(?P<y>\d{{4}})[-/.](?P<mo>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}$"),
    re.compile(r"^(?P<epoch>\d{9,10}|\d{12,13}|\d{15,16})(?:[.,]\d+)?$"),
    re.compile(
        r"^(?P<y>\d{4})(?P<mo>\d{2})(?P<d>\d{2})"
        rf"(?:[T ]?(?P<h>\d{{2}}):?(?P<mi>\d{{2}}):?(?P<s>\d{{2}})?{_ZONE}?)?$",
    ),
    re.compile(rf"^{_WEEKDAY}(?P<a>\d{{1,2}})[-/. ](?P<b>\d{{1,2}})[-/. ]{_YEAR}{_TIME}$"),
    re.compile(
        rf"^{_WEEKDAY}(?P<d>\d{{1,2}})(?:e|st|nd|rd|th|\.)?[ -](?:of )?{_MONTH}[ ,-]+{_YEAR}{_TIME}$",
    ),
    re.compile(rf"^{_WEEKDAY}{_MONTH} +(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y>\d{{4}}){_TIME}$"),
    re.compile(
        rf"^[A-Za-z]{{2,3}},? +{_MONTH} +(?P<d>\d{{1,2}}) +{_HOURS} +(?:{_ZONE} +)?(?P<y>\d{{4}})$",
    ),
)

AMBIGUOUS: Final = (
    r"^(?:[A-Za-z]{2,9}\.?,? +)?(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?:\d{4}|\d{2})(?:\D.*)?$"
)
"""Numeric dates whose day and month can be told apart only by their size."""


def shape_of(text: str) -> re.Match[str] | None:
    """The first shape that the whole text fits."""
    return next((found for shape in SHAPES if (found := shape.match(text))), None)
