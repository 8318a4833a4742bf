"""The findings for machines: JSON with everything, CSV with the people."""

import csv
import json
from typing import Any, Final, TextIO

from deining.channels.files import say
from deining.cli.report.findings import Findings

COLUMNS: Final = (
    "rank", "person", "name", "probability", "low", "high", "sentence", "events", "first_seen", "last_seen",
)  # fmt: skip


def write_json(out: TextIO, findings: Findings, lang: str) -> None:
    """Found and input as one JSON object; its keys are described in docs/find.md."""
    whole = {**findings.found.to_dict(lang), "input": input_of(findings, lang)}
    json.dump(whole, out, ensure_ascii=False, indent=1, allow_nan=False, default=str)
    out.write("\n")


def input_of(findings: Findings, lang: str) -> dict[str, Any]:
    """What was read, how, and what was left out."""
    reading = findings.reading
    return {
        "files": reading.files,
        "format": reading.format,
        "rows": reading.rows,
        "mapping": reading.mapping.to_json(),
        "guesses": reading.mapping.sentences(lang),
        "left_out": dict(reading.left_out),
        "rejected": dict(reading.rejected),
        "notes": [say(code, params, lang) for code, params in reading.notes],
    }


def write_csv(out: TextIO, findings: Findings, lang: str) -> None:
    """One line a person, best first."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for person in findings.people(lang):
        name = person.name if person.name != person.id else ""
        numbers = (round(value, 6) for value in (person.probability, person.low, person.high))
        told = (person.sentence, person.events, person.first_seen, person.last_seen)
        row = (person.rank, harmless(person.id), harmless(name), *numbers, *told)
        writer.writerow(row)


def harmless(text: str) -> str:
    """What a spreadsheet would run as a formula gets a quotation mark in front; @kim and -1 do not."""
    if text[:1] in {"=", "\t", "\r"} or (text[:1] in {"+", "-", "@"} and any(c in text for c in "(|!")):
        return "'" + text
    return text
