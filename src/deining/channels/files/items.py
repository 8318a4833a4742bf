"""The files behind a source: on disk, packed with gzip, or inside a zip; opened as plain streams of bytes.

Archives are never unpacked to disk by the names they carry, so a path like ../../etc cannot escape; they are
bounded by ratio and size, and an archive inside an archive is refused.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from deining.channels.files.unreadable import UnreadableFile

OnBytes = Callable[[int], None]

MAX_RATIO: Final = 250
"""Unpacked against packed: text logs reach 20 to 60, bombs a thousand and more."""
RATIO_FROM: Final = 32 << 20
"""Below this many unpacked bytes the ratio says nothing."""
MAX_UNPACKED: Final = 64 << 30
MAX_MEMBERS: Final = 500_000
ARCHIVES: Final = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".xz", ".bz2", ".zst")


@dataclass(frozen=True, slots=True)
class Item:
    """One readable file. `name` is what people see; `size` counts bytes on disk, for the progress bar."""

    name: str
    path: Path
    size: int
    member: str | None = None
    gzipped: bool = False

    @property
    def packed(self) -> bool:
        """Whether reading it unpacks something."""
        return self.gzipped or self.member is not None

    @contextmanager
    def open(self, on_bytes: OnBytes | None = None) -> Iterator[BinaryIO]:
        """The file's own bytes, unpacked and bounded; `on_bytes` hears how many packed bytes were read."""
        with translated(self.name), self.path.open("rb") as disk:
            if self.member is not None:
                with zipfile.ZipFile(disk) as archive, archive.open(self.member) as inner:
                    packed = max(1, archive.getinfo(self.member).compress_size)
                    bounded = Bounded(cast(BinaryIO, inner), self.name, lambda: packed)
                    yield cast(BinaryIO, Counted(bounded, on_bytes, self.size, packed))
            elif self.gzipped:
                counted = Counted(disk, on_bytes)
                with gzip.GzipFile(fileobj=cast(BinaryIO, counted)) as inner:
                    yield cast(
                        BinaryIO, Bounded(cast(BinaryIO, inner), self.name, lambda: counted.read_so_far)
                    )
            else:
                yield cast(BinaryIO, Counted(disk, on_bytes))

    def head(self, size: int) -> bytes:
        """The first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)


class Counted(io.RawIOBase):
    """A stream that tells how far it is; for zip members the unpacked count is scaled to bytes on disk."""

    def __init__(
        self, stream: io.RawIOBase | BinaryIO, on_bytes: OnBytes | None, size: int = 0, packed: int = 0
    ) -> None:
        self._stream, self._on_bytes = stream, on_bytes
        self._left = size if packed else None
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size) or b""
        self.read_so_far += len(data)
        if self._on_bytes is not None and data:
            self._on_bytes(self._packed_bytes(len(data)))
        return data

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub wants WriteableBuffer
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _packed_bytes(self, count: int) -> int:
        """Zip members: no more than the member's share of the archive, however much comes out of it."""
        if self._left is None:
            return count
        told = min(self._left, count)
        self._left -= told
        return told


class Bounded(io.RawIOBase):
    """An unpacking stream that stops a bomb while it goes off."""

    def __init__(self, stream: BinaryIO, name: str, packed: Callable[[], int]) -> None:
        self._stream, self._name, self._packed = stream, name, packed
        self._out = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        # never all at once: a read without a limit would unpack the whole bomb before it is weighed
        data = (
            self._stream.read(size) if size >= 0 else b"".join(iter(lambda: self._stream.read(1 << 20), b""))
        )
        self._out += len(data)
        packed = max(1, self._packed())
        if self._out > MAX_UNPACKED or (self._out > RATIO_FROM and self._out > MAX_RATIO * packed):
            raise bomb(self._name, self._out, packed)
        return data

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub wants WriteableBuffer
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Errors of the disk and of archives as sentences."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableFile("missing", {"file": name}) from error
    except PermissionError as error:
        raise UnreadableFile("not_allowed", {"file": name}) from error
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile("bad_archive", {"file": name}) from error
    except RuntimeError as error:
        if "password" not in str(error) and "encrypted" not in str(error):
            raise
        raise UnreadableFile("locked_archive", {"file": name}) from error
    except OSError as error:
        raise UnreadableFile("read_error", {"file": name, "error": error.strerror or str(error)}) from error


def zip_members(path: Path) -> tuple[list[Item], int]:
    """The readable members of a zip, and how many were skipped for an unsafe path.

    Raises UnreadableFile for a damaged or locked archive, a bomb, or an archive inside it.
    """
    size = path.stat().st_size
    with translated(path.name), zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    _weigh(path, infos)
    safe = [info for info in infos if not _escapes(info.filename)]
    for info in safe:
        if info.flag_bits & 1:
            raise UnreadableFile("locked_archive", {"file": path.name})
        if info.filename.lower().endswith(ARCHIVES):
            raise UnreadableFile("nested_archive", {"file": path.name, "member": info.filename})
    total = sum(info.compress_size for info in safe) or 1
    items = [
        Item(f"{path.name}/{info.filename}", path, size * info.compress_size // total, info.filename)
        for info in safe
    ]
    return items, len(infos) - len(safe)


def _weigh(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = max(1, path.stat().st_size)
    too_many = len(infos) > MAX_MEMBERS
    if too_many or unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise bomb(path.name, unpacked, packed)


def bomb(name: str, unpacked: int, packed: int) -> UnreadableFile:
    """The refusal of an archive that grows too much."""
    return UnreadableFile("bomb", {"file": name, "size": human_size(unpacked), "packed": human_size(packed)})


def human_size(size: int) -> str:
    """4 kB, 1 MB, 2 GB: for a sentence, not for sums."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= scale:
            return f"{round(size / scale)} {unit}"
    return f"{size} B"


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in parts)


def _escapes(name: str) -> bool:
    posix = name.replace("\\", "/")
    return posix.startswith("/") or ".." in PurePosixPath(posix).parts or posix[1:2] == ":"
