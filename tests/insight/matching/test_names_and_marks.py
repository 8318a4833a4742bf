"""What speaks for one person behind two accounts, and what against; told in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deining.insight import matching
from deining.insight.matching import PROPOSE_FROM, Account
from deining.insight.matching.accounts import fold, mailbox_of, name_words
from deining.insight.matching.blocking import sound
from deining.insight.matching.nicknames import same_first_name

CROWD = [
    Account(key=100 + number, name=f"{first} {last}")
    for number, (first, last) in enumerate(
        (first, last)
        for first in ["Jan", "Piet", "Emma", "Noor", "Lotte", "Bram", "Sofie", "Tom", "Eva", "Koen"]
        for last in [
            "Jansen",
            "Peeters",
            "Maes",
            "Bakker",
            "Smit",
            "Claes",
            "Visser",
            "Mulder",
            "Willems",
            "Dekker",
        ]
    )
]


def told(one: Account, other: Account, lang: str = "en") -> tuple[float, str]:
    pair = matching.compare(one, other, CROWD)
    return pair.score, matching.sentence(pair.reasons, lang)


def test_one_mailbox_and_a_typing_error() -> None:
    one = Account(key=1, name="Marijke Verhulst", email="marijke@example.org", network="mail")
    other = Account(key=2, name="Marijke Verhulsst", email="Marijke@Example.org", network="shop")
    score, words = told(one, other)
    assert score > 0.95
    assert words == "same e-mail address; name differs by one letter"
    assert told(one, other, "nl")[1] == "zelfde e-mailadres; naam verschilt één letter"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            Account(1, email="jan.maes@gmail.com"),
            Account(2, email="janmaes+x@googlemail.com"),
            "same mailbox",
        ),
        (
            Account(1, "Verhulst, Marijke"),
            Account(2, "marijke VERHULST"),
            "same name",
        ),
        (Account(1, "Zoë Ødegård"), Account(2, "zoe odegard"), "same name"),
        (Account(1, "Liesbeth Vandevelde"), Account(2, "Els Vandevelde"), "“liesbeth” is a form of “els”"),
        (Account(1, "Robert Quackelbeen"), Account(2, "Bob Quackelbeen"), "“robert” is a form of “bob”"),
        (Account(1, handle="swimmer1987"), Account(2, handle="Swimmer_1987", network="x"), "same handle"),
        (Account(1, "Marijke Verhulst"), Account(2, handle="marijkeverhulst"), "is the other one's name"),
    ],
)
def test_worth_a_look(one: Account, other: Account, words: str) -> None:
    score, sentence = told(one, other)
    assert score >= PROPOSE_FROM, (score, sentence)
    assert any(word in sentence for word in words.split("|")), sentence


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Account(1, "Jan Jansen"), Account(2, "Piet Jansen"), "different name"),
        (Account(1, "Jan Maes", email="maes@x.be"), Account(2, "Eva Maes", email="maes@x.be"), "same e-mail"),
        (Account(1, email="info@museum.be"), Account(2, email="info@museum.be"), "several people"),
        (Account(1, handle="jan"), Account(2, handle="jan"), "nothing in common"),
        (Account(1, "Jan"), Account(2, "Jan Jansen"), "in both names"),
        (Account(1), Account(2), "nothing in common"),
    ],
)
def test_not_worth_a_look(one: Account, other: Account, words: str) -> None:
    score, sentence = told(one, other)
    assert score < PROPOSE_FROM, (score, sentence)
    assert words in sentence


def test_a_common_name_says_less_than_a_rare_one() -> None:
    common = told(Account(1, "Jan Jansen"), Account(2, "Jan Jansen"))[0]
    rare = told(Account(1, "Floortje Quackelbeen"), Account(2, "Floortje Quackelbeen"))[0]
    assert common < rare


def test_an_initial_is_weaker_than_the_name() -> None:
    whole = told(Account(1, "Floor Quackelbeen"), Account(2, "Floor Quackelbeen"))[0]
    initial, words = told(Account(1, "F. Quackelbeen"), Account(2, "Floor Quackelbeen"))
    assert initial < whole
    assert "the initial fits" in words


def test_birth_dates_that_differ_count_against() -> None:
    born = [{"born": "1990-05-17"}, {"born": "1990-05-17"}, {"born": "1961-11-02"}]
    same = told(Account(1, "Jan Maes", details=born[0]), Account(2, "Jan Maes", details=born[1]))
    other = told(Account(1, "Jan Maes", details=born[0]), Account(2, "Jan Maes", details=born[2]))
    assert same[0] > PROPOSE_FROM > other[0]
    assert "different date of birth" in other[1]


def test_two_accounts_on_one_network_count_a_little_against() -> None:
    apart = told(Account(1, "Emma Maes", network="forum"), Account(2, "Emma Maes", network="shop"))[0]
    together, words = told(Account(1, "Emma Maes", network="forum"), Account(2, "Emma Maes", network="forum"))
    assert together < apart
    assert words.endswith("but both on forum")


def test_a_work_domain_helps_and_a_free_one_does_not() -> None:
    at_work = told(Account(1, "E. Smit", email="e@lumen.be"), Account(2, "Emma Smit", email="emma@lumen.be"))
    at_home = told(Account(1, "E. Smit", email="e@live.be"), Account(2, "Emma Smit", email="emma@live.be"))
    assert at_work[0] > at_home[0]
    assert "both at lumen.be" in at_work[1]


def test_words_of_a_name() -> None:
    assert name_words("Berg, Jan van den") == ("jan", "berg")
    assert name_words("Dr. Ann O'Neill") == ("ann", "oneill")
    assert name_words("van de") == ("van", "de")
    assert name_words("jan@example.org") == name_words("") == name_words("!!") == ()
    assert mailbox_of("a.b+c@gmail.com") == "ab@gmail.com"
    assert mailbox_of("not an address") == mailbox_of("@example.org") == ""
    assert sound("schmidt") == sound("smit")
    assert same_first_name("katrien", "kaat")
    assert not same_first_name("katrien", "katrien2")


@settings(max_examples=200, deadline=None)
@given(one=st.text(max_size=40), other=st.text(max_size=40), email=st.text(max_size=30))
def test_any_text_is_compared_the_same_both_ways(one: str, other: str, email: str) -> None:
    left, right = Account(1, one, handle=other, email=email), Account(2, other, handle=one, email=email)
    forth, back = matching.compare(left, right), matching.compare(right, left)
    assert 0.0 <= forth.score <= 1.0
    assert forth.score == pytest.approx(back.score, abs=1e-6)
    assert matching.sentence(forth.reasons, "nl")
    assert fold(fold(one)) == fold(one)
