"""Every sentence a person can meet exists in Dutch too, with the same placeholders."""

import ast
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
MARKED = re.compile(r"""\b(?:_|n?gettext)\(\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""", re.DOTALL)
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
    """Every message in code and templates, with the first file where it stands."""
    found: dict[str, str] = {}
    for path, texts in [*_in_code(), *_in_templates()]:
        for text in texts:
            found.setdefault(text, str(path.relative_to(PROJECT_ROOT)))
    return found


def _in_code() -> Iterator[tuple[Path, list[str]]]:
    from babel.messages.extract import extract

    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_bytes()
        if b"gettext" in source:
            calls = extract("python", io.BytesIO(source), keywords=KEYWORDS)
            texts = (call[1][0] if isinstance(call[1], tuple) else call[1] for call in calls)
            yield path, [text for text in texts if text]


def _in_templates() -> Iterator[tuple[Path, list[str]]]:
    """Django turns a template into something like Python; what it marks for translation stands in calls."""
    from django.utils.translation.template import templatize

    for path in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        text = path.read_text()
        if "translate" in text:
            calls = MARKED.findall(templatize(text, origin=str(path)))
            yield path, [ast.literal_eval(literal) for literal in calls]


def _is_translated(entry: Any) -> bool:
    if entry.msgid_plural:
        return all(entry.msgstr_plural.values()) and bool(entry.msgstr_plural)
    return bool(entry.msgstr) and not entry.fuzzy


def _same_placeholders(entry: Any, text: str) -> bool:
    allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    given = set(PLACEHOLDER.findall(text))
    return given <= allowed and (bool(entry.msgid_plural) or given == allowed)
