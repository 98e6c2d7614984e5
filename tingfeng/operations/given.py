"""Paths as a person gave them, beside the absolute ones that another process can open."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tingfeng.home import home

Given = dict[str, str]


@contextmanager
def given_paths(paths: Iterable[str]) -> Iterator[list[Given]]:
    """`[{"given", "path"}]` for `paths`; standard input (`-`) lies in a file of the home folder meanwhile."""
    with tempfile.TemporaryDirectory(prefix="stdin-", dir=home()) as folder:
        yield [{"given": path, "path": spooled(Path(folder)) if path == "-" else absolute(path)} for path in paths]


def absolute(path: str) -> str:
    """`path` from the root, links kept as they are named."""
    return str(Path(path).expanduser().absolute())


def spooled(folder: Path) -> str:
    """Standard input as a file in `folder`; read once, whatever stands on the command line twice."""
    spool = folder / "stdin"
    if not spool.exists():
        with spool.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
    return str(spool)
