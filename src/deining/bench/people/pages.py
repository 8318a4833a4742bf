"""How fast the pages answer at 200,000 people and five million ledger rows, in the embedded database.

The brand is made once in a folder of its own (kept beside the other temporary files, so that a second run
starts at once) and scored by the real job. Requests go through Django in this machine's own process: view,
template and database, without a network.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deining.bench.rows import Row, skipped

PEOPLE: Final = 200_000
ROWS: Final = 5_000_000
SMALL: Final = "small"
MADE_LIKE_THIS: Final = 1
"""Raise it when `house.build` makes another brand than before."""


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """The rows of this part; `data` is not needed. `only` with "small" in it takes a tenth of the size."""
    del data
    people, rows = (PEOPLE // 10, ROWS // 10) if only and SMALL in only else (PEOPLE, ROWS)
    folder = house_folder(people, rows)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEINING_")}
    environment |= {"DEINING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "deining.settings"}
    command = [sys.executable, "-m", "deining.bench.people.house", str(people), str(rows)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return [skipped("pages", f"the measuring process ended with code {done.returncode}", "ms")]
    return [Row(**row) for row in json.loads(done.stdout)]


def house_folder(people: int, rows: int) -> Path:
    """Where the measured brand lives: another folder for another size or another shape of the database."""
    package = Path(__file__).resolve().parents[2]
    shape = hashlib.sha256(f"{people} {rows} {MADE_LIKE_THIS}".encode())
    for path in sorted(package.glob("people/migrations/0*.py")):
        shape.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"deining-bench-pages-{shape.hexdigest()[:12]}"
