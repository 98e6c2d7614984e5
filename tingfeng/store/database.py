"""The store's file: opening it, reading through cursors of one's own, writing one transaction at a time."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Self

import duckdb
import polars as pl

from tingfeng import queries
from tingfeng.errors import DiskFullError, TingfengError, is_disk_full
from tingfeng.store.errors import StoreError
from tingfeng.store.schema import migrate

Cursor = duckdb.DuckDBPyConnection

_MEGABYTE = 1024 * 1024
_MAGIC = slice(8, 12)
_OTHER_FILE = "restore the file from a backup, or choose another path with TINGFENG_STORE"


class Database:
    """An open store file. Thread-safe: each read has a cursor of its own, writes wait for each other.

    `writing` is the lock that writers hold; hold it to make several calls one step.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.writing = RLock()
        self.running: set[int] = set()
        self.watchlists_saved = 0
        self._connection = connection
        self._generation = int(connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchall()[0][0])

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Open the store at `path`, else make one that only its owner can read; StoreError where that cannot be."""
        path = Path(path)
        try:
            if not read_only:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = not path.exists()
            if not made:
                _refuse_other_files(path)
            connection = duckdb.connect(str(path), read_only=read_only, config=_settings(path))
            if made:
                path.chmod(0o600)
        except (duckdb.Error, OSError) as error:
            raise _not_opened(path, error) from error
        try:
            connection.execute("SET GLOBAL TimeZone = 'UTC'")
            queries.register(connection)
            migrate(connection, str(path), read_only=read_only)
            return cls(path, connection)
        except duckdb.Error as error:
            connection.close()
            raise _not_opened(path, error) from error
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file, after the write under way."""
        with self.writing:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """A number that grows with every write."""
        return self._generation

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor of one's own, which sees every write committed before its statement began."""
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        except duckdb.Error as error:
            raise StoreError(f"The store could not answer: {_sentence(error)}", where=str(self.path)) from error

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """A cursor inside the one write transaction; all of it is kept, or on any error nothing."""
        with self.writing:
            try:
                with self._connection.cursor() as cursor:
                    cursor.begin()
                    try:
                        yield cursor
                        cursor.execute("UPDATE meta SET value = ? WHERE name = 'generation'", [self._generation + 1])
                        cursor.commit()
                    except BaseException:
                        _roll_back(cursor)
                        raise
            except duckdb.Error as error:
                raise _not_written(self.path, error) from error
            self._generation += 1

    def frame(self, sql: str, params: Sequence[Any] = ()) -> pl.DataFrame:
        """The rows that `sql` selects."""
        with self.cursor() as cursor:
            return fetch(cursor, sql, params)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows that `sql` selects, as dicts."""
        return self.frame(sql, params).rows(named=True)


def fetch(cursor: Cursor, sql: str, params: Sequence[Any] = ()) -> pl.DataFrame:
    """The rows that `sql` selects, read through `cursor`."""
    return pl.DataFrame(pl.from_arrow(cursor.sql(sql, params=list(params)).to_arrow_table()))


def _roll_back(cursor: Cursor) -> None:
    """Roll back what a failed statement or a failed commit may already have ended."""
    try:
        cursor.rollback()
    except duckdb.Error:
        return


def _refuse_other_files(path: Path) -> None:
    """StoreError for what is no DuckDB file: DuckDB would ask for an extension, or wait for what never comes."""
    if not path.is_file():
        raise _unfit(path, "it is no file", "choose another path with TINGFENG_STORE")
    with path.open("rb") as file:
        head = file.read(_MAGIC.stop)
    if not head:
        raise _unfit(path, "the file is empty", "remove it, and a new store is made in its place")
    if head[_MAGIC] != b"DUCK":
        raise _unfit(path, "the file is no DuckDB database", _OTHER_FILE)


def _settings(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    """No downloads, nothing outside the folder of the store, memory in proportion to the file, few checkpoints."""
    size = path.stat().st_size if path.exists() else 0
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    memory = max(512 * _MEGABYTE, min(2 * size, physical // 4))
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "checkpoint_threshold": "128MiB",
        "memory_limit": f"{memory // _MEGABYTE}MiB",
        "temp_directory": f"{path}.tmp",
    }


def _not_written(path: Path, error: duckdb.Error) -> TingfengError:
    if is_disk_full(error):
        return DiskFullError(path)
    return StoreError(
        f"The store could not be written: {_sentence(error)}", where=str(path), hint="nothing was changed; try again"
    )


def _not_opened(path: Path, error: Exception) -> TingfengError:
    if is_disk_full(error):
        return DiskFullError(path)
    if "Could not set lock" in str(error):
        return StoreError("The store is in use by another process", where=str(path), hint="wait until it has ended")
    return _unfit(path, _sentence(error), _OTHER_FILE)


def _unfit(path: Path, fault: str, hint: str) -> StoreError:
    return StoreError(f"The store cannot be opened: {fault}", where=str(path), hint=hint)


def _sentence(error: Exception) -> str:
    """The first line of what DuckDB says, without its kind and full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".!")
