"""Everything held about one person, as plain rows: their copy (GDPR, article 15)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deining.core.log import declared_kinds
from deining.core.models import Brand, LogEntry
from deining.insight.matching import Reason, sentence
from deining.people.models import (
    FittedModel,
    Identity,
    LedgerEntry,
    Merge,
    MergeProposal,
    Person,
    ProposalState,
    StatedAnswer,
)
from deining.people.queries.whole import notes_of, rows_of, tags_of
from deining.people.scoring.saying import sentence_of

Row = dict[str, Any]
"""Column to value: text, number, true or false, a moment in ISO 8601, or None for what nobody told us."""


@dataclass(frozen=True, slots=True)
class Everything:
    """The sections of a copy, each a list of rows with the same columns."""

    person_id: int
    name: str
    brand: str
    sections: dict[str, list[Row]] = field(default_factory=dict)


def everything_about(person: Person, lang: str = "en") -> Everything:
    """What is held about the person and about everybody merged into them. `lang`: of sentences and words.

    Names of colleagues, and whoever a suggestion compares this person with, are other people's data and are
    left out.
    """
    rows = rows_of(person)
    accounts = list(Identity.objects.filter(person=person).order_by("network", "pk"))
    sections = {
        "person": _person(rows),
        "accounts": _accounts(accounts),
        "ledger": _ledger(accounts),
        "answers": _answers(accounts),
        "score": _score(person, lang),
        "notes": [{"written": _moment(note.created_at), "text": note.text} for note in notes_of(person)],
        "tags": [{"tag": tag.name} for tag in tags_of(person)],
        "merges": _merges(rows),
        "suggestions": _suggestions(accounts, lang),
        "log": _log(person.brand, rows),
    }
    return Everything(person.pk, person.name, person.brand.name, sections)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _person(rows: list[int]) -> list[Row]:
    people = Person.objects.filter(pk__in=rows).order_by("pk")
    return [
        {
            "number": row.pk,
            "name": row.name,
            "name_given_by_colleague": row.name_by_hand,
            "merged_into": row.merged_into_id,
            "has_a_contact_here": row.owner_id is not None,
            "known_since": _moment(row.created_at),
        }
        for row in people
    ]


def _accounts(accounts: list[Identity]) -> list[Row]:
    return [
        {
            "network": account.network,
            "account": account.external_id,
            "name": account.name,
            "handle": account.handle,
            "email": account.email,
            "known_since": _moment(account.created_at),
        }
        for account in accounts
    ]


def _ledger(accounts: list[Identity]) -> list[Row]:
    whose = {account.pk: account for account in accounts}
    entries = LedgerEntry.objects.filter(identity__in=whose).select_related("subject", "batch")
    return [
        {
            "happened": _moment(entry.happened_at),
            "by": entry.direction_word.value,
            "kind": entry.kind_word.value,
            "in_answer_to_us": entry.asked,
            "about": entry.subject.name if entry.subject else None,
            "network": whose[entry.identity_id].network,
            "account": whose[entry.identity_id].external_id,
            "heard_through": entry.batch.label,
        }
        for entry in entries.order_by("happened_at", "pk")
    ]


def _answers(accounts: list[Identity]) -> list[Row]:
    found = StatedAnswer.objects.filter(identity__in=accounts).order_by("answered_at")
    return [{"wants_a_relationship": one.wants, "answered": _moment(one.answered_at)} for one in found]


def _score(person: Person, lang: str) -> list[Row]:
    if person.probability is None:
        return []
    fit = FittedModel.objects.filter(brand=person.brand, is_current=True).first()
    told = sentence_of(
        person, lang, scored_day=fit.scored_day if fit else None, time_zone=person.brand.time_zone
    )
    return [
        {
            "probability": person.probability,
            "low": person.probability_low,
            "high": person.probability_high,
            "why": told,
            "layer": fit.layer if fit else None,
            "segment": person.get_segment_display(),
            "estimated": _moment(person.scored_at),
        }
    ]


def _merges(rows: list[int]) -> list[Row]:
    mine = Merge.objects.filter(kept__in=rows) | Merge.objects.filter(gone__in=rows)
    return [
        {
            "merged": _moment(one.merged_at),
            "undone": _moment(one.undone_at),
            "kept": one.kept_id if one.kept_id in rows else None,
            "gone": one.gone_id if one.gone_id in rows else None,
        }
        for one in mine.order_by("pk")
    ]


def _suggestions(accounts: list[Identity], lang: str) -> list[Row]:
    """Where both sides are this person the reasons are told; elsewhere they hold somebody else's data."""
    mine = {account.pk for account in accounts}
    touching = MergeProposal.objects.filter(first__in=mine) | MergeProposal.objects.filter(second__in=mine)
    return [
        {
            "made": _moment(one.created_at),
            "score": one.score,
            "decided": ProposalState(one.state).label,
            "why": sentence([Reason.from_dict(reason) for reason in one.reasons], lang)
            if {one.first_id, one.second_id} <= mine
            else None,
        }
        for one in touching.order_by("pk")
    ]


def _log(brand: Brand, rows: list[int]) -> list[Row]:
    words = declared_kinds()
    entries = LogEntry.objects.filter(brand=brand, subject_type="person", subject_id__in=rows).order_by("pk")
    return [
        {
            "happened": _moment(entry.happened_at),
            "by": "colleague" if entry.user_id else "system",
            "what": str(words.get(entry.kind, entry.kind)),
            "why": entry.why,
        }
        for entry in entries
    ]
