"""The sentences of a report, worded once for the terminal and the page."""

from dataclasses import dataclass, replace
from typing import Any, Final

from deining.channels.files import Guess, say
from deining.cli.report.findings import Findings
from deining.cli.report.words import Words
from deining.insight.relationship import note_sentence

UNSURE: Final = 0.5
MEANINGS: Final = frozenset({"horizon", "horizon_scaled"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the one question, and how we know."""

    findings: Findings
    words: Words

    @property
    def title(self) -> str:
        """The answer in one line."""
        found = self.findings.found
        if found.share is None:
            return self.words("title_none")
        return self.words(
            f"title_{found.layer}", share=self.words.percent(found.share), people=self.findings.present
        )

    @property
    def interval(self) -> str:
        """Between what and what; empty when unknown."""
        found = self.findings.found
        if found.share_low is None or found.share_high is None:
            return ""
        low, high = self.words.percent(found.share_low), self.words.percent(found.share_high)
        return self.words("between", low=low, high=high)

    @property
    def under_title(self) -> list[str]:
        """What the answer means, of whom, and what it is not."""
        found, meaning = self.findings.found, self.findings.meaning
        if found.share is None:
            return []
        lines = [self._means(meaning), *self._doubt()]
        if meaning:
            day, days = self.words.day(found.at), meaning["lookback"]
            lines.append(self.words("of_whom", people=self.findings.present, days=days, day=day))
        if found.layer == "stated":
            shown = getattr(found, "shown_share", None)
            if shown is not None:
                lines.append(self.words("shown_beside", share=self.words.percent(shown)))
        else:
            lines.append(self.words("behaviour_only"))
        return lines

    def _doubt(self) -> list[str]:
        """A person column that only its contents speak for may make everything wrong."""
        guesses = (guess for guess in self.findings.reading.mapping.guesses if guess.role == "person")
        return [self.words("check_person", column=guess.column) for guess in guesses if guess.sure < UNSURE]

    def _means(self, meaning: dict[str, int]) -> str:
        if self.findings.found.layer == "stated":
            return self.words("means_stated")
        if not meaning:
            return self.words("means_shown_plain")
        return self.words("means_shown", weeks=meaning["weeks"], horizon=meaning["horizon"])

    @property
    def input_line(self) -> str:
        """How much was read."""
        reading = self.findings.reading
        first, more = reading.files[0], len(reading.files) - 1
        files = self.words("files_more", first=first, more=more) if more else first
        people = int(self.findings.found.people.num_rows)
        return self.words("input_rows", rows=reading.rows, people=people, files=files)

    @property
    def calibration_line(self) -> str:
        """One group of people: what we gave them, and what came of it."""
        groups = [row for row in self.findings.found.calibration.to_pylist() if row["people"] >= 10]
        if not groups:
            return ""
        telling = min(groups, key=lambda row: abs(row["predicted"] - 0.6))
        said, came = self.words.percent(telling["predicted"]), self.words.percent(telling["observed"])
        return self.words("calibration_lead", said=said, came=came)

    @property
    def lift_line(self) -> str:
        """How much better than a random pick."""
        lift = self.findings.mean("lift_at_share")
        return "" if lift is None else self.words("better_lift", lift=self.words.figure(lift, 1))

    def window_cells(self, row: dict[str, Any]) -> list[str]:
        """One past window as the cells of a table."""
        words = self.words
        return [
            words.day(row["cutoff"]),
            words.count(row["people"]),
            words.percent(row["base_rate"]),
            words.percent(row.get("predicted")),
            *(words.figure(row[name]) for name in ("auc", "auc_count", "auc_recency", "average_precision")),
            words.figure(row["lift_at_share"], 1),
            words.figure(row["ece"], 3),
        ]


def remarks(findings: Findings, words: Words) -> list[str]:
    """What is provisional or cannot be told; what the title's terms mean is said elsewhere."""
    notes = [note for note in findings.found.notes if note.code not in MEANINGS]
    return [note_sentence(note, words.lang) for note in notes]


def guesses(findings: Findings, words: Words) -> list[str]:
    """What was guessed about the columns, the unsure ones marked, and how dates were read."""
    reading = findings.reading
    lines = [
        _counted(guess, findings).sentence(words.lang)
        + (f" ({words('unsure')})" if guess.sure < UNSURE else "")
        for guess in reading.mapping.guesses
    ]
    told = [say(code, params, words.lang) for code, params in reading.notes if code.startswith("note_")]
    return lines + told


def _counted(guess: Guess, findings: Findings) -> Guess:
    """The guess with the count of people over all rows, now that they have been read."""
    if guess.role != "person" or "distinct" not in guess.params:
        return guess
    people = {"distinct": int(findings.found.people.num_rows), "rows": findings.reading.rows}
    return replace(guess, params=people)


def left_out(findings: Findings, words: Words) -> list[str]:
    """What was left out and why, with an example of each kind of rejected row."""
    reading = findings.reading
    lines = [
        say(f"left_out_{code}", {"count": count}, words.lang) for code, count in reading.left_out.items()
    ]
    lines += [say(code, params, words.lang) for code, params in reading.notes if code.startswith("left_out_")]
    for reason, count in reading.rejected.most_common():
        example = next((row for row in reading.examples if row.reason == reason), None)
        line = words("rejected", count=count, reason=say(f"row_{reason}", {}, words.lang))
        if example is not None and example.value:
            line += f" ({words('rejected_example', row=example.row, value=example.value)})"
        lines.append(line)
    if reading.rejected:
        code = "rejected_file" if reading.rejected_file else "rejected_how"
        lines.append(words(code, file=reading.rejected_file))
    return lines
