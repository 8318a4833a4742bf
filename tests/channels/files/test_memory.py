"""Memory does not grow with the file."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import resource, sys
from deining.channels.files import open_source
rows = sum(batch.happenings.num_rows for batch in open_source([sys.argv[1]]).batches())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> tuple[int, int]:
    """(rows, kilobytes) of reading a file in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )
    rows, kilobytes = run.stdout.split()
    return int(rows), int(kilobytes)


def test_a_file_eight_times_as_large_takes_no_more_memory(tmp_path: Path) -> None:
    block = "".join(
        f"K{i % 5000},2024-03-{1 + i % 28:02} 10:00,bestelling,{'x' * 40}\n" for i in range(75_000)
    )
    sizes = []
    for name, times in (("small.csv", 1), ("large.csv", 8)):
        path = tmp_path / name
        path.write_text("klant,datum,soort,tekst\n" + block * times)
        rows, kilobytes = peak(path)
        assert rows == 75_000 * times
        sizes.append(kilobytes)
    # the large file is 33 MB larger; allow a fifth of that for the allocator
    assert sizes[1] - sizes[0] < 7_000
