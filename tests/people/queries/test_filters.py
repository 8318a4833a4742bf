"""The words of an address, a segment and an export mean the same people."""

from hypothesis import given
from hypothesis import strategies as st

from deining.people.queries.filters import SORTS, Filters


def test_words_read_back_as_the_same_question() -> None:
    asked = Filters(
        q="lieke", segment="seeker", least=20, most=80, tag="gent", owner="me", kind="vote", seen=30,
        slipping=True, sort="-name",
    )  # fmt: skip
    assert Filters.read(asked.words()) == asked


def test_what_is_not_understood_is_left_out() -> None:
    strange = {
        "segment": "kings", "least": "-4", "most": "101", "owner": "' OR 1=1", "kind": "dance",
        "seen": "soon", "sort": "password", "slipping": "maybe", "something": "else",
    }  # fmt: skip
    assert Filters.read(strange) == Filters()


@given(st.dictionaries(st.sampled_from([*Filters().__slots__]), st.text(max_size=30)))
def test_any_address_can_be_read(words: dict[str, str]) -> None:
    read = Filters.read(words)
    assert Filters.read(read.words()) == read
    assert read.sort_key in SORTS


def test_without_takes_only_that_away() -> None:
    asked = Filters(q="lieke", tag="gent")
    assert asked.without("tag") == Filters(q="lieke")
    assert asked.narrows
    assert not Filters(sort="name").narrows
