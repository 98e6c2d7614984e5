"""Paths as a person gave them, beside the absolute ones that another process can open."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tingfeng.home import passing_folder

Given = dict[str, str]


@contextmanager
def given_paths(paths: Iterable[str]) -> Iterator[list[Given]]:
    """`[{"given", "path"}]` for `paths`; standard input (`-`) lies in a file of the home folder meanwhile."""
    listed = list(paths)
    if "-" not in listed:
        yield [{"given": path, "path": absolute(path)} for path in listed]
        return
    with passing_folder("stdin-") as folder:
        spool = Path(folder) / "stdin"
        with spool.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield [{"given": path, "path": str(spool) if path == "-" else absolute(path)} for path in listed]


def absolute(path: str) -> str:
    """`path` from the root, links kept as they are named."""
    return str(Path(path).expanduser().absolute())
