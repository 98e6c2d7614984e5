"""What a person gave: paths, beside the absolute ones that another process can open, and texts."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tingfeng.errors import UsageError
from tingfeng.home import passing_folder
from tingfeng.mentions.text import HALF

Given = dict[str, str]

#: Parameters that name files, whose names are bytes of any kind.
PATHS: Final = ("paths", "path", "file", "out")


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


def refuse_broken_texts(params: dict[str, Any]) -> None:
    """UsageError where a text of `params` holds bytes that are no UTF-8: the store keeps whole characters only."""
    for name, given in params.items():
        texts = () if name in PATHS else given if isinstance(given, list | tuple) else (given,)
        broken = [text for text in texts if isinstance(text, str) and HALF.search(text)]
        if broken:
            raise UsageError(f"The text {broken[0][:40]!r} is no UTF-8", where=name, hint="type it anew")
