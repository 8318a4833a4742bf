"""The file of an import, opened; what is wrong with it said with the name its owner gave it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from deining.channels.imports.models import Import
from deining.core.errors import DeiningError

if TYPE_CHECKING:  # the readers bring pyarrow along, which an idle web server does without
    from deining.channels.files import Source


class UnusableFile(DeiningError):
    """The file cannot be read, or not with these columns."""


def reading_language() -> str:
    """`nl` or `en`: the language the file readers speak to this person."""
    return "nl" if (get_language() or "").startswith("nl") else "en"


def open_import(run: Import) -> "Source":
    """The import's file with the mapping it has so far. Raises `UnusableFile`."""
    from deining.channels.files import Mapping, open_source

    mapping = Mapping.from_json(run.mapping) if run.mapping else None
    with in_their_words(run):
        return open_source([run.path], mapping, reading_language(), tz=run.brand.time_zone)


@contextmanager
def in_their_words(run: Import) -> Iterator[None]:
    """Turn `UnreadableFile` into `UnusableFile`, with the name of the file as it was uploaded."""
    from deining.channels.files import UnreadableFile

    try:
        yield
    except UnreadableFile as error:
        given = str(error.params.get("file", ""))
        if given in {run.path, Path(run.path).name}:
            error.params["file"] = run.name
        raise UnusableFile(error.sentence(reading_language())) from error
