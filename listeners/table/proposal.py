"""What a table of unknown layout most likely is: the mapping that its names and its content propose."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from listeners import links
from listeners.contract import Sample
from listeners.table.content import Content
from listeners.table.mapping import Mapping
from listeners.table.platforms import platform_of_header, platform_of_path, platforms_of_words
from listeners.table.vocabulary import COUNTS, comparable, fit_of_name, is_name_of, is_never_taken, words

#: What a table lacks when nothing says where its mentions come from.
PLATFORM: Final = "the platform"

_MOST: Final = 0.6
_NEARLY_ALL: Final = 0.9
_ENOUGH_PROSE: Final = 6
_WITHOUT_VALUES: Final = 0.5
_SAID_BY_CONTENT: Final = 0.3


@dataclass(frozen=True)
class Proposal:
    """A mapping and, in words, what is missing before it can be applied."""

    mapping: Mapping
    missing: tuple[str, ...]


#: A column is taken for the text by its content alone only beside one of these.
_BESIDE_TEXT: Final = {"published_at", "url", "author_id", "author_name", "author_handle", "rating"}


#: Whether the values of a column can be those of a field.
_FITS: Final[dict[str, Callable[[Content], bool]]] = {
    "platform": lambda content: content.platforms >= _MOST,
    "kind": lambda content: content.kinds >= _MOST,
    "url": lambda content: content.links >= _MOST,
    "author_id": lambda content: content.tokens >= _NEARLY_ALL and content.links < _MOST,
    "author_name": lambda content: content.links < _MOST and content.written_times < _MOST,
    "author_handle": lambda content: content.tokens >= _NEARLY_ALL and content.links < _MOST,
    "published_at": lambda content: content.times >= _MOST,
    "time_of_day": lambda content: content.clocks >= _NEARLY_ALL,
    "collected_at": lambda content: content.times >= _MOST,
    "title": lambda content: content.links < _MOST and content.counts < _NEARLY_ALL,
    "text": lambda content: content.links < _MOST and content.counts < _MOST and content.written_times < _MOST,
    "region": lambda content: content.links < _MOST and content.counts < _MOST,
    "rating": lambda content: content.ratings >= _NEARLY_ALL,
    "hashtags": lambda content: content.links < _MOST and content.counts < _NEARLY_ALL,
    "keywords": lambda content: content.links < _MOST and content.counts < _NEARLY_ALL,
    **dict.fromkeys(COUNTS, lambda content: content.counts >= _MOST),
}


#: The share of cells that can be read as a field; any cell as one that is not listed.
_READ: Final[dict[str, Callable[[Content], float]]] = {
    "platform": lambda content: content.platforms,
    "kind": lambda content: content.kinds,
    "url": lambda content: content.links,
    "author_id": lambda content: content.tokens,
    "author_handle": lambda content: content.tokens,
    "published_at": lambda content: content.times,
    "time_of_day": lambda content: content.clocks,
    "collected_at": lambda content: content.times,
    "rating": lambda content: content.ratings,
    **dict.fromkeys(COUNTS, lambda content: content.counts),
}


def propose(sample: Sample) -> Proposal:
    """The mapping of a table by the names of its columns and by what they hold."""
    contents = {column: Content(sample.records[column]) for column in sample.header}
    unread = {column for column in sample.header if is_never_taken(column) or contents[column].private >= _MOST}
    open_columns = [column for column in sample.header if column not in unread]
    reading = _Reading(sample, {column: contents[column] for column in open_columns})
    reading.by_name()
    reading.by_whole_name(_FITS, few=True)
    reading.by_content()
    reading.by_whole_name(COUNTS, few=False)
    reading.ids()
    platform, _ = platform_of(sample, reading.chosen)
    kind = reading.kind(platform)
    reading.caption_is_text(platform)
    mapping = Mapping(
        layout=sample.layout, platform=platform, kind=kind, columns=reading.chosen, chosen_by=reading.chosen_by
    )
    return Proposal(mapping, missing(mapping, sample))


class _Reading:
    """One sample while its columns are given to fields; a field gets one column, and a column serves one field."""

    def __init__(self, sample: Sample, contents: dict[str, Content]) -> None:
        self.sample = sample
        self.contents = contents
        self.chosen: dict[str, str] = {}
        self.chosen_by: dict[str, str] = {}

    def _give(self, field: str, column: str, reason: str) -> None:
        self.chosen[field] = column
        self.chosen_by[field] = reason

    def by_name(self) -> None:
        """Gives columns to fields whose name they bear and whose values they hold, the best pair first."""
        pairs = [
            (fit * (_WITHOUT_VALUES if content.empty else 1 + _SAID_BY_CONTENT * _bonus(field, content)), field, column)
            for column, content in self.contents.items()
            for field, fits in _FITS.items()
            if (fit := self._fit(field, column)) and (content.empty or fits(content))
        ]
        for _, field, column in sorted(pairs, key=lambda pair: -pair[0]):
            if field not in self.chosen and column not in self.chosen.values():
                self._give(field, column, "name" if self.contents[column].empty else "name and content")
        self._drop_needless_clock()

    def by_whole_name(self, fields: Iterable[str], *, few: bool) -> None:
        """Gives columns that are called exactly like a field and of which at least one cell can be read.

        Where there are few cells, an odd one says nothing against the name.
        """
        for field in fields:
            for column in self._free():
                content = self.contents[column]
                said = content.few >= few and not content.empty and is_name_of(field, column)
                if field not in self.chosen and said and _READ.get(field, _any)(content):
                    self._give(field, column, "name")
        self._drop_needless_clock()

    def _fit(self, field: str, column: str) -> float:
        if field == "rating" and comparable(column) in words("rating_of_reviews"):
            others = "|".join(map(comparable, self.sample.header))
            return float(any(word in others for word in words("review_words")))
        return fit_of_name(field, column)

    def _drop_needless_clock(self) -> None:
        """A column of times of day is read only beside one of days."""
        day = self.chosen.get("published_at")
        if "time_of_day" in self.chosen and (day is None or self.contents[day].midnights < _MOST):
            del self.chosen["time_of_day"], self.chosen_by["time_of_day"]

    def by_content(self) -> None:
        """Fills what no name told and only content can: the date, the link, the platform and the text."""
        self._best_by_content("published_at", lambda content: content.written_times)
        self._best_by_content("url", lambda content: content.posts)
        self._best_by_content("platform", lambda content: content.several_platforms)
        if not {"text", "title"} & set(self.chosen) and _BESIDE_TEXT & set(self.chosen):
            prose = {
                column: self.contents[column].length
                for column in self._free()
                if _FITS["text"](self.contents[column]) and not self.contents[column].platforms
            }
            longest = max(prose, key=lambda column: prose[column], default=None)
            if longest and prose[longest] >= _ENOUGH_PROSE and self.contents[longest].distinct >= _MOST:
                self._give("text", longest, "content")

    def _free(self) -> list[str]:
        return [column for column in self.contents if column not in self.chosen.values()]

    def _best_by_content(self, field: str, share: Callable[[Content], float]) -> None:
        if field in self.chosen:
            return
        shares = {column: share(self.contents[column]) for column in self._free()}
        best = max(shares, key=lambda column: shares[column], default=None)
        if best and shares[best] >= _NEARLY_ALL and self.contents[best].filled >= _MOST:
            self._give(field, best, "content")

    def ids(self) -> None:
        """Gives the columns of ids: the mention's own, the post above a comment, the comment above a reply."""
        named = {kind: self._named_ids(kind) for kind in words("ids")}
        keys = {kind: [column for column in named[kind] if self._is_key(column)] for kind in named}
        own, posts = keys["comment"], named["post"]
        if not own and not self._is_about_comments() and not self._is_finer(keys["any"], posts):
            own, posts = keys["post"], []
        own = own + keys["any"]
        if own:
            self._give("id", own[0], "name and content")
        if named["parent"]:
            self._give("parent_id", named["parent"][0], "name")
        if named["reposted"]:
            self._give("reposted_id", named["reposted"][0], "name")
        if posts:
            self._give("root_id", posts[0], "name")
            if not named["parent"]:
                self._give("parent_id", posts[0], "name")

    def _named_ids(self, kind: str) -> list[str]:
        order = [comparable(word) for word in words("ids")[kind]]
        found = [column for column in self._free() if comparable(column) in order]
        return sorted(found, key=lambda column: order.index(comparable(column)))

    def _is_finer(self, own: list[str], posts: list[str]) -> bool:
        """Whether several of the table's own ids share one id of a post."""
        distinct = [self.contents[column].distinct for column in (*own[:1], *posts[:1])]
        return len(distinct) == 2 and distinct[0] > distinct[1] + 0.1

    def _is_key(self, column: str) -> bool:
        content = self.contents[column]
        return not content.running and content.distinct >= 0.2 and content.tokens >= _NEARLY_ALL

    def _is_about_comments(self) -> bool:
        said = (comparable(self.chosen.get("text", "")), comparable(self.sample.name.replace("\\", "/").split("/")[-1]))
        return any(word in name for name in said for word in words("comment_words"))

    def kind(self, platform: str | None) -> str | None:
        """The kind of rows that do not say theirs: by their columns, else by what the one platform is for."""
        if "rating" in self.chosen:
            return "review"
        if self._named_ids_all("comment") or self._is_about_comments() or "root_id" in self.chosen:
            return "comment"
        if comparable(self.chosen.get("id", "")) in {comparable(word) for word in words("ids_of_videos")}:
            return "video"
        return words("kind_of_platform").get(platform, "post") if platform else None

    def _named_ids_all(self, kind: str) -> bool:
        return any(comparable(column) in map(comparable, words("ids")[kind]) for column in self.contents)

    def caption_is_text(self, platform: str | None) -> None:
        """Where a platform has no titles, a title is the text."""
        if platform in words("untitled") and "title" in self.chosen and "text" not in self.chosen:
            self._give("text", self.chosen.pop("title"), self.chosen_by.pop("title"))


