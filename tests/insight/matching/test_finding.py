"""Pairs are found without comparing everybody with everybody, and reasons survive being stored."""

import json
import subprocess
import sys

from deining.insight import matching
from deining.insight.matching import Account, Reason
from deining.insight.matching.accounts import prepare
from deining.insight.matching.blocking import WINDOW, candidates
from deining.insight.matching.phrases import _PHRASES
from deining.insight.matching.reasons import CODES


def test_the_double_is_found_among_the_rest() -> None:
    crowd = [Account(key=number, name=f"Naam{number:04} Achternaam{number % 89}") for number in range(900)]
    doubles = [
        Account(key=1000, name="Floortje Quackelbeen", email="floor@example.org", group=1),
        Account(key=1001, name="Quackelbeen, F.", email="floor@example.org", group=2),
        Account(key=1002, name="Floortje Quakkelbeen", group=3),
        Account(key=1003, name="Floortje Quackelbeen", group=1),
    ]
    steps: list[tuple[int, int]] = []
    pairs = matching.find_pairs([*crowd, *doubles], progress=lambda done, total: steps.append((done, total)))
    found = {(pair.one, pair.other) for pair in pairs if pair.other >= 1000}
    assert found == {(1000, 1001), (1000, 1002), (1001, 1002), (1001, 1003), (1002, 1003)}
    assert pairs == sorted(pairs, key=lambda pair: -pair.score)
    assert steps[0][0] == 0


def test_nobody_and_one_make_no_pairs() -> None:
    assert matching.find_pairs([]) == []
    assert matching.find_pairs([Account(key=1, name="Jan Maes")]) == []
    assert matching.find_pairs([Account(key=1), Account(key=2)]) == []


def test_a_key_that_thousands_share_stays_cheap() -> None:
    crowd = [Account(key=number, name=f"Jan Jansen{number}", handle="anonymous") for number in range(3000)]
    many = [prepare(account) for account in crowd]
    firsts, seconds = candidates(many)
    assert len(firsts) <= 3000 * WINDOW * 3
    assert (firsts < seconds).all()


def test_a_mailbox_that_many_share_is_nobodys_in_particular() -> None:
    pair = [Account(key=1, email="lid@bond.be"), Account(key=2, email="lid@bond.be")]
    crowd = [Account(key=10 + number, email="lid@bond.be") for number in range(200)]
    assert matching.compare(*pair).score > 0.8
    assert matching.compare(*pair, crowd).score < 0.3


def test_every_reason_has_its_phrase_in_both_languages() -> None:
    for words in _PHRASES.values():
        assert set(words) - {"letters", "nothing"} == CODES


def test_a_reason_is_stored_and_read_back() -> None:
    pair = matching.compare(Account(1, "Bob Maes"), Account(2, "Robert Maes"))
    stored = json.loads(json.dumps([reason.to_dict() for reason in pair.reasons]))
    read = [Reason.from_dict(one) for one in stored]
    assert matching.sentence(read, "nl") == matching.sentence(pair.reasons, "nl")


def test_the_web_process_does_not_load_arrays_for_a_sentence() -> None:
    code = "import sys; from deining.insight import matching; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
