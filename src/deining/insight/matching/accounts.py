"""An account as it is given, and prepared once for thousands of comparisons."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Final

PARTICLES: Final = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "des",
        "het",
        "t",
        "ten",
        "ter",
        "te",
        "von",
        "vom",
        "zu",
        "zur",
        "la",
        "le",
        "du",
        "di",
        "da",
        "del",
        "della",
        "dos",
        "el",
        "al",
        "of",
        "the",
        "op",
        "in",
        "s",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "drs",
        "ir",
        "ing",
        "prof",
        "dhr",
        "mevr",
        "mevrouw",
        "heer",
        "jr",
        "sr",
    ]
)
SHARED_BOXES: Final = frozenset(
    [
        "info",
        "contact",
        "admin",
        "office",
        "mail",
        "post",
        "hello",
        "hallo",
        "hi",
        "sales",
        "verkoop",
        "support",
        "help",
        "helpdesk",
        "service",
        "webmaster",
        "noreply",
        "no-reply",
        "donotreply",
        "team",
        "secretariaat",
        "receptie",
        "balie",
        "administratie",
        "boekhouding",
        "pers",
        "press",
        "jobs",
        "vrijwilligers",
        "bestuur",
        "redactie",
        "club",
        "shop",
        "winkel",
        "reservations",
        "reserveren",
    ]
)
FREE_DOMAINS: Final = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.be",
        "hotmail.com",
        "hotmail.nl",
        "hotmail.be",
        "live.com",
        "live.nl",
        "live.be",
        "msn.com",
        "yahoo.com",
        "yahoo.co.uk",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "aol.com",
        "telenet.be",
        "skynet.be",
        "proximus.be",
        "scarlet.be",
        "pandora.be",
        "ziggo.nl",
        "kpnmail.nl",
        "planet.nl",
        "xs4all.nl",
        "home.nl",
        "chello.nl",
        "upcmail.nl",
        "hetnet.nl",
        "casema.nl",
        "quicknet.nl",
        "online.nl",
        "solcon.nl",
        "tele2.nl",
        "fastmail.com",
        "mail.com",
        "zoho.com",
        "tutanota.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "btinternet.com",
        "sky.com",
    ]
)
_NONE: Final[dict[str, str]] = {}
_GMAIL: Final = frozenset({"gmail.com", "googlemail.com"})
_SPECIAL: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `key` is yours and comes back; accounts of one `group` are never compared.

    `details`: what else is known, by name, such as `{"born": "1990-05-17", "postcode": "9000"}`; equal names
    are compared, an absent or empty one says nothing.
    """

    key: int
    name: str = ""
    handle: str = ""
    email: str = ""
    network: str = ""
    group: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Prepared:
    """An account folded and cut up. `words`: parts of the name in order; `joined`: those without spaces."""

    key: int
    group: int | None
    network: str
    words: tuple[str, ...]
    joined: str
    email: str
    mailbox: str
    local: str
    domain: str
    handle: str
    details: dict[str, str]


def fold(text: str) -> str:
    """Lower case, without marks, everything that is neither letter nor digit turned into one space."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SPECIAL)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    kept = "".join(letter if letter.isalnum() else " " for letter in text.lower().replace("'", ""))
    return " ".join(kept.split())


def name_words(name: str) -> tuple[str, ...]:
    """The parts of a name that tell somebody apart, in order; "Berg, Jan van den" gives ("jan", "berg")."""
    if "@" in name:
        return ()
    last, comma, first = name.partition(",")
    words = fold(f"{first} {last}" if comma else name).split()
    telling = tuple(word for word in words if word not in PARTICLES)
    return telling or tuple(words)


def mailbox_of(email: str) -> str:
    """The address under which all ways of writing it arrive: no plus tag, no dots at Gmail."""
    local, at, domain = email.rpartition("@")
    local = local.split("+", 1)[0]
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    return local + at + domain if at and local else ""


def is_shared_box(email: str) -> bool:
    """Whether the address looks like one that several people read."""
    return email.partition("@")[0].replace(".", "") in SHARED_BOXES


def prepare(account: Account) -> Prepared:
    """Fold once what comparisons need."""
    email = account.email.strip().casefold()
    mailbox = mailbox_of(email)
    words = tuple(intern(word) for word in name_words(account.name))
    shared = is_shared_box(email)
    return Prepared(
        key=account.key,
        group=account.group,
        network=account.network,
        words=words,
        joined="".join(words),
        email=email if mailbox else "",
        mailbox=mailbox,
        local="" if shared else fold(mailbox.partition("@")[0]).replace(" ", ""),
        domain=intern(mailbox.rpartition("@")[2]),
        handle=fold(account.handle.partition("@")[0] or account.handle.lstrip("@")).replace(" ", ""),
        details={name: folded for name, value in account.details.items() if (folded := fold(value))} or _NONE,
    )
