"""Which column means what, by name and by content, each guess with how sure and one plain reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from deining.channels.files.column_looks import Look, looks_of
from deining.channels.files.column_names import name_score, normal
from deining.channels.files.dates import as_text
from deining.channels.files.mapping import Guess
from deining.core.kinds import Kind

SAMPLE_ROWS: Final = 5_000
KNOWN: Final = 0.45
"""A name score from here on counts as "the name matches"."""
UNSURE: Final = 0.5
"""Below this the person who asked should look at the guess."""

_KIND_HINTS: Final = {
    Kind.ORDER: """amount bedrag prijs price omzet revenue dollar_value totaal total quantity aantal order_id
        ordernummer orderdatum order_date besteldatum bestelnummer factuurnummer invoice purchase_date""",
    Kind.CONTRIBUTION: "sha commit commit_ts commit_hash author_ts",
    Kind.REVIEW: "rating stars sterren score_sterren review_id review_date",
    Kind.POST: "post_id tweet_id post_number subject msgid",
}
"""Names of columns that tell what the rows are, most telling first."""


@dataclass(slots=True)
class _Board:
    """Guesses so far."""

    table: pa.Table
    looks: list[Look]
    guesses: dict[str, Guess] = field(default_factory=dict)

    def taken(self, *roles: str) -> set[str]:
        return {self.guesses[role].column for role in roles if role in self.guesses}

    def put(self, role: str, look: Look, sure: float, reason: str, **params: Any) -> None:
        self.guesses[role] = Guess(role, look.name, round(min(sure, 0.99), 2), reason, params)

    def best(
        self, role: str, fits: Callable[[Look], bool], without: set[str], least: float = KNOWN
    ) -> tuple[Look, float] | None:
        """The column with the best fitting name among those whose content fits."""
        scored = [
            (name_score(role, look.name), -look.place, look)
            for look in self.looks
            if look.name not in without and look.filled and fits(look)
        ]
        score, _, look = max(scored, default=(0.0, 0, None), key=lambda entry: entry[:2])
        return (look, score) if look is not None and score >= least else None


def guess_columns(sample: pa.Table, tz: str, now: datetime, *, header: bool) -> list[Guess]:
    """Guesses for a sample of raw rows, most important first; a role that no column fits is absent."""
    board = _Board(sample, looks_of(sample, tz, now))
    _time(board)
    _person(board, header)
    _switches(board)
    _kind(board)
    _identity(board)
    _links(board)
    return list(board.guesses.values())


def _time(board: _Board) -> None:
    """By name among columns that hold dates; else the column with most of them."""
    found = board.best("time", lambda look: look.dates >= 0.3 or look.moments >= 0.8, set(), 0.3)
    if found:
        look, score = found
        board.put(
            "time", look, 0.3 + 0.4 * score + 0.3 * look.dates, "name_dates", share=round(100 * look.dates)
        )
    else:
        # short whole numbers are rarely moments: ask that nearly all of them are
        held = [look for look in board.looks if look.dates >= (0.98 if look.numbers > 0.5 else 0.6)]
        held = [look for look in held if look.distinct > 1 or look.filled < 5]
        if not held:
            return
        look = max(held, key=lambda look: (look.typed_time, look.dates, -look.place))
        board.put("time", look, 0.6 * look.dates, "content_dates", share=round(100 * look.dates))
    _clock(board, look)


def _clock(board: _Board, time: Look) -> None:
    """A separate time of day beside a column of mere dates."""
    if time.midnight < 0.9:
        return
    clocks = [look for look in board.looks if look.clocks >= 0.8 and look.name != time.name]
    if clocks:
        best = max(clocks, key=lambda look: (name_score("clock", look.name), -look.place))
        named = name_score("clock", best.name) >= KNOWN
        board.put("clock", best, 0.9 if named else 0.6, "name_only" if named else "content_clock")


def _person(board: _Board, header: bool) -> None:
    without = board.taken("time", "clock")
    found = board.best("person", _may_name_people, without)
    if found:
        look, score = found
        sure = 0.25 + 0.75 * score - (0.3 if look.filled > 50 and look.distinct == look.filled else 0.0)
        board.put("person", look, sure, "name_values", distinct=look.distinct, rows=look.filled)
        return
    held = [look for look in board.looks if look.name not in without and _comes_back(look)]
    if header:  # a column of numbers that says what it is, and does not say people, is a measure
        held = [look for look in held if look.numbers < 0.5]
    if held:
        look = min(held, key=lambda look: (look.emails < 0.5, look.place))
        sure = 0.6 if look.emails > 0.5 or not header else 0.3
        board.put("person", look, sure, "content_person", distinct=look.distinct, rows=look.filled)


def _may_name_people(look: Look) -> bool:
    """Short values that are no dates or fractions; a mere "name" that never comes back names no people."""
    if look.dates > 0.8 and (look.typed_time or look.numbers < 0.5):
        return False
    never_back = look.filled > 200 and look.distinct > 0.99 * look.filled
    if never_back and normal(look.name) in {"name", "naam", "by", "from", "source", "src"}:
        return False
    constant = look.filled > 50 and look.distinct == 1
    boolean = look.yes_no == 1.0 and look.distinct <= 2 and look.filled > 10
    present = look.filled >= 0.5 * look.rows
    return present and look.length <= 120 and look.fractions < 0.5 and not constant and not boolean


def _comes_back(look: Look) -> bool:
    """By content alone: many different short values, each on several rows, and not words of a small list."""
    if not _may_name_people(look) or look.dates > 0.8 or look.length > 60 or look.clocks > 0.5:
        return False
    enough = look.distinct >= min(20, max(2, look.filled // 10))
    return enough and look.repeats >= 1.05 and look.kinds < 0.5


def _switches(board: _Board) -> None:
    """Columns of yes and no."""
    without = board.taken("time", "person", "clock")
    tests: tuple[tuple[str, Callable[[Look], bool]], ...] = (
        ("bot", lambda look: look.yes_no == 1.0),
        ("asked", lambda look: look.yes_no >= 0.5),
        ("stated", lambda look: look.yes_no >= 0.5),
        ("is_reply", lambda look: look.yes_no == 1.0),
        ("direction", lambda look: 0 < look.distinct <= 3 and look.length < 12),
    )
    for role, fits in tests:
        found = board.best(role, fits, without | board.taken("asked", "stated"), 0.75)
        if found:
            board.put(role, found[0], found[1], "name_only")


def _kind(board: _Board) -> None:
    without = board.taken("time", "person", "clock", "bot", "asked", "stated", "direction")
    found = board.best("kind", _may_be_kinds, without)
    if found:
        look, score = found
        board.put("kind", look, 0.4 + 0.5 * score * max(look.kinds, 0.4), "name_values",
                  distinct=look.distinct, rows=look.filled)  # fmt: skip
        return
    held = [
        look
        for look in board.looks
        if look.name not in without and look.kinds >= 0.8 and look.yes_no < 1.0 and look.numbers < 0.5
    ]
    if held:
        look = max(held, key=lambda look: (look.kinds, -look.place))
        board.put("kind", look, 0.5, "content_words", example=look.example)


def _may_be_kinds(look: Look) -> bool:
    """A small list of short words that most rows have."""
    few = look.distinct <= 200 and look.length <= 40
    return few and look.numbers < 0.5 and look.filled >= 0.5 * look.rows


def _identity(board: _Board) -> None:
    """What else the file says about people; the person column itself may be the address or the name."""
    without = board.taken("time", "clock", "kind", "bot", "asked", "stated", "direction")
    hashed = board.best("email", lambda look: look.emails >= 0.5, without)
    addresses = [look for look in board.looks if look.emails >= 0.8 and look.name not in without]
    if hashed or addresses:
        board.put("email", hashed[0] if hashed else addresses[0], 0.9, "name_only")
    without |= board.taken("email")
    for role in ("handle", "name"):
        found = board.best(role, lambda look: look.length <= 80 and look.numbers < 0.5, without, 0.7)
        if found and found[0].distinct > 1 and _per_person(board, found[0]):
            board.put(role, found[0], found[1], "name_only")


def _per_person(board: _Board, look: Look) -> bool:
    """A person has one name or a few; a column that differs on every row is about something else."""
    person = board.guesses.get("person")
    if person is None or person.column == look.name:
        return True
    pairs = pc.binary_join_element_wise(
        *(as_text(board.table.column(name).combine_chunks()) for name in (person.column, look.name)), "\t"
    )
    people = next(other.distinct for other in board.looks if other.name == person.column)
    return len(pc.unique(pairs.drop_null())) <= 2 * people + 10


def _links(board: _Board) -> None:
    """The row's own number, what it answers, what it is about, where it happened."""
    without = board.taken(
        "time", "clock", "person", "kind", "bot", "asked", "stated", "direction", "is_reply", "email", "name",
    )  # fmt: skip
    own = board.best("external_id", _is_unique, without)
    if own:
        board.put("external_id", own[0], own[1], "name_values", distinct=own[0].distinct, rows=own[0].filled)
        without |= {own[0].name}
    _answers(board, own[0] if own else None, without)
    without |= board.taken("in_answer_to", "is_reply")
    about = board.best("about", lambda look: look.distinct > 1 and look.length <= 160, without, 0.7)
    if about:
        board.put(
            "about", about[0], about[1], "name_values", distinct=about[0].distinct, rows=about[0].filled
        )
        without |= {about[0].name}
    place = board.best("network", lambda look: 1 < look.distinct <= 12 and look.length <= 20, without, 0.8)
    if place and place[0].numbers < 0.5:
        board.put("network", place[0], place[1], "name_only")


