"""A second list of erasures beside the database, so that restoring an older backup does not undo them.

One line of JSON per hash, appended and flushed to disk in the transaction of the erasure. A restore must
leave this file in place (or join both) and then call `reapply_erasures`.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

FILE_NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """One hash of somebody erased: in which brand, and when (ISO 8601, UTC)."""

    brand: int
    hash: str
    at: str


def path() -> Path:
    """Where the list is: beside the database and the keys."""
    return Path(settings.DATA_DIR) / FILE_NAME


def append(lines: Iterable[Line]) -> None:
    """Write lines at the end, readable by the owner only, and make sure that they are on disk."""
    text = "".join(json.dumps(asdict(line)) + "\n" for line in lines)
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read() -> list[Line]:
    """All lines; one that a crash cut short is passed over."""
    if not path().exists():
        return []
    found = []
    for text in path().read_text().splitlines():
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError):
            continue
    return found
