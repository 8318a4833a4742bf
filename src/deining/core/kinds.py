"""The kinds of things that pass between people and a brand (spec P2), and which way they went.

Stored as small integers, because a ledger has millions of rows; spoken of as words everywhere else.
A code, once given, is never given to another kind.
"""

from enum import StrEnum
from typing import Final


class Direction(StrEnum):
    """They did something (an interaction), or we did (a touch)."""

    THEY = "they"
    WE = "we"


class Kind(StrEnum):
    """What happened. The first group is usually theirs, the last three usually ours."""

    MENTION = "mention"
    POST = "post"
    REPLY = "reply"
    REACTION = "reaction"
    SHARE = "share"
    QUOTE = "quote"
    FOLLOW = "follow"
    REVIEW = "review"
    QUESTION = "question"
    ANSWER = "answer"
    IDEA = "idea"
    VOTE = "vote"
    CONTEST_ENTRY = "contest_entry"
    SURVEY_ANSWER = "survey_answer"
    ORDER = "order"
    CLICK = "click"
    UNSUBSCRIBE = "unsubscribe"
    REFERRAL = "referral"
    CONTRIBUTION = "contribution"
    VISIT = "visit"
    SIGN_UP = "sign_up"
    MESSAGE = "message"
    MAILING = "mailing"
    ASK = "ask"
    OTHER = "other"


KIND_CODES: Final[dict[Kind, int]] = {kind: code for code, kind in enumerate(Kind, start=1)}
KIND_BY_CODE: Final[dict[int, Kind]] = {code: kind for kind, code in KIND_CODES.items()}
DIRECTION_CODES: Final[dict[Direction, int]] = {Direction.THEY: 1, Direction.WE: 2}
DIRECTION_BY_CODE: Final[dict[int, Direction]] = {code: way for way, code in DIRECTION_CODES.items()}
