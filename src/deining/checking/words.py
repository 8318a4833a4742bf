"""Every sentence a person can meet exists in Dutch too, with the same placeholders."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deining.config import PROJECT_ROOT

PACKAGE = PROJECT_ROOT / "src" / "deining"
# which arguments of a call are messages, in the form that Babel's extractor wants
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|%[sd]")


def untranslated() -> list[str]:
    """A sentence for each message without Dutch, and for each translation that loses a placeholder."""
    import polib

    catalogue: dict[str, Any] = {}
    for path in sorted((PACKAGE / "locale").glob("*/nl/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            catalogue[entry.msgid] = entry
    problems = [
        f"{place}: no Dutch for {message!r}"
        for message, place in sorted(messages().items())
        if message not in catalogue or not _is_translated(catalogue[message])
    ]
    problems += [
        f"the Dutch for {entry.msgid!r} does not have the same placeholders"
        for entry in catalogue.values()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and not _same_placeholders(entry, text)
    ]
    return problems


def messages() -> dict[str, str]:
    """Every message in code and templates, with the first place where it stands."""
    found: dict[str, str] = {}
    for path, source in _sources():
        from babel.messages.extract import extract

        calls = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for line, message, *_rest in calls:
            single = message[0] if isinstance(message, tuple) else message
            if single:
                found.setdefault(single, f"{path.relative_to(PROJECT_ROOT)}:{line}")
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text()
        if "gettext" in text:
            yield path, text
    for path in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        text = path.read_text()
        if "translate" in text:
            yield path, templatize(text, origin=str(path))


def _is_translated(entry: Any) -> bool:
    if entry.msgid_plural:
        return all(entry.msgstr_plural.values()) and bool(entry.msgstr_plural)
    return bool(entry.msgstr) and not entry.fuzzy


def _same_placeholders(entry: Any, text: str) -> bool:
    allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = set(PLACEHOLDER.findall(text))
    return given <= allowed and (bool(entry.msgid_plural) or given == allowed)
