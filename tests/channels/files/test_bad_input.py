"""Bad input: each fault gets its sentence, good rows go in, nothing is lost."""

import csv
import os
from pathlib import Path

import pytest

from deining.channels.files import UnreadableFile, write_rejected
from deining.channels.files.reasons import TABLE
from tests.channels.files.logs import counted, opened, orders_csv, rejected_of, rows_of, times_of, write

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100)


def refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as error:
        opened(path).checked()
    return error.value


def test_semicolons_a_byte_order_mark_dutch_dates_and_decimal_commas(tmp_path: Path) -> None:
    content = (
        "\ufeffklant;datum;bedrag\r\nJoëlle;3 maart 2024 14:05;1.234,50\r\nFrits;31-12-2023 09:00;12,00\r\n"
    )
    source = opened(write(tmp_path, "export.csv", content))
    assert source.columns == ["klant", "datum", "bedrag"]
    assert source.mapping.decimal_comma
    assert [row["person"] for row in rows_of(source)] == ["Joëlle", "Frits"]
    assert times_of(source) == ["2024-03-03 13:05:00", "2023-12-31 08:00:00"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "naam;datum\n" + "\n".join(f"Zoë {i % 4};2024-03-0{1 + i % 9}" for i in range(40))
    source = opened(write(tmp_path, "log.csv", text.encode(encoding)))
    assert rows_of(source)[0]["person"] == "Zoë 0"
    assert source.columns == ["naam", "datum"]


def test_one_latin_name_deep_inside_a_utf_8_file(tmp_path: Path) -> None:
    text = "naam;datum\n" + "\n".join(f"Zoë {i % 50};2024-03-0{1 + i % 9}" for i in range(30_000))
    data = text.encode() + "\nRenée;2024-03-01\n".encode("cp1252")
    people = {row["person"] for row in rows_of(opened(write(tmp_path, "log.csv", data)))}
    assert {"Renée", "Zoë 3"} <= people


def test_ragged_rows_are_mended_or_named(tmp_path: Path) -> None:
    lines = ["klant,datum,product,prijs", "a,2024-03-01,x,1", "b,2024-03-02", "c", "d,2024-03-04,x,1,,", "",
             "e,2024-03-05,x,1,te,veel", 'f,2024-03-06,"x, y",1']  # fmt: skip
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    assert [(row["row"], row["person"]) for row in rows_of(source)] == [
        (1, "a"),
        (2, "b"),
        (4, "d"),
        (6, "f"),
    ]
    assert [(bad.row, bad.reason) for bad in rejected_of(source)] == [
        (3, "too_few_fields"), (5, "too_many_fields"),
    ]  # fmt: skip
    assert counted(list(source.batches()), "notes")["padded"] == 2


def test_row_numbers_hold_over_many_blocks(tmp_path: Path) -> None:
    good, bad = "K{0},2024-03-01," + "x" * 120, "K{0},2024-03-01,x,y,z"
    lines = ["klant,datum,tekst", *((good if row % 1000 else bad).format(row) for row in range(1, 60_001))]
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    rows = rows_of(source)
    assert len(rows) == 59_940
    assert all(row["person"] == f"K{row['row']}" for row in rows)
    assert [bad.row for bad in rejected_of(source)] == list(range(1000, 60_001, 1000))


def test_a_field_of_ten_megabytes(tmp_path: Path) -> None:
    lines = [
        "klant,datum,tekst",
        "a,2024-03-01,kort",
        f"b,2024-03-02,{'lang ' * 2_000_000}",
        "c,2024-03-03,kort",
    ]
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    assert [(row["row"], row["person"]) for row in rows_of(source)] == [(1, "a"), (2, "b"), (3, "c")]
    lines[2] = f"{'b' * 10_000_000},2024-03-02,kort"
    source = opened(write(tmp_path, "person.csv", "\n".join(lines)))
    assert [row["person"] for row in rows_of(source)] == ["a", "c"]
    (bad,) = rejected_of(source)
    assert (bad.row, bad.reason, len(bad.value)) == (2, "person_too_long", 80)


def test_a_quotation_mark_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    lines = ["klant,datum,tekst"] + [f"K{i},2024-03-01,{'x' * 2000}" for i in range(1, 6001)]
    lines[10] = 'K10,2024-03-01,"begin'
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    rows = rows_of(source)
    assert [bad.row for bad in rejected_of(source)] == [10]
    assert {row["person"] for row in rows} == {f"K{i}" for i in range(1, 6001)} - {"K10"}


def test_zero_bytes_are_taken_out(tmp_path: Path) -> None:
    content = b"klant,datum\nan\x00na,2024-03-01\nbob,2024-03-02\n"
    assert [row["person"] for row in rows_of(opened(write(tmp_path, "log.csv", content)))] == ["anna", "bob"]


def test_dates_that_cannot_be_are_rejected_with_their_reason(tmp_path: Path) -> None:
    good = [f"K{i % 5},2024-03-{1 + i % 28:02}" for i in range(40)]
    odd = [
        "a,2099-01-01",
        "b,1970-01-01",
        "c,1985-06-01",
        "d,",
        "e,morgen",
        ",2024-03-01",
        "null,2024-03-01",
        "f,0",
    ]
    source = opened(write(tmp_path, "log.csv", "\n".join(["klant,datum", *good, *odd])))
    assert len(rows_of(source)) == 40
    assert [(bad.row, bad.column, bad.reason) for bad in rejected_of(source)] == [
        (41, "datum", "in_future"), (42, "datum", "epoch_zero"), (43, "datum", "before_1990"),
        (44, "datum", "no_time"), (45, "datum", "bad_time"), (46, "klant", "no_person"),
        (47, "klant", "no_person"), (48, "datum", "bad_time"),
    ]  # fmt: skip


def test_a_log_that_is_old_as_a_whole_is_kept(tmp_path: Path) -> None:
    lines = ["member,date"] + [f"m{i % 5},198{i % 9}-03-01" for i in range(40)]
    source = opened(write(tmp_path, "old.csv", "\n".join(lines)))
    assert len(rows_of(source)) == 40
    assert rejected_of(source) == []


def test_duplicated_headers(tmp_path: Path) -> None:
    content = "klant,datum,klant,\n" + "\n".join(f"K{i % 4},2024-03-01,x,y" for i in range(9))
    source = opened(write(tmp_path, "log.csv", content))
    assert source.columns == ["klant", "datum", "klant_2", "column_4"]
    assert source.mapping.columns["person"] == "klant"


@pytest.mark.parametrize(
    ("content", "code", "dutch"),
    [
        (b"", "empty", "is leeg"),
        (b" \r\n\t\n", "empty", "is leeg"),
        (b"klant,datum\n", "only_header", "geen rijen"),
        (b"\xef\xbb\xbfklant;datum\r\n", "only_header", "geen rijen"),
        (PNG, "something_else", "een afbeelding (PNG)"),
        (b"%PDF-1.7\n" + bytes(50), "something_else", "een pdf-document"),
        (b"SQLite format 3\x00" + bytes(50), "something_else", "een SQLite-database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "spreadsheet", "kies Opslaan als"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "something_else", "een webpagina"),
        (bytes(range(256)) * 40, "not_text", "geen tekst"),
        (b"een\ntwee\ndrie\n", "one_column", "maar "),
        (b"label,tekst\n" + b"1,leuk boek\n" * 40, "no_time", "--time"),
        (b'{"a": 1, "b": [', "bad_json", "begint als JSON"),
        (b"PAR1garbagePAR1", "bad_parquet", "is beschadigd"),
    ],
)
def test_a_file_that_is_no_log_is_refused_in_words(
    tmp_path: Path, content: bytes, code: str, dutch: str
) -> None:
    error = refused(write(tmp_path, "iets.csv", content))
    assert error.code == code
    assert error.params["file"] == "iets.csv"
    assert dutch in error.sentence("nl")
    assert "iets.csv" in error.sentence("en")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg.csv").code == "missing"
    (tmp_path / "leeg").mkdir()
    assert refused(tmp_path / "leeg").code == "empty_folder"
    write(tmp_path, "plaatjes/a.png", PNG)
    assert refused(tmp_path / "plaatjes").code == "something_else"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "dicht.csv", orders_csv())
    path.chmod(0)
    assert refused(path).code == "not_allowed"


def test_an_unknown_time_zone(tmp_path: Path) -> None:
    path = write(tmp_path, "log.csv", orders_csv())
    with pytest.raises(UnreadableFile, match="Europe/Amsterdam"):
        opened(path, tz="Mars/Olympus")


def test_errors_speak_the_language_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="bestaat niet"):
        opened(tmp_path / "weg.csv", lang="nl")


