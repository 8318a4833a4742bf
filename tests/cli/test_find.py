"""`deining find`, from a log to the answer, as somebody at a terminal uses it; in both languages."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from deining.cli import build
from deining.cli.find import language

KEYS = {"share", "share_low", "share_high", "provisional", "people", "backtest"}
PERSON_KEYS = {"person", "probability", "rank", "sentence", "events", "first_seen", "last_seen"}
FIGURES = "cutoff people base_rate auc average_precision lift_at_share ece auc_count auc_recency"
BACKTEST_KEYS = set(FIGURES.split())
NASTY = "<script>alert('x')</script>"


def community(days: int = 1500, people: int = 240, seed: int = 7) -> str:
    """A log of a small community: one in six comes back week after week, the others pass by."""
    chance = Random(seed)
    start = date(2021, 1, 4)
    lines = ["gebruiker;naam;datum;soort"]
    for number in range(people):
        joined = chance.randrange(0, days - 60)
        fan = number % 6 == 0
        stays = chance.randrange(400, days) if fan else chance.randrange(1, 50)
        name = NASTY if number == 0 else f"Naam {number}"
        for day in range(joined, min(days, joined + stays)):
            if day == joined or chance.random() < (0.12 if fan else 0.06):
                when = start + timedelta(days=day)
                lines.append(f"u{number};{name};{when:%d-%m-%Y} 12:00;{chance.choice(('reactie', 'vraag'))}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "gemeenschap.csv"
    path.write_text(community(), encoding="utf-8")
    return path


def find(*words: object) -> Result:
    wide = {"COLUMNS": "140"}  # headers of a table break on a narrow terminal
    return CliRunner().invoke(build(), ["find", *map(str, words)], env=wide)


@dataclass(frozen=True)
class Answer:
    """One run with everything asked for; it takes seconds, so the stories share it."""

    result: Result
    page: str
    found: dict[str, Any]
    people: list[dict[str, str]]


@pytest.fixture(scope="module")
def dutch(log: Path) -> Answer:
    outputs = {name: log.with_name(f"uit.{name}") for name in ("html", "json", "csv")}
    options = [word for name, path in outputs.items() for word in (f"--{name}", path)]
    result = find(log, "--lang", "nl", "--limit", 200, *options)
    assert result.exit_code == 0, result.output
    assert not list(log.parent.glob("*.part"))
    page, found, people = (path.read_text(encoding="utf-8") for path in outputs.values())
    return Answer(result, page, json.loads(found), list(csv.DictReader(io.StringIO(people))))


def test_the_answer_in_dutch(dutch: Answer) -> None:
    told = dutch.result.stdout
    assert re.search(r"Ongeveer \d+\s% van \d+ mensen laat zien een relatie te willen \(tussen", told)
    assert "persoon: kolom `gebruiker` (de naam klopt; 240 verschillende waarden" in told.replace("\n", " ")
    assert "Naam " in told
    assert re.search(r"van tellen +van laatst", told)
    assert "Er is niets weggelaten" in told
    assert "nog 40 mensen: `--limit 240`" in told
    assert "Geschreven: " in dutch.result.stderr


def test_the_answer_in_english(log: Path) -> None:
    result = find(log, "--lang", "en", "--limit", 3)
    assert re.search(
        r"About \d+\s% of \d+ people show that they want a relationship \(between", result.stdout
    )
    assert "keep coming back of their own accord" in result.stdout
    assert "behaviour, not a wish" in result.stdout


def test_machines_get_exactly_the_promised_keys(dutch: Answer, log: Path) -> None:
    found = dutch.found
    assert found.keys() >= KEYS
    assert found["people"][0].keys() >= PERSON_KEYS
    assert found["backtest"][0].keys() >= BACKTEST_KEYS
    assert [person["rank"] for person in found["people"]] == list(range(1, 241))
    assert found["share_low"] <= found["share"] <= found["share_high"]
    assert found["input"]["rows"] == log.read_text().count("\n") - 1
    assert found["input"]["mapping"]["columns"]["time"] == "datum"


def test_those_who_come_week_after_week_are_ranked_first(dutch: Answer) -> None:
    assert len(dutch.people) == 240
    assert all(int(person["person"][1:]) % 6 == 0 for person in dutch.people[:8])
    assert dutch.people[0]["name"].startswith(("Naam ", "<script>"))


def test_the_report_stands_alone_and_lets_nothing_in(dutch: Answer) -> None:
    page = dutch.page
    assert NASTY not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page
    assert not re.search(r"<script|<link|<img|\bstyle=|\son\w+=|@import|url\(", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "Content-Security-Policy" in page
    assert page.count("<svg") > 200
    assert "Hoe goed had dit vroeger gewerkt?" in page
    body = re.search(r"<body>.*</body>", page, re.DOTALL)
    assert body
    ElementTree.fromstring(body.group())


def test_answers_of_people_move_the_layer_to_stated(log: Path, tmp_path: Path) -> None:
    answers = tmp_path / "antwoorden.csv"
    told = "".join(f"u{number};{'ja' if number % 3 == 0 else 'nee'}\n" for number in range(0, 240, 2))
    answers.write_text("gebruiker;wil_relatie\n" + told)
    out = tmp_path / "uit.json"
    result = find(log, "--stated", answers, "--lang", "nl", "--json", out)
    assert json.loads(out.read_text())["layer"] == "stated"
    assert "zegt een nauwere relatie te willen" in result.stdout


def test_answers_may_be_a_column_of_the_log(tmp_path: Path) -> None:
    header, *rows = community(days=700, people=90).splitlines()
    with_answers = [header + ";antwoord"] + [
        f"{row};{'ja' if int(row.split(';')[0][1:]) % 3 == 0 else 'nee'}" for row in rows
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(with_answers))
    assert json.loads(find(path, "--stated", "antwoord", "--json", "-").stdout)["layer"] == "stated"
    refused = find(path, "--stated", "bestaat_niet", "--lang", "nl")
    assert refused.exit_code == 2
    assert "geen bestand met die naam, en ook geen kolom" in refused.stderr


def test_columns_said_by_hand_win(log: Path) -> None:
    found = json.loads(find(log, "--person", "soort", "--json", "-", "--lang", "nl").stdout)
    assert {person["person"] for person in found["people"]} == {"reactie", "vraag"}
    assert "persoon: kolom `soort` (zoals je zei)" in found["input"]["guesses"]
    wrong = find(log, "--time", "wanneer")
    assert wrong.exit_code == 2
    assert "has no column wanneer. It has: gebruiker, naam, datum, soort" in wrong.stderr


@pytest.mark.parametrize(
    ("content", "lang", "sentence"),
    [
        ("", "nl", "is leeg"),
        ("klant;datum\n", "en", "has a header but no rows"),
        ("label,tekst\n1,leuk\n2,stom\n", "nl", "heeft geen kolom met datums"),
        ("klant,datum\na,2099-01-01\nb,2098-01-01\n", "en", "No row could be read. 2 rows were rejected"),
    ],
)
def test_bad_input_is_one_sentence_and_no_traceback(
    tmp_path: Path, content: str, lang: str, sentence: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(content)
    result = find(path, "--lang", lang)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_short_log_says_what_cannot_be_told(tmp_path: Path) -> None:
    path = tmp_path / "kort.csv"
    path.write_text("klant,datum\n" + "".join(f"K{i % 6},2024-03-{1 + i % 20:02}\n" for i in range(40)))
    result = find(path, "--lang", "nl", "--html", tmp_path / "kort.html")
    assert result.exit_code == 0, result.output
    assert "Voorlopig" in result.stdout
    assert "geen vroegere periode" in result.stdout
    assert "Voorlopig" in (tmp_path / "kort.html").read_text()


def test_rejected_rows_are_counted_shown_and_written(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(community(days=500, people=30) + "u1;Naam 1;ooit;vraag\nu2;Naam 2;01-01-2099;vraag\n")
    out = tmp_path / "geweigerd.csv"
    result = find(path, "--lang", "nl", "--rejected", out)
    assert "geweigerd: 1 rij, de datum ligt in de toekomst" in result.stdout
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["ooit", "01-01-2099"]


def test_places_that_cannot_be_written_are_said_before_the_work(log: Path, tmp_path: Path) -> None:
    result = find(log, "--html", tmp_path / "geen" / "verslag.html", "--lang", "nl")
    assert result.exit_code == 2
    assert "bestaat niet. Maak die eerst" in result.stderr
    both = find(log, "--json", "-", "--csv", "-", "--lang", "en")
    assert "Only one of `--json` and `--csv`" in both.stderr


def test_the_language_follows_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert (language(""), language("en")) == ("nl", "en")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert (language(""), language("nl")) == ("en", "nl")
