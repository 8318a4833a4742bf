"""How often each name, mailbox and handle occurs in the brand's own accounts: what is rare says more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

from deining.insight.matching.accounts import FREE_DOMAINS, Prepared

SMALLEST = 400
"""With fewer accounts than this, frequencies are too coarse: names are taken to be this rare at most."""


@dataclass(slots=True)
class Counts:
    """Numbers of accounts by value; `total` accounts in all."""

    total: int
    words: Counter[str]
    initials: Counter[str]
    mailboxes: Counter[str]
    handles: Counter[str]
    domains: Counter[str]
    details: Counter[tuple[str, str]]

    @staticmethod
    def of(accounts: Iterable[Prepared]) -> "Counts":
        counts = Counts(0, Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
        for account in accounts:
            counts._add(account)
        return counts

    def _add(self, account: Prepared) -> None:
        self.total += 1
        self.words.update(set(account.words))
        self.initials.update({word[0] for word in account.words})
        if account.mailbox:
            self.mailboxes[account.mailbox] += 1
            if account.domain not in FREE_DOMAINS:
                self.domains[account.domain] += 1
        self.handles.update({text for text in (account.handle, account.local) if text})
        self.details.update(account.details.items())

    def rarity(self, count: int) -> float:
        """Bits that agreeing on a value with this count is worth: log2 of one over its frequency."""
        return log2(max(self.total, SMALLEST) / max(count - 1, 1))

    def word_bits(self, word: str) -> float:
        return self.rarity(self.words[word])

    @property
    def prior(self) -> float:
        """Bits against two arbitrary accounts being one person's: one in four has a second account."""
        return log2(0.25 / max(self.total, 20))
