"""Builders of small logs, written on the spot; nothing here comes from real people."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deining.channels.files import Batch, Rejected, Source, open_source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def opened(*paths: Path, **changes: Any) -> Source:
    """A source as of NOW."""
    return open_source(paths, now=NOW, **changes)


def rows_of(source: Source) -> list[dict[str, Any]]:
    """All happenings as dicts, in order of row."""
    rows = [row for batch in source.batches() for row in batch.happenings.to_pylist()]
    return sorted(rows, key=lambda row: row["row"])


def rejected_of(source: Source) -> list[Rejected]:
    """All rejected rows, in order."""
    return sorted((bad for batch in source.batches() for bad in batch.rejected), key=lambda bad: bad.row)


def counted(batches: list[Batch], what: str) -> dict[str, int]:
    """Sums of `left_out` or `notes` over batches."""
    sums: dict[str, int] = {}
    for batch in batches:
        for code, count in getattr(batch, what).items():
            sums[code] = sums.get(code, 0) + count
    return sums


def times_of(source: Source) -> list[str]:
    """The moments, in UTC."""
    return [f"{row['happened_at']:%Y-%m-%d %H:%M:%S}" for row in rows_of(source)]


def orders_csv(people: int = 30, each: int = 3) -> str:
    """A Dutch webshop's export: semicolons, decimal commas, day first."""
    lines = ["klantnr;datum;soort;bedrag"]
    for person in range(people):
        day = f"-{1 + person % 12:02}-2024 14:05;bestelling;12,50"
        lines.extend(f"K{person:04};{1 + time * 9:02}{day}" for time in range(each))
    return "\n".join(lines) + "\n"


def topic(number: int, posts: list[dict[str, Any]], title: str = "Welke maling?") -> str:
    """A topic in the shape of /t/ID.json."""
    return json.dumps({"id": number, "title": title, "post_stream": {"posts": posts}})


def post(number: int, username: str, **more: Any) -> dict[str, Any]:
    """A post of a topic."""
    return {
        "id": 100 + number,
        "post_number": number,
        "post_type": 1,
        "username": username,
        "name": username.title(),
        "created_at": f"2024-05-{number:02}T10:00:00.000Z",
        "reply_to_post_number": None,
        "actions_summary": [],
        **more,
    }
