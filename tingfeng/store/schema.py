"""The tables of the store, and how a file of an earlier version becomes one of this version."""

from collections.abc import Sequence
from typing import Final

import duckdb

from tingfeng.mentions.record import SCHEMA
from tingfeng.store.errors import StoreError

_MENTION: Final = """
    platform VARCHAR NOT NULL, id VARCHAR NOT NULL, kind VARCHAR, parent_id VARCHAR, root_id VARCHAR, url VARCHAR,
    author_id VARCHAR, author_name VARCHAR, author_handle VARCHAR, author_followers BIGINT,
    published_at TIMESTAMP, collected_at TIMESTAMP, title VARCHAR, text VARCHAR, region VARCHAR,
    likes BIGINT, comments BIGINT, shares BIGINT, saves BIGINT, views BIGINT, rating DOUBLE, hashtags VARCHAR,
    source VARCHAR, views_estimated BIGINT, keywords VARCHAR, own_chars BIGINT, marks BIGINT,
    folded VARCHAR, language VARCHAR,
    engine_label VARCHAR, engine_score DOUBLE, engine_confidence DOUBLE, engine VARCHAR,
    label VARCHAR, score DOUBLE, confidence DOUBLE, corrected BOOLEAN,
    tags VARCHAR, hidden BOOLEAN, first_import BIGINT, last_import BIGINT, changed BIGINT,
    number BIGINT, author UBIGINT
"""

#: SQL for a number by which a row is known that says all that the stored one says. Should a later DuckDB count it
#: otherwise, rows are compared field by field, as those are that say something else.
FINGERPRINT: Final = f"hash({', '.join(SCHEMA)})"

_FIRST: Final = f"""
CREATE TABLE meta (name VARCHAR PRIMARY KEY, value BIGINT);
INSERT INTO meta VALUES ('schema', 0), ('generation', 0);
CREATE TABLE mentions ({_MENTION}, PRIMARY KEY (platform, id));
CREATE TABLE previous (import BIGINT, {_MENTION});
CREATE TABLE sightings (import BIGINT, platform VARCHAR, id VARCHAR);
CREATE TABLE matches (
    watchlist VARCHAR, subject VARCHAR, mention BIGINT, terms VARCHAR, via VARCHAR,
    engine_label VARCHAR, engine_score DOUBLE, engine_confidence DOUBLE,
    label VARCHAR, score DOUBLE, confidence DOUBLE, corrected BOOLEAN
);
CREATE TABLE imports (
    number BIGINT PRIMARY KEY, began TIMESTAMP, finished TIMESTAMP, undone TIMESTAMP, paths VARCHAR, demo BOOLEAN
);
CREATE TABLE import_files (import BIGINT, position BIGINT, verdict VARCHAR);
CREATE TABLE corrections (
    number BIGINT PRIMARY KEY, platform VARCHAR, id VARCHAR, subject VARCHAR, label VARCHAR,
    corrected_by VARCHAR, origin VARCHAR, corrected_at TIMESTAMP
);
CREATE VIEW current_corrections AS
    SELECT platform, id, subject, arg_max(label, number) AS label FROM corrections
    GROUP BY platform, id, subject HAVING arg_max(label, number) <> 'none';
CREATE TABLE quarantine (
    number BIGINT PRIMARY KEY, file VARCHAR, line BIGINT, reason VARCHAR, raw VARCHAR, taken_by BIGINT
);
CREATE TABLE quarantine_sightings (import BIGINT, number BIGINT);
CREATE TABLE watchlists (name VARCHAR PRIMARY KEY, position BIGINT, yaml VARCHAR, deleted BOOLEAN);
CREATE TABLE mappings (layout VARCHAR PRIMARY KEY, yaml VARCHAR);
"""

_FINGERPRINTS: Final = f"""
ALTER TABLE mentions ADD COLUMN fingerprint UBIGINT;
ALTER TABLE previous ADD COLUMN fingerprint UBIGINT;
UPDATE mentions SET fingerprint = {FINGERPRINT};
"""

_LEARNING: Final = """
CREATE TABLE adaptations (
    number BIGINT PRIMARY KEY, adaptation VARCHAR, report VARCHAR, made_by VARCHAR, made_at TIMESTAMP
);
CREATE TABLE word_rules (
    number BIGINT PRIMARY KEY, folded VARCHAR, term VARCHAR, label VARCHAR, weight DOUBLE, note VARCHAR,
    made_by VARCHAR, made_at TIMESTAMP
);
CREATE VIEW current_word_rules AS
    SELECT * FROM word_rules WHERE label <> 'none' AND number IN (SELECT max(number) FROM word_rules GROUP BY folded);
"""

_PULLS: Final = """
CREATE TABLE pulls (
    source VARCHAR, job VARCHAR, began TIMESTAMP, since TIMESTAMP, cursor VARCHAR, taken BIGINT, reached TIMESTAMP,
    newest TIMESTAMP, memo VARCHAR, ended TIMESTAMP, PRIMARY KEY (source, job)
);
CREATE TABLE source_health (
    source VARCHAR PRIMARY KEY, last_try TIMESTAMP, last_success TIMESTAMP, last_error VARCHAR, next_run TIMESTAMP
);
"""

_RANKS: Final = """
CREATE TABLE ranks (
    date DATE, country VARCHAR, chart VARCHAR, app_id VARCHAR, app VARCHAR, rank BIGINT, import BIGINT,
    PRIMARY KEY (date, country, chart, app_id)
);
"""

#: The statements that lead from each version to the next, from nothing on.
MIGRATIONS: Final[Sequence[str]] = (_FIRST, _FINGERPRINTS, _LEARNING, _PULLS, _RANKS)


def migrate(
    connection: duckdb.DuckDBPyConnection, path: str, migrations: Sequence[str] = MIGRATIONS, *, read_only: bool = False
) -> None:
    """Bring the file up to this version in one transaction; StoreError for a newer one, for an earlier one that is
    open for reading only, and for what is no store."""
    version = _version(connection, path)
    if version > len(migrations):
        raise StoreError(
            f"The store was written by a newer version of Tingfeng (schema {version} instead of {len(migrations)})",
            where=path,
            hint="update Tingfeng, or choose another store with TINGFENG_STORE",
        )
    if version == len(migrations):
        return
    if read_only:
        raise StoreError(
            "The store was written by an earlier version of Tingfeng and must be brought up to this one first",
            where=path,
            hint="run tingfeng doctor as somebody who can write it",
        )
    connection.begin()
    try:
        for statements in migrations[version:]:
            connection.execute(statements)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [len(migrations)])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _version(connection: duckdb.DuckDBPyConnection, path: str) -> int:
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    row = None
    if "meta" in tables:
        row = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    if row is None:
        raise StoreError(
            "The file is a DuckDB database, but no store of Tingfeng",
            where=path,
            hint="choose another path with TINGFENG_STORE",
        )
    return int(row[0])