def test_every_phrase_has_both_languages_with_the_same_names() -> None:
    import string

    for code, (english, dutch) in TABLE.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text)} for text in (english, dutch)]
        assert names[0] == names[1], code
        assert english, code


def test_rejected_rows_come_back_as_a_file(tmp_path: Path) -> None:
    lines = ["klant,datum", "a,2024-03-01", "b,2024-03-02", "=CMD(1),2099-01-01", "d,=1+1"]
    bad = rejected_of(opened(write(tmp_path, "log.csv", "\n".join(lines))))
    out = tmp_path / "geweigerd.csv"
    assert write_rejected(out, bad, "nl") == 2
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ["bestand", "rij", "kolom", "reden", "waarde"],
        ["log.csv", "3", "datum", "de datum ligt in de toekomst", "2099-01-01"],
        ["log.csv", "4", "datum", "geen datum die gelezen kan worden", "'=1+1"],
    ]


def test_a_preview_shows_raw_and_mapped_rows(tmp_path: Path) -> None:
    source = opened(write(tmp_path, "log.csv", "klant,datum\na,2024-03-01\nb,ooit\n"), lang="nl")
    first, second = source.preview()
    assert first["raw"] == {"klant": "a", "datum": "2024-03-01"}
    assert first["mapped"]["person"] == "a"
    assert second["mapped"] is None
    assert second["reasons"] == ["geen datum die gelezen kan worden"]
