"""Mail archives: mbox (RFC 4155) and the .txt months of mailing lists, headers only, whatever their state.

The body is skipped line by line and never kept. A mail with a broken header, an unknown character set or no
date of its own still counts when sender and date can be found somewhere; else it is rejected with its reason.
"""

import email.utils
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from typing import BinaryIO, Final

from deining.channels.files.happenings import RawBatch
from deining.channels.files.items import Item, OnBytes, translated
from deining.channels.files.rows import RowsBuilder, decoded
from deining.channels.files.text_stream import plain_text

COLUMNS: Final = ("from", "name", "date", "message_id", "in_reply_to", "subject", "kind", "automatic")
MAPPING: Final = {
    "person": "from",
    "email": "from",
    "name": "name",
    "time": "date",
    "external_id": "message_id",
    "in_answer_to": "in_reply_to",
    "about": "subject",
    "kind": "kind",
    "bot": "automatic",
}
LINE: Final = 1 << 16
HEADER_LIMIT: Final = 256 << 10
SEPARATOR: Final = re.compile(rb"From \S.*(?:\d{4}|\d\d:\d\d)")
"""A line that starts a mail: sender and a date; "From here on" in a text is not one."""
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]+>")
_AT: Final = re.compile(r"^(\S+) (?:at|AT|\(at\)|\[at\]) (\S+)")
_PREFIX: Final = re.compile(
    r"^\s*(?:(?:re|fwd?|antw|aw|betr|vs|sv|doorst)(?:\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*", re.I
)
_ROBOTS: Final = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@-]|$)", re.I
)
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mbox:
    """One mail archive."""

    item: Item

    @property
    def columns(self) -> list[str]:
        """The header fields read, as columns."""
        return list(COLUMNS)

    def raw_batches(
        self, wanted: Sequence[str], _needed: Sequence[str] = (), on_bytes: OnBytes | None = None
    ) -> Iterator[RawBatch]:
        """One row a mail."""
        builder = RowsBuilder(wanted, self.item.name)
        with translated(self.item.name), self.item.open(on_bytes) as stream:
            for number, (start, header) in enumerate(mails(plain_text(stream, "utf-8", ",")), start=1):
                row = mail_row(start, header)
                if not row["from"]:
                    builder.reject(number, "no_sender", start)
                else:
                    builder.add(number, [row.get(name) for name in wanted])
                if builder.full:
                    yield builder.take()
        if not builder.empty:
            yield builder.take()


def mails(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Each mail's separator line and its block of headers, as text."""
    start: bytes | None = None
    header: list[bytes] = []
    in_header, blank = False, True
    for line in _lines(stream):
        if blank and SEPARATOR.match(line):
            if start is not None:
                yield decoded(start), decoded(b"\n".join(header))
            start, header, in_header = line, [], True
        elif in_header:
            in_header = bool(line.strip()) and len(header) * 40 < HEADER_LIMIT
            header.append(line[:LINE])
        blank = not line.strip()
    if start is not None:
        yield decoded(start), decoded(b"\n".join(header))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines; the pieces of an endless one come apart."""
    rest = b""
    while piece := stream.read(1 << 20):
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        if len(rest) > 1 << 20:
            yield rest
            rest = b"."
    if rest:
        yield rest


def mail_row(start: str, block: str) -> dict[str, str | None]:
    """The columns of one mail, from its separator line and headers."""
    headers = parse_headers(block)
    address, name = sender(headers.get("from", ""), start)
    answers = (
        _MESSAGE_ID.findall(headers.get("in-reply-to", ""))
        or _MESSAGE_ID.findall(headers.get("references", ""))[-1:]
    )
    raw_subject = words(headers.get("subject", ""))
    reply = bool(answers) or bool(re.match(r"\s*(?:re|antw|aw|betr|sv)\b.{0,4}:", raw_subject, re.I))
    auto = headers.get("auto-submitted", "no").strip().lower() not in {"", "no"}
    own_id = _MESSAGE_ID.search(headers.get("message-id", ""))
    return {
        "from": address,
        "name": name or None,
        "date": mail_date(headers.get("date", ""), start),
        "message_id": own_id.group() if own_id else None,
        "in_reply_to": answers[0] if answers else None,
        "subject": subject_core(raw_subject) or None,
        "kind": "reply" if reply else "post",
        "automatic": "true" if auto or _ROBOTS.match(address) else "false",
    }


def parse_headers(block: str) -> Headers:
    """Header fields by lower-case name, the first of each; folded lines joined, junk lines skipped."""
    fields: Headers = {}
    last = ""
    for line in block.replace("\x00", "").splitlines():
        if line[:1] in {" ", "\t"} and last:
            fields[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon and " " not in name.strip() else ""
        if last in fields:
            last = ""
        if last:
            fields[last] = value.strip()
    return fields


def words(raw: str) -> str:
    """A header's text with its encoded words (RFC 2047) decoded; broken ones stay as they are."""
    if "=?" not in raw:
        return raw
    try:
        parts = [_word(data, charset) for data, charset in decode_header(raw)]
    except (HeaderParseError, ValueError):
        return raw
    return "".join(parts).strip()


def _word(data: bytes | str, charset: str | None) -> str:
    if isinstance(data, str):
        return data
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decoded(data)


def sender(raw: str, start: str) -> tuple[str, str]:
    """(address in lower case, name) of a From header, also as list archives write it: `kim at x.nl (Kim)`."""
    text = words(raw).strip()
    disguised = _AT.match(text)
    if disguised and "<" not in text:
        name = text[disguised.end() :].strip().strip("()").strip('"')
        return f"{disguised[1]}@{disguised[2]}".lower().strip("<>,;"), name
    name, address = email.utils.parseaddr(text)
    if "@" not in address:
        found = re.search(r"[\w.+-]+@[\w.-]+", text) or re.search(r"[\w.+-]+@[\w.-]+", start)
        address = found.group() if found else ""
        name = name or text.split("<")[0].strip(' "')
    if not address and (envelope := _AT.match(start.removeprefix("From "))):
        address = f"{envelope[1]}@{envelope[2]}"
    return address.lower(), name.strip(' "')


def mail_date(raw: str, start: str) -> str | None:
    """The Date header as ISO text in UTC, or the separator line's date; what cannot be read comes back as
    is.
    """
    stamps = (raw, re.sub(r"^From \S+(?: at \S+)?\s*", "", start))
    for text in stamps:
        parsed = email.utils.parsedate_tz(text.replace("\x00", "").strip())
        if parsed is None:
            continue
        try:
            seconds = email.utils.mktime_tz(parsed)
            return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError, OSError):
            continue
    return raw or None


def subject_core(subject: str) -> str:
    """The subject without Re:, Fwd:, Antw: and [list] in front, so that a thread has one name."""
    core = subject.strip()
    while (prefix := _PREFIX.match(core)) and prefix.end():
        core = core[prefix.end() :]
    return " ".join(core.split())[:200]
