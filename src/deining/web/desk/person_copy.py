"""A person's copy as one zip: a page in each language, the same as JSON, and a CSV for each section."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import asdict
from typing import IO, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deining.core.kinds import Kind
from deining.people.queries.everything_about import Everything, Row
from deining.web.desk.kind_words import NAMES
from deining.web.desk.views.log import safe_cell

PAGES: Final = {"nl": "lees-mij.html", "en": "read-me.html"}
LONGEST_TABLE: Final = 1000
"""Rows of one section on the page; all of them are in the CSV."""
IN_MEMORY: Final = 2_000_000

TITLES: Final[dict[str, Promise]] = {
    "person": _("Who you are here"),
    "accounts": _("Your accounts"),
    "ledger": _("What passed between us"),
    "answers": _("What you answered about a closer relation"),
    "score": _("What we estimate"),
    "notes": _("What colleagues wrote"),
    "tags": _("Tags"),
    "merges": _("When we thought that two of your accounts were one person's"),
    "suggestions": _("Where a computer suggested so"),
    "log": _("What was done with your data"),
}
COLUMNS: Final[dict[str, Promise]] = {
    "number": _("number"),
    "name": _("name"),
    "name_given_by_colleague": _("named by a colleague"),
    "merged_into": _("part of number"),
    "has_a_contact_here": _("has a contact here"),
    "known_since": _("known since"),
    "network": _("network"),
    "account": _("account"),
    "handle": _("handle"),
    "email": _("e-mail address"),
    "happened": _("when"),
    "by": _("by"),
    "kind": _("what"),
    "in_answer_to_us": _("in answer to us"),
    "about": _("about"),
    "heard_through": _("heard through"),
    "wants_a_relationship": _("wants a closer relation"),
    "answered": _("answered"),
    "probability": _("probability that you want a relationship"),
    "low": _("at least"),
    "high": _("at most"),
    "why": _("why"),
    "layer": _("from what you showed or stated"),
    "segment": _("group"),
    "estimated": _("estimated"),
    "written": _("written"),
    "text": _("text"),
    "tag": _("tag"),
    "merged": _("merged"),
    "undone": _("undone"),
    "kept": _("kept"),
    "gone": _("merged into it"),
    "made": _("made"),
    "score": _("score"),
    "decided": _("decided"),
    "what": _("what"),
}
WORDS: Final[dict[str, Promise]] = {
    "they": _("yourself"),
    "we": _("us"),
    "colleague": _("a colleague"),
    "system": _("the system"),
    "shown": _("shown"),
    "stated": _("stated"),
}

SPOKEN: Final = frozenset({"by", "layer"})


def zip_of(copies: dict[str, Everything]) -> IO[bytes]:
    """The zip, ready to be read from its start; closing it removes it."""
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the response closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for language, found in copies.items():
            archive.writestr(PAGES[language], page_of(found, language))
        found = copies["en"]
        archive.writestr("everything.json", json.dumps(asdict(found), ensure_ascii=False, indent=1))
        for section, rows in found.sections.items():
            if rows:
                archive.writestr(f"{section}.csv", csv_of(rows))
    target.seek(0)
    return target


def page_of(found: Everything, language: str) -> str:
    """One page that needs nothing else, in the language given."""
    with translation.override(language):
        sections = [
            {
                "title": TITLES[name],
                "columns": [COLUMNS[column] for column in rows[0]] if rows else [],
                "rows": [[_said(*cell) for cell in row.items()] for row in rows[-LONGEST_TABLE:]],
                "left_out": max(len(rows) - LONGEST_TABLE, 0),
                "file": f"{name}.csv",
            }
            for name, rows in found.sections.items()
        ]
        context = {"found": found, "sections": sections, "language": language}
        return render_to_string("desk/privacy/copy.html", context)


def csv_of(rows: list[Row]) -> str:
    """A section as CSV, in a form that spreadsheets read as text and never as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([safe_cell("" if value is None else str(value)) for value in row.values()])
    return "\ufeff" + out.getvalue()


def _said(column: str, value: object) -> str | Promise:
    if value is None:
        return _("not told")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:.2f}"
    if column == "kind":
        return NAMES[Kind(str(value))]
    return WORDS[str(value)] if column in SPOKEN else str(value)
