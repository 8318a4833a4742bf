"""An upload straight to its place on disk: no copy in memory, none in /tmp, never more than permitted."""

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

CHUNK = 1 << 20


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs only
    """A file that is where it belongs."""

    def __init__(self, place: Path, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.place = place


class Receiver(FileUploadHandler):
    """Writes the first file of a request to `place()`.

    `is_too_large` and `is_disk_full` say why there is none. `clear` removes it unless `is_kept` is set.
    """

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest, place: Callable[[], Path], most_bytes: int) -> None:
        super().__init__(request)
        self._choose_place = place
        self._most = most_bytes
        self._place: Path | None = None
        self._out: BinaryIO | None = None
        self._size = 0
        self.is_too_large = False
        self.is_disk_full = False
        self.is_kept = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._place is not None:  # a second file; one at a time
            raise SkipFile
        self._place = self._choose_place()
        self._out = self._place.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self._size += len(raw_data)
        if self._size > self._most:
            self.is_too_large = True
            self._give_up()
        try:
            self._opened().write(raw_data)
        except OSError as error:
            self._refuse_unless_full(error)

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        try:
            self._opened().close()
        except OSError as error:
            self._refuse_unless_full(error)
        assert self._place is not None
        return ReceivedFile(self._place, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        """The browser went away half-way: half a file is of no use."""
        self._remove()

    def clear(self) -> None:
        """Leave nothing behind of a request that came to nothing: a refusal, a forged form."""
        if not self.is_kept:
            self._remove()

    def _opened(self) -> BinaryIO:
        assert self._out is not None
        return self._out

    def _refuse_unless_full(self, error: OSError) -> None:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            self._remove()
            raise error
        self.is_disk_full = True
        self._give_up()

    def _give_up(self) -> None:
        self._remove()
        raise StopUpload(connection_reset=False)

    def _remove(self) -> None:
        if self._out is not None:
            with suppress(OSError):  # what could not be written is thrown away
                self._out.close()
        if self._place is not None:
            self._place.unlink(missing_ok=True)
