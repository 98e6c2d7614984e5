"""What a listener is, what it is given, and what it gives back.

A listener is one small module: it says by which columns it is recognised, and turns frames of records into frames of
mentions. Reading files (encodings, sheets, archives, batches) is shared machinery in `listeners.reading`: a listener
never opens a file. It gets every cell as text, whatever the file was: ids keep their digits, unknown is null.

NotRecognised    no listener knows this content; carries the nearest guess and the proposed mapping of a table
Refused          recognised, but it holds no mentions (error bodies, link lists, own-page analytics)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

import polars as pl

from listeners.nested import Nested
from listeners.privacy import mask
from tingfeng.errors import TingfengError
from tingfeng.mentions.times import days_come_first, slashed

Medium = Literal["csv", "xlsx", "json", "ndjson", "parquet", "feed"]

#: The column of a frame of records that says where each one begins: a line, a row of a sheet, an item's number.
LINE = "line"


@dataclass(frozen=True)
class Sample:
    """The head of a table, by which it is recognised.

    `header` has the names of the columns, trimmed, never empty, each once. `records` has these columns (String, empty
    cells null) and `line` (Int64), at most 200 rows, without empty records and repeated header lines. `format` names
    the listener whose documents the records were unfolded from.
    """

    name: str
    medium: Medium
    header: tuple[str, ...]
    records: pl.DataFrame
    sheet: str | None = None
    format: str | None = None

    @property
    def layout(self) -> str:
        """The key under which a mapping of such a table is remembered: 16 hex digits of its column names."""
        return sha256("\x1f".join(self.header).encode()).hexdigest()[:16]

    def count(self, *signature: str) -> int:
        """How many columns `signature` has if all of them are in the header, else 0."""
        return len(signature) if set(signature) <= set(self.header) else 0


@dataclass(frozen=True)
class Reject:
    """A record that is no mention: the line where it begins, the reason in words, the record itself."""

    line: int | None
    reason: str
    raw: str


@dataclass(frozen=True)
class Batch:
    """What became of some records; one record is one row of `mentions` or one reject.

    `mentions` has the columns of `tingfeng.mentions.record.SCHEMA`, then `line`; and, where the file carries an
    analyst's labels or tags, `given_label` (positive, neutral, negative or null) and `given_tags` (joined with `|`).
    """

    mentions: pl.DataFrame
    rejects: list[Reject] = field(default_factory=list)


@dataclass
class Unread:
    """How many cells of a field could not be read, and the first of them."""

    cells: int
    example: str


@dataclass
class Context:
    """What holds for a whole file. A listener may find the zone of its written times, and leaves it here.

    `zone_assumed` when nothing in the file spoke for that zone. `running_ids` when the ids only count the rows, so that
    another such file has the same ones. `unread` has what looks like counts but cannot be read.
    `column` reads the cells of a column in all of the file, part by part, from the start.
    """

    name: str
    platform: str | None = None
    time_zone: str | None = None
    medium: Medium = "csv"
    column: Callable[[str], Iterable[pl.Series]] = lambda _: ()
    zone_assumed: bool = False
    running_ids: bool = False
    unread: dict[str, Unread] = field(default_factory=dict)
    _day_first: dict[str, bool] = field(default_factory=dict)

    def leave_unread(self, field: str, cells: pl.Series) -> None:
        """Note `cells` of `field` that say something which cannot be read."""
        if len(cells):
            noted = self.unread.setdefault(field, Unread(0, mask(cells[0])))
            noted.cells += len(cells)

    def days_come_first(self, written: pl.Series) -> bool:
        """Whether `1/2/2025` is the first of February in the column of which `written` are the next cells.

        All such dates in the file decide, once: each batch alone might be understood otherwise.
        """
        if written.name not in self._day_first and len(seen := slashed(written)):
            everywhere = [slashed(part) for part in self.column(written.name)]
            self._day_first[written.name] = days_come_first(pl.concat([seen, *everywhere]))
        return self._day_first.get(written.name, False)


@dataclass(frozen=True)
class Options:
    """What a person may say about a file, and the mappings (YAML) that are remembered, by layout of the table."""

    as_format: str | None = None
    platform: str | None = None
    time_zone: str | None = None
    mapping: str | None = None
    remembered: Mapping[str, str] = field(default_factory=dict)


class Known(NamedTuple):
    """A format of nested documents: how they are unfolded, and the paths of the cells that its listener wants."""

    nested: Nested
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """A row of `tingfeng formats`, and what its page says besides.

    `columns`: each column (or path) that its files may have, with the field of a mention that it becomes (None: it only
    tells the format). `guide` as config/listeners/README.md has it; None where nothing has to be fetched.
    """

    name: str
    platform: str | None
    kind: str | None
    how_recognised: str
    columns: Mapping[str, str | None] = field(default_factory=dict)
    guide: Mapping[str, Any] | None = None


@runtime_checkable
class Listener(Protocol):
    """One kind of export. `platform` and `kind` are None where they differ from row to row."""

    @property
    def name(self) -> str: ...  # noqa: D102 - said above
    @property
    def platform(self) -> str | None: ...  # noqa: D102
    @property
    def kind(self) -> str | None: ...  # noqa: D102
    @property
    def how_recognised(self) -> str: ...  # noqa: D102

    def recognise(self, sample: Sample) -> int:
        """How many signature columns match, 0: not mine. The highest score of all listeners wins."""

    def map(self, records: pl.DataFrame, context: Context) -> Batch:
        """Mentions and rejects of `records`: String columns of the header (null: unknown) and `line`."""


class MappedListener(Listener, Protocol):
    """A listener made for one table of unknown layout: `listeners.table.mapper(sample, options)` returns it.

    That function takes `options.mapping`, else the one remembered for the layout, else what it proposes by names and
    content. It raises NotRecognised with the proposal when that is incomplete, and a TingfengError for a mapping that
    names unknown fields or columns.
    """

    @property
    def mapping(self) -> dict[str, Any]:
        """The mapping in force, as JSON shows it and as `--map` takes it."""


class NotRecognised(TingfengError):  # noqa: N818 - the word of the contract
    """No listener knows this content. `proposal` is the incomplete mapping of a table, `layout` the table's key."""

    def __init__(
        self,
        what: str,
        *,
        where: str,
        hint: str = "",
        guess: str | None = None,
        proposal: dict[str, Any] | None = None,
        layout: str | None = None,
    ) -> None:
        super().__init__(what, where=where, hint=hint)
        self.guess = guess
        self.proposal = proposal
        self.layout = layout


class Refused(TingfengError):  # noqa: N818 - the word of the contract
    """Recognised as `format`, but it carries no mentions; the message says why."""

    def __init__(self, what: str, *, where: str, format: str) -> None:  # noqa: A002 - the word of the contract
        super().__init__(what, where=where)
        self.format = format
