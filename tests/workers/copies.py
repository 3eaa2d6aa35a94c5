"""Folders that many tests begin with a copy of: read once a process, and written from memory.

A house has some 80 files, and half of its bytes are room that its book of departures keeps. `shutil.copytree`
looks at each file, its rights and its attributes again for each copy, which takes five times as long.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class _File:
    where: str
    #: Without the zeros at the end, which a file has by being longer.
    content: bytes
    found: os.stat_result

    @classmethod
    def read(cls, path: Path, where: str) -> Self:
        content = path.read_bytes()
        return cls(where, content.rstrip(b"\0"), path.stat())

    def write(self, folder: Path) -> None:
        """What is there already is not written over."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        file = os.open(f"{folder}/{self.where}", flags, self.found.st_mode & 0o777)
        try:
            assert os.write(file, self.content) == len(self.content), "the disk is full"
            os.truncate(file, self.found.st_size)
            os.utime(file, ns=(self.found.st_atime_ns, self.found.st_mtime_ns))
        finally:
            os.close(file)


@dataclass(frozen=True, slots=True)
class Folder:
    """All that stood in a folder when it was read."""

    folders: tuple[tuple[str, int], ...]
    files: tuple[_File, ...]

    @classmethod
    def read(cls, folder: Path, *but: str) -> Self:
        """Files with their rights and times, folders with their rights; none in a part of such a name."""
        inside = ((path, path.relative_to(folder)) for path in sorted(folder.rglob("*")))
        found = [(path, str(where)) for path, where in inside if not {*where.parts} & {*but}]
        return cls(
            tuple((where, path.stat().st_mode & 0o777) for path, where in found if path.is_dir()),
            tuple(_File.read(path, where) for path, where in found if path.is_file()),
        )

    def write(self, folder: Path) -> Path:
        """Put all of it into a folder, which may be there but holds nothing of it."""
        folder.mkdir(parents=True, exist_ok=True)
        for where, rights in self.folders:
            (folder / where).mkdir(rights)
        for file in self.files:
            file.write(folder)
        return folder


#: The folder as it was at the first copy: for what a fixture made, and nobody changes.
read_once = cache(Folder.read)


def copied(folder: Path, to: Path, *but: str) -> Path:
    """A copy of a folder that nobody changes, without its parts of these names."""
    return read_once(folder, *but).write(to)
