"""The words of the report, Dutch and English, and how numbers and dates are written in each."""

from datetime import date
from typing import Any, Final

from deining.channels.files.reasons import counted
from deining.cli.report.phrases import MONTHS, PHRASES


class Words:
    """Says things in one language: `words("title", share="9 %")`."""

    def __init__(self, lang: str) -> None:
        self.lang = "nl" if lang.lower().startswith("nl") else "en"
        self._place: Final = 1 if self.lang == "nl" else 0

    def __call__(self, code: str, **params: Any) -> str:
        """The phrase, whole numbers written the reader's way."""
        shown = {key: self.count(value) if isinstance(value, int) else value for key, value in params.items()}
        return counted(PHRASES[code][self._place], params.get("count")).format(**shown)

    def count(self, number: int) -> str:
        """12,345 or 12.345."""
        return f"{number:,}".replace(",", "." if self.lang == "nl" else ",")

    def percent(self, share: float | None) -> str:
        """14 %, below ten with a decimal where the whole number would hide too much; a dash when unknown."""
        if share is None or share != share:
            return "–"
        if 0 < share < 0.01:
            return "<\u00a01\u00a0%"
        if 0.99 < share < 1:
            return ">\u00a099\u00a0%"
        return f"{round(100 * share)}\u00a0%"

    def figure(self, value: float | None, digits: int = 2) -> str:
        """0.87 or 0,87; a dash when unknown."""
        if value is None or value != value:
            return "–"
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.lang == "nl" else text

    def day(self, day: date | str) -> str:
        """1 July 2024, 1 juli 2024."""
        one = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{one.day} {MONTHS[self._place][one.month - 1]} {one.year}"

    def month(self, day: date) -> str:
        """Jul 2024, jul 2024."""
        return f"{MONTHS[self._place][day.month - 1][:3]} {day.year}"