def _any(content: Content) -> float:
    return content.filled


def _bonus(field: str, content: Content) -> float:
    """What content adds to a name where several columns may bear it."""
    if field == "url":
        return content.posts
    return content.filled


def platform_of(sample: Sample, columns: dict[str, str]) -> tuple[str | None, bool]:
    """The one platform of a table (None: several or not known), and whether the links of its rows tell theirs.

    What rows say comes before the columns' names, and these before the file's name.
    """
    for field, read in (("platform", platforms_of_words), ("url", links.platforms)):
        if field in columns:
            values = sample.records[columns[field]].drop_nulls()
            known = read(values).drop_nulls()
            if len(known) and len(known) >= len(values) / 2:
                return known[0] if known.n_unique() == 1 else None, "url" in columns
    return platform_of_header(sample.header) or platform_of_path(sample.name), False


def missing(mapping: Mapping, sample: Sample) -> tuple[str, ...]:
    """What a mapping still needs, in words; empty when it is complete."""
    lacks = []
    if "text" not in mapping.columns and "title" not in mapping.columns:
        lacks.append("a column with the text or the title")
    if mapping.platform is None and not {"platform", "url"} & set(mapping.columns):
        lacks.append(PLATFORM)
    date = mapping.columns.get("published_at") or _unreadable_date(sample, mapping)
    if date and not _may_be_dates(Content(sample.records[date])):
        lacks.append(f"a date that can be read (column {date!r} cannot)")
    return tuple(lacks)


def _may_be_dates(content: Content) -> bool:
    return content.empty or content.times >= _MOST or (content.few and content.times > 0)


def _unreadable_date(sample: Sample, mapping: Mapping) -> str | None:
    """A column that by its name is the date, but is not read as one."""
    free = [column for column in sample.header if column not in mapping.columns.values()]
    named = {column: fit_of_name("published_at", column) for column in free}
    best = max(named, key=lambda column: named[column], default=None)
    return best if best and named[best] and not sample.records[best].is_null().all() else None
