"""The store's file: made, opened, refused, killed, full."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.bringing import bring, frame, stored
from tingfeng.mentions.record import SCHEMA
from tingfeng.store import Store, StoreError
from tingfeng.store.clock import local
from tingfeng.store.schema import FINGERPRINT, MIGRATIONS, migrate

KINDS = {"String": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "Datetime": "TIMESTAMP"}


def version(store: Store) -> int:
    return int(store.rows("SELECT value FROM meta WHERE name = 'schema'")[0]["value"])


def test_a_new_store_is_made_with_its_folder_and_keeps_what_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "深" / "s.duckdb"
    with Store.open(path) as store:
        assert [oct(made.stat().st_mode & 0o777) for made in (path.parent, path)] == ["0o700", "0o600"]
        assert version(store) == len(MIGRATIONS)
        bring(store, frame({"text": "露茉"}))
        before, generation = stored(store), store.generation
    with Store.open(path, read_only=True) as store:
        assert (stored(store), store.generation) == (before, generation)
        assert store.imports()[0]["status"] == "finished"


def test_the_table_of_mentions_has_every_field_of_the_record_typed_alike(store: Store) -> None:
    columns = dict(
        store.frame("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'mentions'").rows()
    )
    assert {name: columns[name] for name in SCHEMA} == {
        name: KINDS[str(kind.base_type() if hasattr(kind, "base_type") else kind)] for name, kind in SCHEMA.items()
    }


def test_each_migration_is_applied_once_and_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with Store.open(path) as store:
        bring(store, frame({"text": "kept"}))
    steps = (*MIGRATIONS, "CREATE TABLE added (n BIGINT)", "INSERT INTO added VALUES (7)")
    with duckdb.connect(str(path)) as connection:
        for _ in range(2):
            migrate(connection, str(path), steps)
        assert connection.execute("SELECT n, text FROM added, mentions").fetchall() == [(7, "kept")]
        assert connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (len(steps),)


def test_an_earlier_version_that_can_only_be_read_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, str(path), MIGRATIONS[:1])
    with pytest.raises(StoreError, match="written by an earlier version") as refused:
        Store.open(path, read_only=True)
    assert refused.value.hint == "run tingfeng doctor as somebody who can write it"
    with Store.open(path) as store:
        assert version(store) == len(MIGRATIONS)


def test_mentions_of_the_first_version_get_their_fingerprints(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, str(path), MIGRATIONS[:1])
        connection.execute(
            "INSERT INTO mentions (platform, id, text, likes, marks) VALUES ('weibo', '1', 'kept', 2, 0)"
        )
    with Store.open(path) as store:
        found = store.rows(f"SELECT text, fingerprint = {FINGERPRINT} AS right FROM mentions")
        assert found == [{"text": "kept", "right": True}]
        assert store.stage(frame({"text": "kept", "likes": 2})).verdicts["unchanged"] == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection, pytest.raises(duckdb.Error):
        migrate(connection, str(path), (*MIGRATIONS, "CREATE TABLE half (n BIGINT)", "SELECT nothing"))
    with Store.open(path) as store:
        assert version(store) == len(MIGRATIONS)
        assert "half" not in [row["table_name"] for row in store.rows("SELECT table_name FROM duckdb_tables()")]


def newer(path: Path) -> None:
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = 99 WHERE name = 'schema'")


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount BIGINT)")


def damaged(path: Path) -> None:
    Store.open(path).close()
    path.write_bytes(os.urandom(path.stat().st_size))


def empty(path: Path) -> None:
    path.touch()


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (newer, "written by a newer version"),
        (foreign, "no store of Tingfeng"),
        (damaged, "cannot be opened"),
        (empty, "cannot be opened"),
        (folder, "cannot be opened"),
    ],
)
def test_what_is_no_store_of_this_version_is_refused_and_left_alone(tmp_path: Path, made, message: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "s.duckdb"
    made(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=message) as error:
        Store.open(path)
    assert str(path) in error.value.where
    assert error.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


IMPORTER = """
import sys
from pathlib import Path
from tests.store.bringing import frame, put
from tingfeng.store import Store

with Store.open(Path(sys.argv[1])) as store:
    number = store.begin_import(["a.csv"])
    for start in range(0, 10**9, 500):
        batch = frame(*({"id": str(key), "text": "good " * 20} for key in range(start, start + 500)))
        assert put(store, store.stage(batch), number)
        print(start, flush=True)
"""


def importer(path: Path) -> subprocess.Popen[str]:
    """Another process that imports into the store batch by batch without end."""
    process = subprocess.Popen([sys.executable, "-c", IMPORTER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline()
    return process


def test_a_store_that_another_process_has_open_is_said_to_be_in_use_and_killing_that_leaves_whole_batches(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.duckdb"
    with importer(path) as process:
        with pytest.raises(StoreError, match="in use by another process"):
            Store.open(path)
        process.send_signal(signal.SIGKILL)
    with Store.open(path) as store:
        assert store.count() >= 1500
        assert store.count() % 500 == 0
        assert store.count() == store.rows("SELECT count(*) AS n FROM sightings")[0]["n"]
        assert store.imports()[0]["status"] == "interrupted"
        bring(store, frame(*({"id": str(key), "text": "good " * 20} for key in range(700))))
        assert store.imports()[0]["status"] == "finished"


FULL = """
import resource, sys
from pathlib import Path
from tests.store.bringing import bring, frame, stored
from tingfeng.store import Store, StoreError

with Store.open(Path(sys.argv[1])) as store:
    bring(store, frame({"text": "first"}))
    number = store.begin_import([])
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        store.save_mapping("big", "x" * 10**6)
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert "big" not in store.mappings()
    assert store.count() == 1
    store.save_mapping("small", "text: a")
"""


def test_a_full_disk_is_said_and_the_store_works_on_when_there_is_room_again(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "could not be written" in done.stdout
    with Store.open(path) as store:
        assert store.count() == 1
        assert store.mappings() == {"small": "text: a"}


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from(
        ["UTC", "Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]
    ),
)
def test_the_clock_of_the_store_shows_what_the_zone_shows(moment: datetime, zone: str) -> None:
    expected = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    sql = f"SELECT {local('t', zone, (1990, 2040))} FROM (SELECT ?::TIMESTAMP AS t)"
    assert duckdb.execute(sql, [moment]).fetchall() == [(expected,)]


def test_the_clock_turns_at_the_very_second_and_takes_fixed_offsets() -> None:
    turn = datetime(2025, 3, 9, 7)  # in New York 2 o'clock becomes 3 o'clock
    sql = f"SELECT {local('t', 'America/New_York', (2024, 2026))} FROM (SELECT unnest(?::TIMESTAMP[]) AS t)"
    shown = duckdb.execute(sql, [[turn - timedelta(seconds=1), turn]]).fetchall()
    assert shown == [(datetime(2025, 3, 9, 1, 59, 59),), (datetime(2025, 3, 9, 3),)]
    sql = f"SELECT {local('t', '+07:30', (2025, 2025))} FROM (SELECT ?::TIMESTAMP AS t)"
    assert duckdb.execute(sql, [turn]).fetchall() == [(turn + timedelta(hours=7, minutes=30),)]
