"""What a bench prints and says in JSON."""

import io
import json
from pathlib import Path

from rich.console import Console

from deining.bench import people
from deining.bench.people import quality
from deining.bench.rows import Row, as_json, print_rows, skipped


def test_json_has_the_promised_keys_and_no_others() -> None:
    (row,) = json.loads(as_json([Row("speed", 1.5, "s", "≤ 2", True, {"pandas": 9.0})]))
    assert row == {
        "figure": "speed", "value": 1.5, "unit": "s", "goal": "≤ 2", "met": True, "beside": {"pandas": 9.0}
    }  # fmt: skip


def test_a_skipped_figure_says_why_and_is_neither_met_nor_missed() -> None:
    row = skipped("r-help", "the file is not there")
    assert (row.value, row.met, row.beside["skipped"]) == (None, None, "the file is not there")


def test_the_table_counts_goals_met_missed_and_skipped() -> None:
    out = io.StringIO()
    rows = [Row("a", 1.0, "", "> 0", True), Row("b", 0.0, "", "> 0", False), skipped("c", "no data")]
    print_rows(rows, "people", Console(file=out, width=120))
    assert "1 of 2 goals met, 1 figures skipped." in out.getvalue()


def test_an_empty_data_folder_skips_everything_and_names_the_files(tmp_path: Path) -> None:
    rows = people.run(tmp_path, ["quality"])
    assert rows
    assert all(row.value is None and "is not there" in str(row.beside["skipped"]) for row in rows)


def test_a_small_log_is_measured_beside_its_rivals(tmp_path: Path) -> None:
    folder = tmp_path / "collegemsg"
    folder.mkdir()
    lines = [
        f"{person} {(person * 7) % 40} {1_082_040_961 + 86_400 * day}"
        for person in range(120)
        for day in range(person % 50, 193 if person % 4 == 0 else person % 50 + 9, 2 + person % 5)
    ]
    (folder / "CollegeMsg.txt").write_text("\n".join(lines), encoding="ascii")
    rows = {row.figure: row for row in quality.run(tmp_path, ["collegemsg"])}
    precision = rows["collegemsg: average precision"]
    assert precision.value is not None
    assert precision.value > 0.5
    assert {"count", "recency", "RFM", "BG/NBD", "Orbit love", "crowd.dev"} <= precision.beside.keys()
