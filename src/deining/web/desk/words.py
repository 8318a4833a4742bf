"""Small things said the same way on every page: shares, names, initials, days, moments."""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deining.core import clock

NARROW = "\u00a0"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as people write it, never a false "0 %" or "100 %"; empty when there is none."""
    if share is None:
        return ""
    if 0 < share < 0.01:
        return f"<{NARROW}1{NARROW}%"
    if 0.99 < share < 1:
        return f">{NARROW}99{NARROW}%"
    return f"{round(100 * share)}{NARROW}%"


def rounded(share: float) -> str:
    """Hundredths for a drawing; always with a point, whatever the language."""
    return f"{min(max(share, 0.0), 1.0) * 100:.1f}"


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [
        word
        for word in name.replace("@", " ").replace(".", " ").replace("_", " ").split()
        if word[0].isalnum()
    ]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])).upper()


def whole(number: int) -> str:
    """A count with the separators of the reader's language."""
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def number_word(number: int) -> str:
    """A count as one says it in a sentence: in letters up to twelve, then in figures."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"),
        _("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else whole(number)


def capital(words: str) -> str:
    """With a capital, as at the start of a sentence; Dutch writes "Eén", with one accent less."""
    return "Eén" + words[3:] if words.startswith("één") else words[:1].upper() + words[1:]


def day_words(day: date, today: date) -> str:
    """A day as one says it: today, yesterday, "Tuesday 3 November", or with the year when it is another."""
    if day == today:
        return _("today")
    if (today - day).days == 1:
        return _("yesterday")
    return formats.date_format(day, "l j F" if day.year == today.year else "j F Y")


def ago(moment: datetime | None, time_zone: str) -> str:
    """How long ago, roughly: today, yesterday, 5 days, 3 weeks, 4 months, 2 years."""
    if moment is None:
        return ""
    days = clock.day_number(clock.now(), time_zone) - clock.day_number(moment, time_zone)
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days < 70:
        return ngettext("%(count)s week ago", "%(count)s weeks ago", days // 7) % {"count": days // 7}
    if days < 730:
        return ngettext("%(count)s month ago", "%(count)s months ago", days // 30) % {"count": days // 30}
    return ngettext("%(count)s year ago", "%(count)s years ago", days // 365) % {"count": days // 365}
