"""All evidence about one pair of accounts: names, mailboxes, handles, domains, details."""

from math import log2
from typing import Final

from rapidfuzz.distance import OSA

from deining.insight.matching.accounts import FREE_DOMAINS, Prepared, is_shared_box
from deining.insight.matching.counts import Counts
from deining.insight.matching.names import compare_names
from deining.insight.matching.reasons import Reason

MAILBOX_ODDS: Final = 18.0
"""Odds that two accounts with one mailbox and nothing else are one person's; families share them too."""
SHARED_BOX_ODDS: Final = 0.3
HANDLE_ODDS: Final = ((9, 6.0), (6, 3.0), (4, 0.4))
"""Odds of an equal handle from so many letters on; digits count double, being seldom equal by chance."""
ALSO: Final = 3.0
"""Bits of a second sign of the same sort, which is no longer independent."""
EMAIL_DIFFERS: Final = -1.0
SAME_NETWORK: Final = -1.5
DOMAIN_MOST: Final = 5.0
DETAIL_MOST: Final = 12.0
DETAIL_DIFFERS: Final = {"born": -5.0, "phone": -1.0, "street": -1.5, "postcode": -1.5, "town": -1.0}
DETAIL_ANY: Final = -1.5


def evidence(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    """Everything that speaks for or against one person behind the two."""
    name = compare_names(one, other, counts)
    marks = _marks(one, other, counts, name)
    if marks and marks[0].bits > 0 and any(reason.code == "name_differs" for reason in name):
        # Who shares a mailbox shares a surname too: a family. Its agreement says nothing more.
        name = [reason for reason in name if reason.bits < 0]
    return [*marks, *name, *_details(one, other, counts), *_network(one, other)]


def _marks(one: Prepared, other: Prepared, counts: Counts, name: list[Reason]) -> list[Reason]:
    """Mailbox and handle: what is meant to be one person's alone."""
    found = _mailbox(one, other, counts)
    handle = _handle(one, other, counts, named=bool(name))
    if found and found[0].bits > 0 and handle:
        handle = [Reason(reason.code, min(reason.bits, ALSO), reason.params) for reason in handle]
    return [*found, *handle]


def _mailbox(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    if not one.mailbox or not other.mailbox:
        return []
    if one.mailbox == other.mailbox:
        if is_shared_box(one.mailbox):
            return [Reason("email_shared", log2(SHARED_BOX_ODDS) - counts.prior)]
        holders = max(counts.mailboxes[one.mailbox] - 1, 1)
        code = "email_same" if one.email == other.email else "email_same_mailbox"
        return [Reason(code, log2(MAILBOX_ODDS / holders) - counts.prior)]
    if one.domain == other.domain and one.domain not in FREE_DOMAINS:
        bits = min(counts.rarity(counts.domains[one.domain]) - 2.0, DOMAIN_MOST)
        return [Reason("domain_same", max(bits, 0.0), {"domain": one.domain})]
    return [Reason("email_differs", EMAIL_DIFFERS)]


def _handle(one: Prepared, other: Prepared, counts: Counts, *, named: bool) -> list[Reason]:
    same_box = bool(one.mailbox) and one.mailbox == other.mailbox
    ours = {one.handle, "" if same_box else one.local} - {""}
    shared = ours & ({other.handle, "" if same_box else other.local} - {""})
    if shared:
        return _shared_handle(max(shared, key=len), one, other, counts, named=named)
    if not named:
        for nameless, person in ((one, other), (other, one)):
            if (
                not nameless.words
                and len(person.words) > 1
                and person.joined in (nameless.handle, nameless.local)
            ):
                bits = sum(counts.word_bits(word) + AGREES_IN_HANDLE for word in person.words)
                return [Reason("handle_is_name", bits, {"handle": person.joined})]
    return []


AGREES_IN_HANDLE: Final = -1.0


def _shared_handle(
    handle: str, one: Prepared, other: Prepared, counts: Counts, *, named: bool
) -> list[Reason]:
    if named and handle in (one.joined, other.joined):
        return [Reason("handle_same", 1.5, {"handle": handle})]
    telling = len(handle) + sum(letter.isdigit() for letter in handle)
    odds = next((odds for length, odds in HANDLE_ODDS if telling >= length), 0.0)
    if not odds:
        return []
    if counts.words[handle] > 1:
        odds = min(odds, 0.4)
    holders = max(counts.handles[handle] - 1, 1)
    return [Reason("handle_same", log2(odds / holders) - counts.prior, {"handle": handle})]


def _details(one: Prepared, other: Prepared, counts: Counts) -> list[Reason]:
    found = []
    for detail in one.details.keys() & other.details.keys():
        ours, theirs = one.details[detail], other.details[detail]
        agreed = counts.rarity(counts.details[detail, ours])
        if ours == theirs:
            found.append(Reason("detail_same", min(agreed, DETAIL_MOST) + log2(0.9), {"detail": detail}))
        elif _is_slip(ours, theirs):
            agreed = min(agreed, counts.rarity(counts.details[detail, theirs]), DETAIL_MOST)
            found.append(Reason("detail_near", max(agreed - 5.0, 1.0), {"detail": detail}))
        else:
            found.append(Reason("detail_differs", DETAIL_DIFFERS.get(detail, DETAIL_ANY), {"detail": detail}))
    return sorted(found, key=lambda reason: (-reason.bits, reason.params["detail"]))


def _is_slip(ours: str, theirs: str) -> bool:
    return min(len(ours), len(theirs)) >= 4 and OSA.distance(ours, theirs, score_cutoff=1) <= 1


def _network(one: Prepared, other: Prepared) -> list[Reason]:
    if not one.network or one.network != other.network or one.network == "mail":
        return []
    return [Reason("network_same", SAME_NETWORK, {"network": one.network})]
