"""News all over the world by the search of GDELT: 250 headlines at once, so that time is cut until they fit."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final

import httpx

from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Fine, Job, Page, Skip, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.apis.terms import alternatives, plain
from listeners.nested import Document, items
from listeners.reading.jsontext import BROKEN, decoded
from listeners.registry import unfolded
from tingfeng.queries import Query
from tingfeng.queries.tree import Term

_SEARCH: Final = "https://api.gdeltproject.org/api/v2/doc/doc"
_MOST: Final = 250
_LONGEST_QUERY: Final = 250
_SHORTEST_WORD: Final = 3
_LONGEST_WORDS: Final = 200
_FIRST: Final = timedelta(days=90)
#: GDELT looks for articles this often; a shorter time cannot be cut.
_SHORTEST: Final = timedelta(minutes=15)
_TIME: Final = "%Y%m%d%H%M%S"
_PHRASE: Final = re.compile('"[^"]+"')
_NO_WORD: Final = re.compile(r"[^\w\s'-]+|_")

Span = tuple[datetime, datetime]


class Gdelt(Api):
    """Articles are undated, so that the time of the last whole search is kept as the memo.

    A cursor is the time at which the search began and the spans that are left, the next one first.
    """

    name: ClassVar[str] = "gdelt"
    platform: ClassVar[str] = "news"
    home: ClassVar[str] = "https://api.gdeltproject.org"
    pace: ClassVar[float] = 5.5
    overlap: ClassVar[timedelta] = timedelta(days=1)
    guide: ClassVar[str] = (
        "Headlines that GDELT finds for the words of a query: of the last three months at first, then those since. "
        "GDELT translates articles and searches them in English, so give a query Latin names too. It has no texts, and "
        "nothing can be followed. No key is needed; it takes one request in five seconds, and fewer when many ask."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each set of words, and as few as possible for single words."""
        searches = [search for query in wanted.queries for search in _searches(query)]
        return [Job(f"search {search}", {"query": search}) for search in dict.fromkeys(searches)]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """The articles of one span of time; where they are too many, its halves come next."""
        now, spans = _read(cursor) if cursor else self._begin(job)
        (start, end), rest = spans[0], spans[1:]
        asked = {
            "query": str(job.params["query"]),
            "mode": "artlist",
            "format": "json",
            "sort": "datedesc",
            "maxrecords": str(_MOST),
            "startdatetime": start.strftime(_TIME),
            "enddatetime": end.strftime(_TIME),
        }
        found = _document(http.response(_SEARCH, asked))
        articles = items(found, "articles")
        if articles and not any(_within(article, start, end) for article in articles):
            # Another time than was asked for: the same again, which ends the chain with an error.
            return Page([], _written(now, spans))
        full = len(articles) >= _MOST
        if full and end - start > _SHORTEST:
            middle = (start + (end - start) / 2).replace(microsecond=0)
            return Page([], _written(now, [(middle, end), (start, middle), *rest]))
        missing = (f"only {_MOST} articles of all from {start} to {end} can be had",) if full else ()
        # A pull from some time on is only a part.
        memo = None if job.since else now.strftime(_TIME)
        return Page(unfolded(self.name, found), _written(now, rest) if rest else None, errors=missing, memo=memo)

    def judge(self, response: httpx.Response) -> Verdict:
        """GDELT says what is wrong as text with the status 200."""
        verdict = judged(response)
        return _said(response.text.strip()) if isinstance(verdict, Fine) else verdict

    def _begin(self, job: Job) -> tuple[datetime, list[Span]]:
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        last = _time(job.memo) - self.overlap if job.memo else now - _FIRST
        return now, [(min(job.since or last, now), now)]


def _searches(query: Query) -> list[str]:
    """A query as GDELT takes it: words that must all occur, or one bracket of words of which one must.

    What is shorter than GDELT takes, or not written in Latin letters, is asked for alone, as it may be refused.
    """
    found = [" ".join(filter(None, map(_word, terms))) for terms in alternatives(query)]
    plain_words = [text for text in found if text.isascii() and len(text) >= _SHORTEST_WORD]
    single = [text for text in plain_words if " " not in text or _PHRASE.fullmatch(text)]
    blocks: list[list[str]] = []
    for text in single:
        if blocks and len(_block([*blocks[-1], text])) <= _LONGEST_QUERY:
            blocks[-1].append(text)
        else:
            blocks.append([text])
    return [*map(_block, blocks), *(text for text in found if text and text not in single)]


def _block(words: Sequence[str]) -> str:
    return f"({' OR '.join(words)})" if len(words) > 1 else words[0]


def _word(term: Term) -> str:
    """A term without the signs that GDELT takes for a mistake; a phrase in quotes."""
    words = " ".join(_NO_WORD.sub(" ", plain(term)).split())
    return f'"{words}"' if not words.isalnum() and words else words


def _said(text: str) -> Verdict:
    """What an answer means that is no JSON."""
    if text.startswith("{"):
        return Fine() if text.endswith("}") else Wait("the answer is cut off")
    lower = text.lower()
    if not text or lower.startswith(("<", "timeout")):
        return Wait("the answer is no JSON")
    if "limit requests" in lower:
        return Wait("GDELT wants fewer requests", 10)
    said = f"GDELT says: {' '.join(text.split())[:_LONGEST_WORDS]}"
    return Skip(said) if "too short" in lower else Fail(said)


def _document(response: httpx.Response) -> Document:
    try:
        found: Document = decoded(response.content.decode("utf-8-sig", "replace"))
    except BROKEN:
        raise Refusal(Fail("GDELT's answer is broken JSON")) from None
    return found


def _within(article: Document, start: datetime, end: datetime) -> bool:
    """Whether an article was seen in a span of time, as far as it says so."""
    try:
        seen = datetime.strptime(str(article.get("seendate")), "%Y%m%dT%H%M%SZ")
    except ValueError:
        return True
    return start - _SHORTEST <= seen <= end + _SHORTEST


def _time(written: str) -> datetime:
    return datetime.strptime(written, _TIME)


def _written(now: datetime, spans: Sequence[Span]) -> str:
    times = (now, *(time for span in spans for time in span))
    return " ".join(time.strftime(_TIME) for time in times)


def _read(cursor: str) -> tuple[datetime, list[Span]]:
    now, *times = map(_time, cursor.split())
    return now, list(zip(times[::2], times[1::2], strict=True))
