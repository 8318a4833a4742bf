"""JSON, Parquet, mbox, Discourse topics, packed files and several at once."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deining.channels.files import UnreadableFile, read_answers
from tests.channels.files.logs import counted, opened, orders_csv, post, rejected_of, rows_of, topic, write

PEOPLE = [{"user": {"id": i % 7, "name": f"N{i % 7}"}, "created_at": f"2024-03-{1 + i % 28:02}T10:00:00Z",
           "tags": ["x"], "type": "like"} for i in range(40)]  # fmt: skip

MAIL = """From kim@example.org Sun Mar  3 14:05:06 2024
From: =?utf-8?q?Kim_de_Wi=C3=AAl?= <Kim@Example.org>
Date: Sun, 3 Mar 2024 14:05:06 +0100
Message-ID: <one@example.org>
Subject: [lijst] De maling

From here on it is text.

From bo at example.net  Mon Mar  4 09:00:00 2024
From: bo at example.net (Bo)
Date: not a date at all
In-Reply-To: <one@example.org>
Subject: Re: [lijst] De maling
Content-Type: multipart/mixed; boundary="never closed

--never

From robot@example.org Mon Mar  4 10:00:00 2024
From: MAILER-DAEMON@example.org
Date: Mon, 4 Mar 2024 10:00:00 +0000
Auto-Submitted: auto-replied

From ??? 2024
Date: Mon, 4 Mar 2024 10:00:00 +0000
Subject: =?klingon?q?stuk?= =?utf-8?b?!!!?=
 folded
no colon here

