"""Raw words of a log to ours: kinds, yes and no, directions; Dutch and English."""

from typing import Final

from deining.channels.files.column_names import normal
from deining.core.kinds import Direction, Kind

_KIND_WORDS: Final = {
    Kind.MENTION: "mention vermelding mentioned genoemd tag",
    Kind.POST: """
        post bericht_forum topic onderwerp thread new_topic nieuw_onderwerp status toot tweet
        original forumpost blog blogpost artikel new_thread
    """,
    Kind.REPLY: """
        reply reactie antwoord_op comment opmerking replied commented reageerde gereageerd response
        respons note issue_comment
    """,
    Kind.REACTION: """
        reaction like vind_ik_leuk duim liked favourite favorite favoriet hart heart emoji thumbs_up
        upvote likes love star ster
    """,
    Kind.SHARE: "share gedeeld delen deel shared retweet repost reblog boost doorgestuurd forward",
    Kind.QUOTE: "quote citaat quoted quote_tweet",
    Kind.FOLLOW: "follow volg volgt gevolgd followed follower volger abonneren",
    Kind.REVIEW: "review beoordeling recensie rating waardering",
    Kind.QUESTION: "question vraag support_question klantvraag ticket supportvraag helpdesk issue",
    Kind.ANSWER: "answer antwoord accepted_answer beantwoord answered",
    Kind.IDEA: "idea idee suggestie suggestion feature_request voorstel wens",
    Kind.VOTE: "vote stem gestemd voted poll_vote poll",
    Kind.CONTEST_ENTRY: "contest contest_entry wedstrijd wedstrijdinzending inzending prijsvraag competition",
    Kind.SURVEY_ANSWER: "survey survey_answer enquete enqueteantwoord vragenlijst nps feedback",
    Kind.ORDER: """
        order bestelling aankoop purchase koop gekocht bought transaction transactie sale verkoop
        boeking booking reservering reservation betaling payment donation donatie gift
    """,
    Kind.CLICK: "click klik geklikt clicked open geopend opened link_click",
    Kind.UNSUBSCRIBE: "unsubscribe uitschrijving afmelding afgemeld uitgeschreven opt_out  opzegging",
    Kind.REFERRAL: "referral doorverwijzing aanbeveling aangebracht recommended refer invite_friend",
    Kind.CONTRIBUTION: "contribution bijdrage commit pull_request merge patch push code edit bewerking",
    Kind.VISIT: """
        visit bezoek login page_view pageview view bezocht session sessie inloggen check_in
        winkelbezoek
    """,
    Kind.SIGN_UP: """
        sign_up signup aanmelding inschrijving registratie registration registered subscribe
        ingeschreven aangemeld opt_in lid_geworden joined join
    """,
    Kind.MESSAGE: """
        message bericht dm chat mail email e_mail sms whatsapp telefoon phone call gesprek msg
        direct_message contact contactformulier
    """,
    Kind.MAILING: "mailing nieuwsbrief newsletter campaign_mail",
    Kind.ASK: "ask uitnodiging invite invitation verzoek request vraag_van_ons",
}

_KINDS: Final = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()} | {
    kind.value: kind for kind in Kind
}
_YES_WORDS: Final = "yes ja y j true t 1 1_0 waar wel oui si x asked gevraagd in inbound"
_NO_WORDS: Final = "no nee n false f 0 0_0 onwaar niet neen non spontaneous spontaan ongevraagd"
_WE_WORDS: Final = "we us wij ons out outbound uitgaand outgoing uit false 0 nee no brand merk sent"
_YES: Final = frozenset(_YES_WORDS.split())
_NO: Final = frozenset(_NO_WORDS.split())
_WE: Final = frozenset(_WE_WORDS.split())


def kind_of(raw: str) -> Kind:
    """The kind a raw word means; `Kind.OTHER` when nobody knows."""
    plain = normal(raw)
    if plain in _KINDS:
        return _KINDS[plain]
    for part in _pieces(plain):
        if part in _KINDS:
            return _KINDS[part]
    return Kind.OTHER


def _pieces(plain: str) -> list[str]:
    """Parts of a compound that may name the kind: last words first, plurals without their end."""
    parts = plain.split("_")
    tails = ["_".join(parts[i:]) for i in range(1, len(parts))]
    singular = [
        word[: -len(end)] for word in (plain, *tails) for end in ("en", "s", "'s") if word.endswith(end)
    ]
    return [*tails, *singular, *reversed(parts)]


def yes_or_no(raw: str) -> bool | None:
    """Ja, yes, 1, waar: True; nee, no, 0: False; anything else says neither."""
    plain = normal(raw)
    if plain in _YES:
        return True
    return False if plain in _NO else None


def direction_of(raw: str) -> Direction:
    """Who acted; theirs unless the word says it was us."""
    plain = normal(raw)
    return Direction.WE if plain in _WE else Direction.THEY
