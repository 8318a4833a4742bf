"""One plain sentence for each person, in Dutch and English, from the structured reasons.

This room knows no Django, so it carries its own phrase tables (`phrases`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from deining.insight.relationship.notes import Note
from deining.insight.relationship.phrases import AGAINST, MONTHS, NOTES, REASONS, WORDS

LANGUAGES: Final = ("en", "nl")
LONG_SILENCE: Final = 60
MONTH_SAYS_ENOUGH: Final = 330

Reason = Mapping[str, Any]


def sentence(person: Mapping[str, Any], lang: str = "en") -> str:
    """Why this person has this probability: "62 %: active in 9 of the last 12 weeks; the silence since
    March lowers it."

    `person`: a row of `found.people` or `Model.score` as a dict; used are `probability`, `reasons`,
    `events` and `silent_days`. `lang`: "nl" or "en" (anything else gives English).
    """
    lang = lang if lang in LANGUAGES else "en"
    reasons: Sequence[Reason] = person.get("reasons") or ()
    share = percent(float(person["probability"]))
    if person.get("events") == 1:
        return f"{share}: {_counted(WORDS[lang], 'once', int(person.get('silent_days') or 0))}."
    if not reasons:
        return f"{share}: {WORDS[lang]['usual']}."
    first = reasons[0]["effect"]
    told = ", ".join(_phrase(reason, lang) for reason in reasons if reason["effect"] == first)
    against = [_against(reason, lang) for reason in reasons if reason["effect"] != first]
    return f"{share}: {'; '.join([told, *against])}."


def percent(probability: float) -> str:
    """A probability as people write it: "62 %", never a false "0 %" or "100 %"."""
    if probability < 0.01:
        return "< 1 %"
    if probability > 0.99:
        return "> 99 %"
    return f"{round(100 * probability)} %"


def note_sentence(note: Note, lang: str = "en") -> str:
    """What a note says, in one sentence or two."""
    return NOTES[lang if lang in LANGUAGES else "en"][note.code].format(**note.params)


def _counted(table: Mapping[str, str], key: str, number: int, out_of: int = 0) -> str:
    """The phrase for this number: its own form where there is one."""
    return table.get(f"{key}_{number}", table[key]).format(n=number, of=out_of)


def _phrase(reason: Reason, lang: str) -> str:
    number, code = int(reason["n"]), str(reason["code"])
    if code == "silence" and number >= LONG_SILENCE:
        return _since(reason, lang)
    if code == "tenure":
        code, number = _tenure(number)
    table = REASONS[lang]
    if reason["effect"] < 0 and f"{code}-" in table and f"{code}_{number}" not in table:
        code = f"{code}-"
    return _counted(table, code, number, int(reason["of"]))


def _against(reason: Reason, lang: str) -> str:
    """What pulls the other way."""
    sign = "-" if reason["effect"] < 0 else "+"
    table, number = AGAINST[lang], int(reason["n"])
    if reason["code"] == "silence" and sign == "-" and number >= LONG_SILENCE:
        return table["since-"].format(what=_since(reason, lang))
    if reason["code"] == "silence":
        return table[f"silence{sign}"].format(n=number)
    return table[f"any{sign}"].format(what=_phrase(reason, lang))


def _since(reason: Reason, lang: str) -> str:
    """A long silence by the month of the last visit; with the year once the month alone could mislead."""
    last = date(1970, 1, 1) + timedelta(days=int(reason["day"]))
    form = "since_month" if int(reason["n"]) < MONTH_SAYS_ENOUGH else "since_year"
    return WORDS[lang][form].format(month=MONTHS[lang][last.month - 1], year=last.year)


def _tenure(days: int) -> tuple[str, int]:
    """How long somebody is known, in the unit people would use."""
    if days < 60:
        return "tenure_days", days
    return ("tenure_months", days // 30) if days < 730 else ("tenure_years", days // 365)
