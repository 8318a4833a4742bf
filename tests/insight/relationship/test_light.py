"""A page that only says sentences stays small: nothing heavy is loaded for them."""

import subprocess
import sys


def test_a_sentence_loads_neither_numpy_nor_arrow() -> None:
    program = (
        "import sys; from deining.insight.relationship import sentence, note_sentence, percent; "
        "print([name for name in ('numpy', 'pyarrow', 'duckdb', 'ibis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
