"""Columns are guessed by name and by content, in Dutch and English, each with its reason."""

import json
from pathlib import Path

import pytest

from deining.channels.files import Mapping, UnreadableFile, open_source
from deining.channels.files.column_names import deduplicated, name_score, normal
from deining.channels.files.words import kind_of, yes_or_no
from deining.core.kinds import Kind
from tests.channels.files.logs import NOW, opened, orders_csv, rows_of, times_of, write


def guessed(folder: Path, content: str, name: str = "log.csv") -> dict[str, str]:
    return opened(write(folder, name, content)).mapping.columns


def many(header: str, line: str, rows: int = 60) -> str:
    """Rows from a template with {i} the row and {p} one of twenty people."""
    return header + "\n" + "\n".join(line.format(i=i, p=i % 20, d=1 + i % 28) for i in range(rows)) + "\n"


def test_a_dutch_shop(tmp_path: Path) -> None:
    source = opened(write(tmp_path, "bestellingen.csv", orders_csv()))
    assert source.mapping.columns == {"person": "klantnr", "time": "datum", "kind": "soort"}
    assert source.mapping.decimal_comma
    assert source.mapping.delimiter == ";"
    assert source.mapping.sentences("nl")[1] == (
        "persoon: kolom `klantnr` (de naam klopt; 30 verschillende waarden in 90 bekeken rijen)"
    )
    assert source.mapping.sentences("en")[0] == (
        "time: column `datum` (name matches; 100 % of the rows seen are dates)"
    )
    assert rows_of(source)[0]["kind"] == "order"


@pytest.mark.parametrize(
    ("header", "person", "time"),
    [
        ("naam,tijdstip,tekst", "naam", "tijdstip"),
        ("Gebruiker,Datum,Bericht", "Gebruiker", "Datum"),
        ("auteur,geplaatst_op,tekst", "auteur", "geplaatst_op"),
        ("klantnummer,besteldatum,artikel", "klantnummer", "besteldatum"),
        ("e-mail,Aangemaakt op,x", "e-mail", "Aangemaakt op"),
        ("author_id,createdAt,text", "author_id", "createdAt"),
        ("person_addr,ts,subject", "person_addr", "ts"),
        ("user.id,event_timestamp,what", "user.id", "event_timestamp"),
    ],
)
def test_names_in_both_languages(tmp_path: Path, header: str, person: str, time: str) -> None:
    columns = guessed(tmp_path, many(header, "p{p}@x,2024-03-{d:02} 10:00,iets met woorden {i}"))
    assert (columns["person"], columns["time"]) == (person, time)


def test_the_author_time_wins_over_the_commit_time_and_the_log_is_of_contributions(tmp_path: Path) -> None:
    content = many(
        "sha,person_email,commit_ts,author_ts", "a{i}f,p{p}@x.nl,2024-03-{d:02} 10:00,2024-02-{d:02} 10:00"
    )
    source = opened(write(tmp_path, "log.csv", content))
    assert source.mapping.columns["time"] == "author_ts"
    assert source.mapping.columns["external_id"] == "sha"
    assert rows_of(source)[0]["kind"] == "contribution"


def test_columns_without_names_go_by_their_contents(tmp_path: Path) -> None:
    lines = [f"{i % 7} {i % 5} {1082040961 + i * 900}" for i in range(80)]
    source = opened(write(tmp_path, "messages.txt", "\n".join(lines)))
    assert not source.mapping.header
    assert source.mapping.delimiter == "whitespace"
    assert source.mapping.columns == {"time": "column_3", "person": "column_1"}
    assert all(guess.sure <= 0.6 for guess in source.mapping.guesses)
    assert times_of(source)[0] == "2004-04-15 14:56:01"


def test_blanks_around_columns_with_a_header(tmp_path: Path) -> None:
    lines = [" customer_id  date  amount "] + [
        f" {i % 9:05} 199701{1 + i % 28:02}  1{i}.50\r" for i in range(60)
    ]
    source = opened(write(tmp_path, "sales.txt", "\n".join(lines)))
    assert source.mapping.columns == {"time": "date", "person": "customer_id"}
    rows = rows_of(source)
    assert (len(rows), rows[0]["person"], rows[0]["kind"]) == (60, "00000", "order")


def test_a_date_and_a_time_of_day_in_two_columns(tmp_path: Path) -> None:
    source = opened(write(tmp_path, "log.csv", many("klant;datum;tijd", "K{p};{d:02}-03-2024;14:05")))
    assert source.mapping.columns["clock"] == "tijd"
    assert times_of(source)[0] == "2024-03-01 13:05:00"


def test_measures_are_not_people(tmp_path: Path) -> None:
    content = many("participant_count,created_at,spend", "{p},2024-03-{d:02} 10:00,{p}.50")
    with pytest.raises(UnreadableFile) as error:
        opened(write(tmp_path, "topics.csv", content)).checked()
    assert error.value.code == "no_person"
    assert "participant_count, created_at, spend" in error.value.sentence("nl")