def _is_unique(look: Look) -> bool:
    return look.distinct >= 0.9 * look.filled and look.filled >= 0.9 * look.rows and look.length <= 200


def _answers(board: _Board, own: Look | None, without: set[str]) -> None:
    """A column of answers must point at rows of the file; one that does not still tells what is a reply."""
    found = board.best("in_answer_to", lambda look: look.filled > 0, without)
    if not found:
        return
    look, score = found
    if own is not None and _points_at(board, look.name, own.name) >= 0.05:
        board.put("in_answer_to", look, score, "name_only")
    elif "is_reply" not in board.guesses and look.filled < look.rows:
        board.put("is_reply", look, 0.6, "name_only")


def _points_at(board: _Board, answers: str, own: str) -> float:
    given = as_text(board.table.column(answers).combine_chunks()).drop_null()
    given = given.filter(pc.not_equal(given, ""))
    known = as_text(board.table.column(own).combine_chunks())
    return (
        float(pc.mean(pc.is_in(_whole(given), value_set=_whole(known))).as_py() or 0.0) if len(given) else 0.0
    )


def _whole(text: pa.Array) -> pa.Array:
    """Numbers that a spreadsheet turned into 3.0 as 3."""
    return pc.replace_substring_regex(text, r"^(\d+)\.0$", r"\1")


def kind_hint(columns: list[str]) -> Kind:
    """What the rows of a file without kinds probably are, by the names of its columns."""
    names = {normal(name) for name in columns}
    for kind, words in _KIND_HINTS.items():
        if names & set(words.split()):
            return kind
    return Kind.OTHER
