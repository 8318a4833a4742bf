"""Rejected rows as a file: the good rows go in, the bad ones come back with row number and reason."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final

from deining.channels.files.happenings import Rejected
from deining.channels.files.reasons import say

HEADERS: Final = {
    "en": ("file", "row", "column", "reason", "value"),
    "nl": ("bestand", "rij", "kolom", "reden", "waarde"),
}


class RejectedFile:
    """An open CSV of rejected rows; a context manager, so that a million of them need no memory."""

    def __init__(self, path: str | Path, lang: str = "en") -> None:
        self.lang = "nl" if lang == "nl" else "en"
        self.count = 0
        # utf-8-sig: the spreadsheets people open this with take anything else for cp1252
        self._file = Path(path).open(  # noqa: SIM115  (closed by __exit__)
            "w", encoding="utf-8-sig", newline=""
        )
        self._writer = csv.writer(self._file)
        self._writer.writerow(HEADERS[self.lang])

    def write(self, rejected: Iterable[Rejected]) -> None:
        """Add rows."""
        for row in rejected:
            self.count += 1
            reason = say(f"row_{row.reason}", {}, self.lang)
            self._writer.writerow((row.file, row.row, row.column, reason, _harmless(row.value)))

    def __enter__(self) -> "RejectedFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def write_rejected(path: str | Path, rejected: Iterable[Rejected], lang: str = "en") -> int:
    """Write rejected rows to `path` as CSV (file, row, column, reason, value); gives how many."""
    with RejectedFile(path, lang) as out:
        out.write(rejected)
        return out.count


def _harmless(value: str) -> str:
    """A spreadsheet runs a cell that starts like a formula; text from outside never gets that chance."""
    return "'" + value if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
