"""`./deining bench people`: how well, how fast, and how large (docs/relationship.md, docs/decisions)."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from deining.bench.rows import Row, skipped

PARTS: Final = ("quality", "speed", "imports", "pages", "start", "matching")


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """The rows of all parts, or of those named in `only`.

    `only`: names of parts ("quality", "speed", "imports", "pages", "matching"), and what a part understands,
    such as the name of a log. A part is a module of this package with `run(data, only) -> list[Row]`.
    """
    chosen = [part for part in PARTS if only is None or part in only] or list(PARTS[:1])
    rest = [name for name in only or () if name not in PARTS] or None
    rows: list[Row] = []
    for part in chosen:
        name = f"{__name__}.{part}"
        if find_spec(name) is None:
            rows.append(skipped(part, "this part of the bench is not built yet"))
        else:
            rows += import_module(name).run(data, rest)
    return rows
