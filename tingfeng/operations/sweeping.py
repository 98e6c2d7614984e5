"""What was left half done in the home folder, taken away by the owner of the store."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Final

from tingfeng.intake import inbox

#: How long something is left alone after it was last written.
KEPT_SECONDS: Final = 24 * 60 * 60


def uploads(home: Path) -> Path:
    """Where the dashboard keeps files that were dragged in until they are imported; each has a folder of its own."""
    return home / "uploads"


def sweep(home: Path) -> None:
    """Remove uploads that were never imported and jobs that were never finished, once nobody touched them for a day.

    A page that still shows an upload touches it whenever it runs; a job may be under way in any process.
    """
    abandoned = time.time() - KEPT_SECONDS
    with suppress(OSError):  # a job may end while it is looked at; the next owner looks again
        for path in chain(_within(uploads(home)), inbox.unfinished(home)):
            if _last_written(path) < abandoned:
                shutil.rmtree(path, ignore_errors=True)


def _last_written(folder: Path) -> float:
    """The latest change of `folder` or anything in it; a copy's time of modification may be its original's."""
    return max(path.lstat().st_ctime for path in chain([folder], folder.rglob("*")))


def _within(folder: Path) -> Iterator[Path]:
    """What lies in `folder`; nothing where that is a link, because what it leads to is not ours to remove."""
    return folder.iterdir() if folder.is_dir() and not folder.is_symlink() else iter(())
