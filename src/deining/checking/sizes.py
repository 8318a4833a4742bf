"""Files stay small enough to be read in one sitting."""

from collections.abc import Iterator
from pathlib import Path

from deining.config import PROJECT_ROOT

LIMITS = {"*.py": 700, "*.html": 150, "*.css": 700, "*.js": 400}
TEST_LIMIT = 500
SKIPPED = {"vendor", "migrations", "node_modules"}


def too_large() -> list[str]:
    """A sentence for each file over its limit."""
    return [
        f"{path.relative_to(PROJECT_ROOT)} has {lines} lines; the limit is {limit}"
        for path, limit in _files()
        if (lines := len(path.read_text().splitlines())) > limit
    ]


def _files() -> Iterator[tuple[Path, int]]:
    for folder in ("src", "tests", "tools"):
        for pattern, limit in LIMITS.items():
            for path in (PROJECT_ROOT / folder).rglob(pattern):
                if not SKIPPED & set(path.parts):
                    yield path, TEST_LIMIT if folder == "tests" else limit
