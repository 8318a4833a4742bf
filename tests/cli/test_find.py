"""`deining find`, from a log to the answer, as somebody at a terminal uses it; in both languages."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from deining.cli import build

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
            if chance.random() < (0.12 if fan else 0.06):
                when = start + timedelta(days=day)
                lines.append(f"u{number};{name};{when:%d-%m-%Y} 12:00;{chance.choice(('reactie', 'vraag'))}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "gemeenschap.csv"
    path.write_text(community(), encoding="utf-8")
    return path


def find(*words: object) -> Result:
    return CliRunner().invoke(build(), ["find", *map(str, words)])


def test_the_answer_in_dutch(log: Path) -> None:
    result = find(log, "--lang", "nl", "--limit", 5)
    assert result.exit_code == 0, result.output
    assert re.search(
        r"Ongeveer \d+\s% van \d+ mensen laat zien een relatie te willen \(tussen", result.stdout
    )
    assert "persoon: kolom `gebruiker` (de naam klopt; 240 verschillende waarden" in result.stdout.replace(
        "\n", " "
    )
    assert "Naam " in result.stdout
    assert re.search(r"van tellen +van laatst", result.stdout)
    assert "Er is niets weggelaten" in result.stdout
    assert re.search(r"nog 2\d\d mensen: `--limit 2\d\d", result.stdout)


def test_the_answer_in_english(log: Path) -> None:
    result = find(log, "--lang", "en", "--limit", 3)
    assert re.search(
        r"About \d+\s% of \d+ people show that they want a relationship \(between", result.stdout
    )
    assert "keep coming back of their own accord" in result.stdout
    assert "behaviour, not a wish" in result.stdout


def test_machines_get_exactly_the_promised_keys(log: Path) -> None:
    result = find(log, "--json", "-", "--lang", "en")
    found = json.loads(result.stdout)
    assert found.keys() >= KEYS
    assert found["people"][0].keys() >= PERSON_KEYS
    assert found["backtest"][0].keys() >= BACKTEST_KEYS
    assert [person["rank"] for person in found["people"]] == list(range(1, 241))
    assert found["share_low"] <= found["share"] <= found["share_high"]
    assert found["input"]["rows"] == log.read_text().count("\n") - 1
    assert found["input"]["mapping"]["columns"]["time"] == "datum"


def test_those_who_come_week_after_week_are_ranked_first(log: Path) -> None:
    people = list(csv.DictReader(io.StringIO(find(log, "--csv", "-").stdout)))
    assert len(people) == 240
    assert all(int(person["person"][1:]) % 6 == 0 for person in people[:8])
    assert people[0]["name"].startswith(("Naam ", "<script>"))


def test_the_report_stands_alone_and_lets_nothing_in(log: Path, tmp_path: Path) -> None:
    out = tmp_path / "verslag.html"
    result = find(log, "--html", out, "--lang", "nl", "--limit", 240)
    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    assert NASTY not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page
    assert not re.search(r"<script|<link|<img|\bstyle=|\son\w+=|@import|url\(", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "Content-Security-Policy" in page
    assert page.count("<svg") > 240
    assert "Hoe goed had dit vroeger gewerkt?" in page
    body = re.search(r"<body>.*</body>", page, re.DOTALL)
    assert body
    ElementTree.fromstring(body.group())
    assert not list(tmp_path.glob("*.part"))


def test_answers_of_people_move_the_layer_to_stated(log: Path, tmp_path: Path) -> None:
    answers = tmp_path / "antwoorden.csv"
    told = "".join(f"u{number};{'ja' if number % 3 == 0 else 'nee'}\n" for number in range(0, 240, 2))
    answers.write_text("gebruiker;wil_relatie\n" + told)
    found = json.loads(find(log, "--stated", answers, "--json", "-").stdout)
    assert found["layer"] == "stated"
    assert "zegt een nauwere relatie te willen" in find(log, "--stated", answers, "--lang", "nl").stdout


def test_answers_may_be_a_column_of_the_log(tmp_path: Path) -> None:
    header, *rows = community().splitlines()
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


def test_rejected_rows_are_counted_shown_and_written(log: Path, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(log.read_text() + "u1;Naam 1;ooit;vraag\nu2;Naam 2;01-01-2099;vraag\n")
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


def test_the_language_follows_the_computer(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert "Ongeveer" in find(log, "--limit", 1).stdout
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "About" in find(log, "--limit", 1).stdout