def test_answers_must_point_at_rows_of_the_file(tmp_path: Path) -> None:
    linked = many("post_id,user,date,reply_to", "{i},p{p},2024-03-{d:02},{p}")
    assert guessed(tmp_path, linked)["in_answer_to"] == "reply_to"
    loose = many("post_id,user,date,reply_to", "9{i}000,p{p},2024-03-{d:02},")
    loose += "77,p1,2024-03-03,4\n"
    columns = guessed(tmp_path, loose, "loose.csv")
    assert "in_answer_to" not in columns
    assert columns["is_reply"] == "reply_to"
    assert rows_of(opened(tmp_path / "loose.csv"))[-1]["kind"] == "reply"


def test_day_first_is_found_far_beyond_the_first_rows(tmp_path: Path) -> None:
    lines = ["user,date"] + [f"p{i % 50},03/0{1 + i % 9}/2024" for i in range(6000)] + ["p1,03/25/2024"]
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    assert not source.mapping.day_first
    assert source.notes() == [("note_month_first", {"example": "03/01/2024"})]


def test_a_date_that_reads_two_ways_is_said(tmp_path: Path) -> None:
    source = opened(write(tmp_path, "log.csv", many("user,date", "p{p},03/04/2024")))
    assert source.notes() == [("note_day_first_unsure", {"example": "03/04/2024"})]


def test_what_a_person_says_wins(tmp_path: Path) -> None:
    path = write(tmp_path, "log.csv", many("a,b,datum", "K{p},L{i},2024-03-{d:02}"))
    source = opened(path).with_columns(person="b")
    assert source.mapping.columns["person"] == "b"
    assert source.mapping.sentences("nl")[0] == "persoon: kolom `b` (zoals je zei)"
    with pytest.raises(UnreadableFile, match=r"has no column zzz\. It has: a, b, datum"):
        opened(path).with_columns(person="zzz")


def test_a_mapping_survives_json_and_is_used_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, "log.csv", orders_csv())
    mapping = opened(path).mapping
    again = Mapping.from_json(json.loads(json.dumps(mapping.to_json())))
    assert again == mapping
    source = open_source([path], again, now=NOW)
    assert source.mapping is again
    assert len(rows_of(source)) == 90


def test_bots_are_left_out_and_counted_unless_asked_for(tmp_path: Path) -> None:
    lines = ["user,date,is_bot"] + [f"p{i % 9},2024-03-0{1 + i % 9},{i % 10 == 0}" for i in range(50)]
    source = opened(write(tmp_path, "log.csv", "\n".join(lines)))
    assert sum(batch.left_out.get("bots", 0) for batch in source.batches()) == 5
    assert len(rows_of(source)) == 45
    assert len(rows_of(source.with_mapping(leave_out_bots=False))) == 50


def test_yes_and_no_of_asks_answers_and_directions(tmp_path: Path) -> None:
    header = "klant,datum,gevraagd,inbound,wil_relatie"
    lines = [header, "a,2024-03-01,ja,True,nee", "b,2024-03-02,nee,False,ja", "c,2024-03-03,,True,misschien"]
    first, second, third = rows_of(opened(write(tmp_path, "log.csv", "\n".join(lines))))
    assert (first["asked"], first["direction"], first["stated"]) == (True, "they", False)
    assert (second["asked"], second["direction"], second["stated"]) == (False, "we", True)
    assert (third["asked"], third["stated"]) == (None, None)


KINDS = {
    Kind.ORDER: "Bestelling|bestellingen|order",
    Kind.REPLY: "reactie|Comment",
    Kind.QUESTION: "vraag",
    Kind.ANSWER: "antwoord",
    Kind.REACTION: "like|vind ik leuk",
    Kind.SHARE: "retweet",
    Kind.REVIEW: "beoordeling|product review",
    Kind.IDEA: "idee",
    Kind.SURVEY_ANSWER: "enquête",
    Kind.UNSUBSCRIBE: "Uitschrijving",
    Kind.VISIT: "page_view",
    Kind.OTHER: "kwispel|1",
}


@pytest.mark.parametrize(
    ("raw", "kind"), [(raw, kind) for kind, words in KINDS.items() for raw in words.split("|")]
)
def test_kinds_in_both_languages(raw: str, kind: Kind) -> None:
    assert kind_of(raw) is kind


def test_words_for_yes_and_no() -> None:
    assert [yes_or_no(word) for word in ("Ja", "waar", "1", "YES")] == [True] * 4
    assert [yes_or_no(word) for word in ("nee", "FALSE", "0", "n")] == [False] * 4
    assert yes_or_no("weet niet") is None


def test_names_are_made_normal_and_unique() -> None:
    assert normal("Klant-Nr.") == normal("klantNr") == "klant_nr"
    assert deduplicated(["datum", "", "datum", "Datum", "datum"]) == [
        "datum", "column_2", "datum_2", "Datum", "datum_3",
    ]  # fmt: skip
    assert name_score("person", "participant_count") == 0
    assert name_score("person", "participant_id") > 0.7
