"""What a column holds, told from its values: the share of them that reads as a time, a count, a link and so on."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

import polars as pl

from listeners import links
from listeners.privacy import are_contacts
from listeners.table.platforms import platforms_of_words
from listeners.table.vocabulary import comparable, words
from tingfeng.mentions.counts import counts
from tingfeng.mentions.times import times

_CLOCK: Final = r"(?i)^\d{1,2}:\d{2}(:\d{2})?( ?[ap]m)?$"
_MIDNIGHT: Final = r"^\d{4}\D\d{1,2}\D\d{1,2}([ T]00:00(:00(\.0+)?)?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{4}$"
_RATING: Final = r"^([0-5](\.\d+)?|[★⭐☆]{1,5}|[1-5] ?(星|stars?))$"
_ROUNDED_EPOCH: Final = r"(?i)^[12](\.\d+)?e\+(9|12)$"
_WITH_SEPARATORS: Final = r"[-/.:年月日前]"
_SMALL_NUMBER: Final = r"^(?:#|№|(?i:no)[. ]?)?(\d{1,6})(?:\.0)?$"
_NEARLY_ALL: Final = 0.9
_FEW: Final = 10
#: Relative times count as times, whenever they were collected.
_SOME_DAY: Final = datetime(2026, 1, 1)


@dataclass(frozen=True)
class Content:
    """The values of one column of a sample (String, null: empty), as shares between 0 and 1 of the values it has."""

    values: pl.Series

    @cached_property
    def _known(self) -> pl.Series:
        return self.values.drop_nulls().str.strip_chars()

    @property
    def empty(self) -> bool:
        """Whether the column has no value at all."""
        return self._known.is_empty()

    @property
    def filled(self) -> float:
        """The share of rows that have a value."""
        return len(self._known) / max(len(self.values), 1)

    @property
    def few(self) -> bool:
        """Whether there are too few values for shares of them to tell much."""
        return len(self._known) < _FEW

    def _share(self, hits: pl.Series) -> float:
        return 0.0 if self.empty else int(hits.sum()) / len(hits)

    @cached_property
    def times(self) -> float:
        """Times in any form; epochs too, even those that a spreadsheet rounded."""
        read, _ = times(self._known, UTC, _SOME_DAY)
        return self._share(read.is_not_null() | self._known.str.contains(_ROUNDED_EPOCH))

    @cached_property
    def written_times(self) -> float:
        """Times that nobody takes for a number or an id."""
        read, _ = times(self._known, UTC, _SOME_DAY)
        return self._share(read.is_not_null() & self._known.str.contains(_WITH_SEPARATORS))

    @cached_property
    def midnights(self) -> float:
        """Days without a time of day."""
        return self._share(self._known.str.contains(_MIDNIGHT))

    @cached_property
    def clocks(self) -> float:
        """Times of day without a day."""
        return self._share(self._known.str.contains(_CLOCK))

    @cached_property
    def counts(self) -> float:
        """Numbers of things, unknown ones among them."""
        values, _ = counts(self._known)
        return self._share(values.is_not_null())

    @cached_property
    def ratings(self) -> float:
        """Stars, at most five."""
        return self._share(self._known.str.contains(_RATING))

    @cached_property
    def links(self) -> float:
        """Addresses of pages."""
        return self._share(self._known.str.contains(r"(?i)^(https?:)?//\S+$"))

    @cached_property
    def posts(self) -> float:
        """Links that name a post or a comment of a known platform."""
        known = links.platforms(self._known)
        found = [
            links.post_ids(name, self._known.filter(known == name)).count() for name in known.drop_nulls().unique()
        ]
        return sum(found) / max(len(known), 1)

    @cached_property
    def _platforms(self) -> pl.Series:
        return platforms_of_words(self._known)

    @property
    def platforms(self) -> float:
        """Names, domains or links of platforms."""
        return self._share(self._platforms.is_not_null())

    @property
    def several_platforms(self) -> float:
        """Names or domains of platforms, 0 when they all are one, as the brand or the app of a table may be."""
        return self.platforms if self.links < 0.5 and self._platforms.n_unique() > 1 else 0.0

    @cached_property
    def kinds(self) -> float:
        """Words for kinds of mentions."""
        known = {comparable(word) for listed in words("kind_words").values() for word in listed}
        return self._share(pl.Series([comparable(value) in known for value in self._known], dtype=pl.Boolean))

    @cached_property
    def private(self) -> float:
        """E-mail, telephone and network addresses."""
        return self._share(are_contacts(self._known))

    @cached_property
    def tokens(self) -> float:
        """Values without a space, as ids are."""
        return self._share(self._known.str.contains(r"^\S{1,200}$"))

    @cached_property
    def distinct(self) -> float:
        """Different values."""
        return self._known.n_unique() / max(len(self._known), 1)

    @cached_property
    def _numbers(self) -> pl.Series:
        return self._known.str.extract(_SMALL_NUMBER, 1).cast(pl.Int64)

    @property
    def running(self) -> bool:
        """Whether the values may be a table's own row numbers and not the ids of a platform; a last line of totals
        does not count."""
        return self._share(self._numbers.is_not_null()) >= _NEARLY_ALL

    @property
    def counts_rows(self) -> bool:
        """Whether the values are nothing but row numbers: each is one more, or one less, than the one before."""
        steps = self._numbers.diff().abs().drop_nulls()
        return self.running and len(steps) > 0 and int((steps == 1).sum()) / len(steps) >= _NEARLY_ALL

    @cached_property
    def length(self) -> float:
        """How many characters that are letters a value has on average."""
        letters = [sum(unicodedata.category(sign)[0] == "L" for sign in value) for value in self._known]
        return sum(letters) / max(len(letters), 1)