text
"""


def test_json_lines_with_nested_objects_and_bad_lines(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in PEOPLE]
    lines[3:3] = ['{"user": ', "[1, 2]", ""]
    source = opened(write(tmp_path, "log.jsonl", "\n".join(lines)))
    assert source.format == "jsonl"
    assert source.mapping.columns["person"] == "user.id"
    assert source.mapping.columns["time"] == "created_at"
    rows = rows_of(source)
    assert (len(rows), rows[0]["person"], rows[0]["handle"], rows[0]["kind"]) == (40, "0", "N0", "reaction")
    assert [(bad.row, bad.reason) for bad in rejected_of(source)] == [(4, "bad_json"), (5, "not_object")]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array(tmp_path: Path, indent: int | None) -> None:
    rows = [{**row, "text": "é" * 3000} for row in PEOPLE] * 20
    path = write(tmp_path, "log.json", json.dumps(rows, indent=indent, ensure_ascii=False))
    assert len(rows_of(opened(path))) == 800


def test_a_json_array_that_breaks_off_keeps_what_is_there(tmp_path: Path) -> None:
    path = write(tmp_path, "log.json", json.dumps(PEOPLE)[:-30])
    source = opened(path)
    assert len(rows_of(source)) == 39
    assert [bad.reason for bad in rejected_of(source)] == ["bad_json"]


def test_parquet_with_types(tmp_path: Path) -> None:
    table = pa.table({
        "person": pa.array([f"p{i % 5}" for i in range(50)]).dictionary_encode(),
        "ts": pa.array([1_700_000_000_000_000 + i for i in range(50)], pa.timestamp("us")),
        "is_bot": [i == 0 for i in range(50)],
        "tags": [["x"]] * 50,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "log.parquet")
    source = opened(tmp_path / "log.parquet", tz="UTC")
    assert source.columns == ["person", "ts", "is_bot"]
    rows = rows_of(source)
    assert (len(rows), rows[0]["row"], rows[0]["person"]) == (49, 2, "p1")
    assert f"{rows[0]['happened_at']:%Y-%m-%d %H:%M}" == "2023-11-14 22:13"


def test_mail_in_any_state(tmp_path: Path) -> None:
    source = opened(write(tmp_path, "lijst.txt", MAIL))
    assert source.format == "mbox"
    kim, bo = rows_of(source)
    assert (kim["person"], kim["name"], kim["network"], kim["kind"]) == (
        "kim@example.org",
        "Kim de Wiêl",
        "mail",
        "post",
    )
    assert (kim["about"], kim["external_id"]) == ("De maling", "<one@example.org>")
    assert f"{kim['happened_at']:%H:%M}" == "13:05"
    assert (bo["person"], bo["name"], bo["kind"]) == ("bo@example.net", "Bo", "reply")
    assert (bo["about"], bo["in_answer_to"]) == ("De maling", "<one@example.org>")
    assert f"{bo['happened_at']:%Y-%m-%d}" == "2024-03-04"
    assert [(bad.row, bad.reason) for bad in rejected_of(source)] == [(4, "no_sender")]
    assert counted(list(source.batches()), "left_out") == {"bots": 1}


def test_a_folder_of_topics(tmp_path: Path) -> None:
    posts = [
        post(1, "kim"),
        post(2, "bo", reply_to_post_number=1, actions_summary=[{"id": 2, "count": 3}]),
        post(3, "ada", reply_to_post_number=2),
        post(4, "kim", post_type=3),
        post(5, "system", user_id=-1),
    ]
    write(tmp_path, "t/1.json", topic(1, posts))
    write(tmp_path, "t/2.json", "{broken")
    source = opened(tmp_path / "t")
    assert source.format == "discourse"
    rows = rows_of(source)
    assert [(row["person"], row["kind"], row["in_answer_to"]) for row in rows] == [
        ("kim", "post", None), ("bo", "reply", "101"), ("ada", "reply", "102"),
    ]  # fmt: skip
    assert {row["about"] for row in rows} == {"Welke maling?"}
    assert [row["raw"]["likes"] for row in source.preview()][:3] == ["0", "3", "0"]
    assert [(bad.row, bad.reason) for bad in rejected_of(source)] == [(6, "not_a_topic")]
    assert counted(list(source.batches()), "left_out") == {"notices": 1, "bots": 1}


def zipped(folder: Path, members: dict[str, bytes | str], name: str = "log.zip") -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return write(folder, name, buffer.getvalue())


def test_gzip_and_zip_are_read_as_their_contents(tmp_path: Path) -> None:
    packed = write(tmp_path, "log.csv.gz", gzip.compress(orders_csv().encode()))
    assert len(rows_of(opened(packed))) == 90
    members = {
        "jan.csv": orders_csv(5),
        "feb.csv": orders_csv(6),
        "__MACOSX/x": "x",
        "lees.txt": "een\ntwee\n",
    }
    source = opened(zipped(tmp_path, members))
    assert len(rows_of(source)) == 33
    assert ("left_out_other_files", {"count": 1}) in source.notes()
    topics = zipped(
        tmp_path, {"1.json": topic(1, [post(1, "kim")]), "2.json": topic(2, [post(1, "bo")])}, "t.zip"
    )
    assert [row["person"] for row in rows_of(opened(topics))] == ["kim", "bo"]


def test_names_that_climb_out_of_an_archive_are_ignored(tmp_path: Path) -> None:
    members = {"../../outside.csv": orders_csv(), "/etc/x.csv": orders_csv(), "ok.csv": orders_csv(4)}
    source = opened(zipped(tmp_path, members))
    assert len(rows_of(source)) == 12
    assert ("left_out_odd_names", {"count": 2}) in source.notes()
    assert not (tmp_path.parent.parent / "outside.csv").exists()


def test_a_zip_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as error:
        opened(zipped(tmp_path, {"log.csv": bytes(60_000_000)}))
    assert error.value.code == "bomb"
    assert "60 MB" in error.value.sentence("nl")


def test_a_gzip_bomb_is_stopped_while_it_goes_off(tmp_path: Path) -> None:
    content = orders_csv().encode() + (b"K1;01-01-2024;bestelling;" + b"1" * 4000 + b"\n") * 10_000
    source = opened(write(tmp_path, "log.csv.gz", gzip.compress(content)))
    with pytest.raises(UnreadableFile) as error:
        rows_of(source)
    assert error.value.code == "bomb"


def test_archives_inside_archives_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"log.csv": orders_csv()}, "inner.zip").read_bytes()
    for path, code in (
        (zipped(tmp_path, {"inner.zip": inner}, "outer.zip"), "nested_archive"),
        (write(tmp_path, "twice.gz", gzip.compress(gzip.compress(b"x" * 99))), "nested_archive"),
        (write(tmp_path, "damaged.zip", inner[:60] + bytes(80)), "bad_archive"),
        (write(tmp_path, "damaged.gz", gzip.compress(orders_csv(500).encode())[:400]), "bad_archive"),
    ):
        with pytest.raises(UnreadableFile) as error:
            rows_of(opened(path))
        assert error.value.code == code, path.name


def test_a_workbook_is_named_and_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}, "klanten.xlsx")
    with pytest.raises(UnreadableFile, match=r"an Excel workbook\. Open it, choose Save as, take CSV"):
        opened(path)


def test_several_files_at_once_keep_their_own_row_numbers(tmp_path: Path) -> None:
    one = write(tmp_path, "a.csv", orders_csv(3))
    other = write(tmp_path, "b.csv", "gebruiker,tijdstip\nx,2024-03-01 10:00\ny,2024-03-02 10:00\nz,ooit\n")
    source = opened(one, other)
    assert source.files == ["a.csv", "b.csv"]
    assert len(rows_of(source)) == 11
    (bad,) = rejected_of(source)
    assert (bad.file, bad.row) == ("b.csv", 3)


def test_progress_reaches_the_end_and_never_passes_it(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    source = opened(
        write(tmp_path, "a.csv", orders_csv(3000)),
        write(tmp_path, "b.csv.gz", gzip.compress(b"klant,datum\na,2024-01-01\nb,2024-01-02")),
    )
    for _ in source.batches(lambda done, total: heard.append((done, total))):
        pass
    assert heard[-1] == (source.size_bytes, source.size_bytes)
    assert heard == sorted(heard)


def test_answers_come_from_a_file_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path, "antwoorden.csv", "klantnr;wil_relatie\nK1;ja\nK2;nee\nK3;misschien\nK1;nee\n")
    assert read_answers(path).to_pylist() == [
        {"person": "K2", "stated": False}, {"person": "K1", "stated": False},
    ]  # fmt: skip
    with pytest.raises(UnreadableFile, match="geen kolom met antwoorden"):
        read_answers(write(tmp_path, "log.csv", orders_csv()), "nl")
