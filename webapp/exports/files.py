"""The files that were made last, so that one whose size was asked for is there when it is fetched."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from geo.output.exports import Exported, Wanted
from webapp.payloads import Payload, pack

MOST_BYTES = 64 * 1024 * 1024  # of all files kept; questions are as many as readers think of

Key = tuple[str, Wanted]


@dataclass(frozen=True)
class File:
    """A file as it is answered: bytes, name for people, number of features."""

    payload: Payload
    name: str
    count: int

    @property
    def held_bytes(self) -> int:
        """What it takes in memory, packed form included."""
        return len(self.payload.plain) + len(self.payload.packed or b"")


def file_of(made: Exported, media_type: str) -> File:
    """The file that was made, packed if its format is not packed already."""
    return File(pack(made.content, media_type), made.name, made.count)


class FileCache:
    """Files by version of the data and what was wanted: the last ones asked for, as many as `most_bytes` hold.

    The last one stays whatever its size. A day changes what is wanted, for files say when they were made.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept: dict[Key, File] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key) -> File | None:
        """The file of `key`, which is the last one again; None if it is not kept."""
        with self._lock:
            file = self._kept.pop(key, None)
            if file is not None:
                self._kept[key] = file
        return file

    def keep(self, key: Key, file: File) -> None:
        """Keep a file, and let the oldest go for which there is no room."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = file
            held = sum(one.held_bytes for one in self._kept.values())
            while held > self._most_bytes and len(self._kept) > 1:
                held -= self._kept.pop(next(iter(self._kept))).held_bytes
