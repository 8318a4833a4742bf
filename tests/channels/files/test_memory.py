"""Memory does not grow with the file."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import pathlib, sys
from deining.channels.files import open_source
rows = sum(batch.happenings.num_rows for batch in open_source([sys.argv[1]]).batches())
print(rows, pathlib.Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])
"""


def peak(path: Path) -> tuple[int, int]:
    """(rows, kilobytes) of reading a file in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )
    rows, kilobytes = run.stdout.split()
    return int(rows), int(kilobytes)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak where Linux tells it")
def test_a_file_four_times_as_large_takes_no_more_memory(tmp_path: Path) -> None:
    block = "".join(f"K{i % 5000},2024-03-{1 + i % 28:02} 10:00,vraag,{'x' * 400}\n" for i in range(25_000))
    sizes = []
    for name, times in (("small.csv", 4), ("large.csv", 16)):
        path = tmp_path / name
        path.write_text("klant,datum,soort,tekst\n" + block * times)
        rows, kilobytes = peak(path)
        assert rows == 25_000 * times
        sizes.append(kilobytes)
    # the large file is 130 MB larger; what grows is the allocator's own slack
    assert sizes[1] - sizes[0] < 25_000
