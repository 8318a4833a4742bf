"""The files that paths stand for: themselves, the files of a folder, the members of a zip."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deining.channels.files.discourse import Topics, read_topic
from deining.channels.files.items import Item, zip_members
from deining.channels.files.sniff import looks_like, office_kind
from deining.channels.files.unreadable import UnreadableFile

Group = Item | Topics


@dataclass(slots=True)
class Places:
    """Groups of files to be read as one each; True beside a group that was named, not merely found."""

    first: str = ""
    groups: list[tuple[Group, bool]] = field(default_factory=list)
    odd_names: int = 0
    other_files: int = 0


def find_items(paths: Sequence[Path]) -> Places:
    """The files behind the paths. Raises UnreadableFile: missing, not allowed, a bomb, a damaged archive."""
    if not paths:
        raise UnreadableFile("no_files")
    places = Places(paths[0].name or str(paths[0]))
    for path in paths:
        _add(places, path)
    return places


def _add(places: Places, path: Path) -> None:
    name = path.name or str(path)
    try:
        if not path.exists():
            raise UnreadableFile("missing", {"file": str(path)})
        if path.is_dir():
            _add_folder(places, path)
            return
        if path.stat().st_size == 0:
            raise UnreadableFile("empty", {"file": name})
        with path.open("rb") as stream:
            magic = stream.read(4)
    except PermissionError as error:
        raise UnreadableFile("not_allowed", {"file": name}) from error
    except OSError as error:
        raise UnreadableFile("read_error", {"file": name, "error": error.strerror or str(error)}) from error
    _add_file(places, path, magic)


def _add_file(places: Places, path: Path, magic: bytes) -> None:
    item = Item(path.name, path, path.stat().st_size, gzipped=magic[:2] == b"\x1f\x8b")
    if magic != b"PK\x03\x04":
        places.groups.append((item, True))
        return
    what = office_kind(item)
    if what:
        raise looks_like(path.name, what)
    members, odd = zip_members(path)
    places.odd_names += odd
    if not members:
        raise UnreadableFile("empty_folder", {"file": path.name})
    _add_found(places, members)


def _add_folder(places: Places, folder: Path) -> None:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    items = [
        Item(path.relative_to(folder).as_posix(), path, path.stat().st_size, gzipped=path.suffix == ".gz")
        for path in files
        if path.stat().st_size
    ]
    if not items:
        raise UnreadableFile("empty_folder", {"file": str(folder)})
    _add_found(places, items)


def _add_found(places: Places, items: list[Item]) -> None:
    """Files of a folder or archive: topics of a forum belong together, the others stand alone."""
    json_items = [item for item in items if item.name.lower().endswith(".json")]
    if json_items and any(read_topic(item)[0] is not None for item in json_items[:5]):
        places.groups.append((Topics(tuple(json_items)), True))
        items = [item for item in items if item not in set(json_items)]
        places.other_files += len(items)
        return
    named = len(items) == 1
    places.groups.extend((item, named) for item in items)
