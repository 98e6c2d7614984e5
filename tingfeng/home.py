"""Where a person's data lives: the home folder, the store, and the product's own configuration."""

import os
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs
import yaml

from tingfeng.errors import TingfengError

#: As safe as `yaml.safe_load`, and eight times as fast where PyYAML was built with libyaml.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

CHECKOUT = Path(__file__).resolve().parent.parent

#: What DuckDB takes for a database in memory, on another machine or of another kind.
_NO_FILE = re.compile(r":|[a-z][a-z0-9+.-]+:", re.IGNORECASE)


def home() -> Path:
    """The home folder: `$TINGFENG_HOME`, else the platform's user-data folder. Made when missing."""
    chosen = os.environ.get("TINGFENG_HOME")
    folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("tingfeng")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise TingfengError(
            f"The home folder cannot be made: {error.strerror}",
            where=str(folder),
            hint="set TINGFENG_HOME to a folder that you can write to",
        ) from error
    return folder.resolve()


def passing_folder(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """A private folder for what passes through: in the home folder, or where that cannot be written the system's."""
    folder = home()
    return tempfile.TemporaryDirectory(prefix=prefix, dir=folder if os.access(folder, os.W_OK) else None)


def store_path() -> Path:
    """The store's file: `$TINGFENG_STORE` (`duckdb:PATH`), else `tingfeng.duckdb` in the home folder."""
    chosen = os.environ.get("TINGFENG_STORE", "")
    if not chosen:
        return home() / "tingfeng.duckdb"
    scheme, _, path = chosen.partition(":")
    if scheme == "duckdb" and path and not _NO_FILE.match(path):
        try:
            return Path(path).expanduser().resolve()
        except (OSError, RuntimeError) as error:
            raise TingfengError(
                "The path of the store leads nowhere", where=path, hint="check TINGFENG_STORE"
            ) from error
    raise TingfengError(
        f"The store {chosen!r} is of a kind that this version does not open",
        where="TINGFENG_STORE",
        hint="use duckdb:PATH",
    )


@cache
def config(name: str) -> Any:
    """The content of `config/<name>.yaml`, read once. Treat it as constant."""
    text = (CHECKOUT / "config" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
