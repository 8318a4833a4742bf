"""The kinds of things that pass between people and a brand, in words and with an icon."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deining.core.kinds import Direction, Kind

NAMES: Final[dict[Kind, Promise]] = {
    Kind.MENTION: _("mention"),
    Kind.POST: _("post"),
    Kind.REPLY: _("reply"),
    Kind.REACTION: _("reaction"),
    Kind.SHARE: _("share"),
    Kind.QUOTE: _("quote"),
    Kind.FOLLOW: _("follow"),
    Kind.REVIEW: _("review"),
    Kind.QUESTION: _("question"),
    Kind.ANSWER: _("answer"),
    Kind.IDEA: _("idea"),
    Kind.VOTE: _("vote"),
    Kind.CONTEST_ENTRY: _("contest entry"),
    Kind.SURVEY_ANSWER: _("survey answer"),
    Kind.ORDER: _("order"),
    Kind.CLICK: _("click"),
    Kind.UNSUBSCRIBE: _("unsubscribe"),
    Kind.REFERRAL: _("referral"),
    Kind.CONTRIBUTION: _("contribution"),
    Kind.VISIT: _("visit"),
    Kind.SIGN_UP: _("sign-up"),
    Kind.MESSAGE: _("message"),
    Kind.MAILING: _("mailing"),
    Kind.ASK: _("request"),
    Kind.OTHER: _("other"),
}
THEY_DID: Final[dict[Kind, Promise]] = {
    Kind.MENTION: _("mentioned us"),
    Kind.POST: _("wrote a post"),
    Kind.REPLY: _("replied"),
    Kind.REACTION: _("reacted"),
    Kind.SHARE: _("shared something"),
    Kind.QUOTE: _("quoted something"),
    Kind.FOLLOW: _("started to follow us"),
    Kind.REVIEW: _("wrote a review"),
    Kind.QUESTION: _("asked a question"),
    Kind.ANSWER: _("answered a question"),
    Kind.IDEA: _("had an idea"),
    Kind.VOTE: _("voted"),
    Kind.CONTEST_ENTRY: _("entered a contest"),
    Kind.SURVEY_ANSWER: _("answered a survey"),
    Kind.ORDER: _("ordered"),
    Kind.CLICK: _("clicked"),
    Kind.UNSUBSCRIBE: _("unsubscribed"),
    Kind.REFERRAL: _("brought somebody along"),
    Kind.CONTRIBUTION: _("contributed"),
    Kind.VISIT: _("visited"),
    Kind.SIGN_UP: _("signed up"),
    Kind.MESSAGE: _("sent a message"),
    Kind.MAILING: _("received a mailing"),
    Kind.ASK: _("asked us something"),
    Kind.OTHER: _("did something"),
}
WE_DID: Final[dict[Kind, Promise]] = {
    Kind.MESSAGE: _("we sent a message"),
    Kind.MAILING: _("we sent a mailing"),
    Kind.ASK: _("we asked something"),
    Kind.REPLY: _("we replied"),
    Kind.ANSWER: _("we answered"),
    Kind.REACTION: _("we reacted"),
    Kind.MENTION: _("we mentioned them"),
}
ICONS: Final[dict[Kind, str]] = {
    Kind.MENTION: "megaphone",
    Kind.POST: "message-circle",
    Kind.REPLY: "message-square-reply",
    Kind.REACTION: "heart",
    Kind.SHARE: "share-2",
    Kind.QUOTE: "quote",
    Kind.FOLLOW: "bell",
    Kind.REVIEW: "star",
    Kind.QUESTION: "circle-question-mark",
    Kind.ANSWER: "corner-down-right",
    Kind.IDEA: "lightbulb",
    Kind.VOTE: "vote",
    Kind.CONTEST_ENTRY: "trophy",
    Kind.SURVEY_ANSWER: "clipboard-list",
    Kind.ORDER: "shopping-bag",
    Kind.CLICK: "mouse-pointer-click",
    Kind.UNSUBSCRIBE: "bell-off",
    Kind.REFERRAL: "user-plus",
    Kind.CONTRIBUTION: "hammer",
    Kind.VISIT: "eye",
    Kind.SIGN_UP: "log-in",
    Kind.MESSAGE: "mail",
    Kind.MAILING: "send",
    Kind.ASK: "list-checks",
    Kind.OTHER: "circle-dot",
}


def kind_name(kind: Kind) -> str:
    """The kind as a noun."""
    return str(NAMES[kind])


def kind_deed(kind: Kind, direction: Direction) -> str:
    """What was done, as a short phrase: "voted", "we asked something"."""
    if direction is Direction.WE:
        return str(WE_DID.get(kind) or NAMES[kind])
    return str(THEY_DID[kind])
