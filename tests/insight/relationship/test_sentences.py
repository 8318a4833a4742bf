"""One plain sentence, true for the person, in Dutch and English."""

import re

import numpy as np
import pytest

from deining.insight import relationship
from deining.insight.relationship.phrases import AGAINST, NOTES, REASONS, WORDS
from deining.insight.relationship.reasons import CODES, contributions, facts
from deining.insight.relationship.state import columns_of
from tests.insight.relationship.community import START, make_community, row_of

LOG = make_community(400, 1400)
AT = START + 1399
STATES = relationship.states(LOG)
MODEL = relationship.fit(LOG, at=AT)
PEOPLE = MODEL.score(STATES, at=AT)


def reason(code: str, effect: int, n: int, of: int = 0, day: int = AT) -> dict[str, object]:
    return {"code": code, "effect": effect, "n": n, "of": of, "day": day}


def person(*reasons: dict[str, object], probability: float = 0.62) -> dict[str, object]:
    return {"probability": probability, "events": 50, "silent_days": 3, "reasons": list(reasons)}


def test_the_sentence_of_the_plan_in_both_languages() -> None:
    since_march = reason("silence", -1, 90, day=20_528)  # 2026-03-16
    fan = person(reason("weeks", 1, 9, 12), reason("answering", 1, 3, 4), since_march)
    assert relationship.sentence(fan, "en") == (
        "62 %: active in 9 of the last 12 weeks, answered 3 of 4 asks; the silence since March lowers it."
    )
    assert relationship.sentence(fan, "nl") == (
        "62 %: actief in 9 van de laatste 12 weken, antwoordde op 3 van 4 vragen; "
        "de stilte sinds maart drukt."
    )


def test_a_passer_by_gets_one_too() -> None:
    passer_by = {"probability": 0.04, "events": 1, "silent_days": 212, "reasons": []}
    assert relationship.sentence(passer_by, "nl") == "4 %: één keer gezien, 212 dagen geleden."
    assert relationship.sentence(passer_by | {"silent_days": 0}, "en") == "4 %: seen once, today."


def test_what_lowers_is_said_as_little() -> None:
    assert relationship.sentence(person(reason("volume", -1, 3)), "nl") == "62 %: maar 3 bijdragen in totaal."
    assert relationship.sentence(person(reason("volume", 1, 300)), "nl") == "62 %: 300 bijdragen in totaal."


def test_a_silence_of_a_year_names_the_year() -> None:
    said = relationship.sentence(person(reason("silence", -1, 400, day=20_150)), "en")
    assert said == "62 %: the silence since March 2025."


@pytest.mark.parametrize(("probability", "said"), [(0.001, "< 1 %"), (0.999, "> 99 %"), (0.4, "40 %")])
def test_nothing_is_ever_certain(probability: float, said: str) -> None:
    assert relationship.percent(probability) == said


def test_somebody_without_reasons_is_like_the_rest() -> None:
    assert relationship.sentence(person(), "nl") == "62 %: ongeveer zoals de meesten hier."


def test_another_language_falls_back_to_english() -> None:
    assert relationship.sentence(person(), "fr") == relationship.sentence(person(), "en")


def test_every_reason_given_is_the_persons_own_number() -> None:
    state = columns_of(STATES)
    own = facts(state, AT)
    place = {key: number for number, key in enumerate(STATES["person"].to_pylist())}
    for row in PEOPLE.to_pylist():
        for given in row["reasons"]:
            assert given["n"] == own[given["code"]][place[row["person"]]]


def test_reasons_come_from_the_largest_contributions_and_agree_with_their_effect() -> None:
    from deining.insight.relationship.features import inputs

    moved = contributions(MODEL.standard(inputs(columns_of(STATES), AT)), np.array(MODEL.beta))
    place = {key: number for number, key in enumerate(STATES["person"].to_pylist())}
    for row in PEOPLE.slice(0, 50).to_pylist():
        largest = np.abs(moved[place[row["person"]]]).max()
        assert row["reasons"], "the top of the list is there for a reason"
        assert largest > 0.15
        weeks = [given for given in row["reasons"] if given["code"] == "weeks"]
        assert all(given["effect"] == (1 if given["n"] >= MODEL.typical["weeks"] else -1) for given in weeks)


def test_the_top_is_told_by_presence_and_the_bottom_by_silence() -> None:
    told = [given["code"] for row in PEOPLE.slice(0, 20).to_pylist() for given in row["reasons"][:1]]
    assert set(told) <= {"weeks", "recent", "seen", "volume", "year"}
    bottom = PEOPLE.slice(PEOPLE.num_rows - 60).to_pylist()
    assert any(given["code"] == "silence" for row in bottom for given in row["reasons"])


def test_both_languages_say_the_same_things_with_the_same_numbers() -> None:
    for table in (WORDS, REASONS, AGAINST, NOTES):
        assert table["nl"].keys() == table["en"].keys()
        for key, phrase in table["en"].items():
            assert sorted(re.findall(r"{\w+}", phrase)) == sorted(re.findall(r"{\w+}", table["nl"][key])), key
    said = {key.split("_")[0].rstrip("-") for key in REASONS["en"]}
    assert set(CODES) == said


def test_the_whole_list_can_be_said_in_dutch() -> None:
    found = relationship.find(LOG, at=AT)
    for told in found.each_person("nl"):
        assert re.match(r"^(< 1|> 99|\d+) %: .+\.$", told["sentence"])
    assert row_of(found.people, found.people["person"][0].as_py())["rank"] == 1
