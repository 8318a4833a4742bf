"""Inventing somebody: a nature, a name, and the accounts by which the brand sees them."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

from deining.demo import cast

WISH_SHARE: Final = 0.15
NATURES: Final = {"passer": 0.60, "benefit": 0.28, "habit": 0.12}
"""What those without a wish are like."""
NETWORKS: Final = ("mail", "shop", "club", "mastodon")
MORE_NETWORKS: Final = {"wish": 0.45, "habit": 0.15, "benefit": 0.10, "passer": 0.06}
KNOWN_AS_ONE: Final = 0.75
"""Of the accounts of one person, how many the museum knew to be one person's before Deining came."""


@dataclass(eq=False, slots=True)
class Account:
    """One account on one network, and what the network tells of who has it."""

    network: str
    external_id: str
    name: str = ""
    handle: str = ""
    email: str = ""
    known: bool = True


@dataclass(eq=False, slots=True)
class Somebody:
    """A person with everything the museum does not see. `rate`: chance of doing something in a week awake."""

    number: int
    name: str
    nature: str
    arrives: int
    rate: float
    wishes: bool
    listens: bool
    awake: bool = True
    accounts: list[Account] = field(default_factory=list)

    def account_on(self, network: str) -> Account:
        """Their account there; where they have none, the first they ever had."""
        return next((account for account in self.accounts if account.network == network), self.accounts[0])


def invent(random: Random, people: int, weeks: int) -> list[Somebody]:
    """Everybody, in the order in which they arrive."""
    arrivals = sorted(_arrival(random, weeks) for _ in range(people))
    return [_somebody(random, number, week) for number, week in enumerate(arrivals)]


def _arrival(random: Random, weeks: int) -> int:
    """More and more people, and a crowd with every Night of the Water."""
    if random.random() < 0.15:
        return random.choice([week for week in (24, 76, 128) if week < weeks])
    return min(weeks - 1, int(weeks * (random.random() ** 0.8)))


def _somebody(random: Random, number: int, week: int) -> Somebody:
    wishes = random.random() < WISH_SHARE
    nature = "wish" if wishes else random.choices(list(NATURES), list(NATURES.values()))[0]
    rates = {"wish": (4, 7), "habit": (2, 8), "benefit": (1, 9), "passer": (1, 18)}
    name = f"{random.choice(cast.FIRST_NAMES)} {random.choice(cast.SURNAMES)}"
    somebody = Somebody(
        number, name, nature, week, random.betavariate(*rates[nature]), wishes, random.random() < 0.45
    )
    first = random.choices(NETWORKS, (35, 35, 18, 12))[0]
    more = [n for n in NETWORKS if n != first and random.random() < MORE_NETWORKS[nature]]
    if somebody.listens and "mail" not in (first, *more):
        more.append("mail")
    somebody.accounts = [_account(random, somebody, network) for network in (first, *more)]
    for account in somebody.accounts[1:]:
        account.known = random.random() < KNOWN_AS_ONE
    return somebody


def _account(random: Random, who: Somebody, network: str) -> Account:
    first, _, last = who.name.partition(" ")
    plain = _plain(who.name)
    email = f"{plain}{who.number}@{cast.MAIL_DOMAINS[who.number % len(cast.MAIL_DOMAINS)]}"
    if network == "mail":
        return Account("mail", email, name=who.name if random.random() < 0.7 else first, email=email)
    if network == "shop":
        return Account("shop", f"K-{10_000 + who.number}", name=who.name, email=email)
    nickname = random.choice(
        (f"{random.choice(cast.NICKNAMES)}{who.number % 89}", plain.replace(".", "_"), plain)
    )
    if network == "mastodon":
        handle = f"@{nickname}{who.number}@{cast.SERVER}"
        return Account(
            "mastodon", handle, name=random.choice((who.name, first, f"{first} {last[:1]}.")), handle=handle
        )
    shown = email if random.random() < 0.5 else ""
    return Account(
        "club",
        str(4_000 + who.number),
        name=random.choice((who.name, first, "")),
        handle=nickname,
        email=shown,
    )


def _plain(name: str) -> str:
    """`Zoë van 't Tij` as it stands in an address: `zoe.vanttij`."""
    first, _, last = name.lower().replace("ë", "e").partition(" ")
    return f"{first}.{''.join(letter for letter in last if letter.isalpha())}"
