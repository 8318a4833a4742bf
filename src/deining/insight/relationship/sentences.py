"""One plain sentence for each person, in Dutch and English, from the structured reasons.

This room knows no Django, so it carries its own small phrase tables.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from deining.insight.relationship.notes import Note
from deining.insight.relationship.phrases import MONTHS, NOTES, PHRASES, WORDS

LANGUAGES: Final = ("en", "nl")
LONG_SILENCE: Final = 60


def sentence(person: Mapping[str, Any], lang: str = "en") -> str:
    """Why this person has this probability, e.g. "62 %: active in 9 of the last 12 weeks; ... lowers it."

    `person`: a row of `found.people` as a dict; used are probability, reasons, and, for somebody without
    reasons, events, silent_days. `lang`: "nl" or "en" (anything else gives English).
    """
    words = WORDS[_known(lang)]
    reasons: Sequence[Mapping[str, Any]] = person.get("reasons") or ()
    share = percent(float(person["probability"]))
    if int(person.get("events") or 0) == 1:
        return f"{share}: {_once(int(person.get('silent_days') or 0), lang)}."
    if not reasons:
        return f"{share}: {words['usual']}."
    leading = [reason for reason in reasons if reason["effect"] == reasons[0]["effect"]]
    against = [reason for reason in reasons if reason["effect"] != reasons[0]["effect"]]
    told = ", ".join(_phrase(reason, lang) for reason in leading)
    if not against:
        return f"{share}: {told}."
    turn = words["lowers"] if against[0]["effect"] < 0 else words["raises"]
    return f"{share}: {told}; {turn.format(what=_phrase(against[0], lang))}."


def percent(probability: float) -> str:
    """A probability as people write it: "62 %", never a false "0 %" or "100 %"."""
    if probability < 0.01:
        return "< 1 %"
    if probability > 0.99:
        return "> 99 %"
    return f"{round(100 * probability)} %"


def note_sentence(note: Note, lang: str = "en") -> str:
    """What a note says, in one sentence."""
    return NOTES[_known(lang)][note.code].format(**note.params)


def _known(lang: str) -> str:
    return lang if lang in LANGUAGES else "en"


def _once(silent: int, lang: str) -> str:
    words = WORDS[_known(lang)]
    if silent == 0:
        return words["once_today"]
    return words["once_one"] if silent == 1 else words["once"].format(n=silent)


def _phrase(reason: Mapping[str, Any], lang: str) -> str:
    table = PHRASES[_known(lang)]
    number, code = int(reason["n"]), str(reason["code"])
    if code == "silence":
        return _silence(reason, lang)
    if code == "tenure":
        return _tenure(number, int(reason["effect"]), lang)
    form = table.get(f"{code}_{number}") or table[code]
    return form.format(n=number, of=reason["of"])


def _silence(reason: Mapping[str, Any], lang: str) -> str:
    table = PHRASES[_known(lang)]
    number = int(reason["n"])
    if number <= 1:
        return table[f"silence_{number}"]
    if number < LONG_SILENCE:
        return table["silence"].format(n=number)
    since = date(1970, 1, 1) + timedelta(days=int(reason["day"]))
    month = MONTHS[_known(lang)][since.month - 1]
    return table["silence_since"].format(month=month if number < 330 else f"{month} {since.year}")


def _tenure(days: int, effect: int, lang: str) -> str:
    table = PHRASES[_known(lang)]
    del effect
    if days < 60:
        return table["tenure_days"].format(n=days)
    if days < 730:
        return table["tenure_months"].format(n=days // 30)
    return table["tenure_years"].format(n=days // 365)
