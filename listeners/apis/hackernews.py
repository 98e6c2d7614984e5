"""Hacker News by the search of Algolia: no key, all words must occur, the newest first."""

from typing import Any, ClassVar, Final

from listeners.apis.client import Http
from listeners.apis.contract import Api, Job, Page, Wanted
from listeners.apis.terms import plain, searches
from listeners.apis.times import epoch
from listeners.nested import items
from listeners.registry import unfolded

_SEARCH: Final = "https://hn.algolia.com/api/v1/search_by_date"
_ON_A_PAGE: Final = 100
#: How many hits of a search can be seen.
_SHOWN: Final = 1000


class HackerNews(Api):
    """Stories and comments by words, or all of an account's; behind the newest 1,000 hits it asks on by time.

    A cursor is `PAGE` or `PAGE<SECOND`: the page among what was published before that second.
    """

    name: ClassVar[str] = "hackernews"
    platform: ClassVar[str] = "hackernews"
    home: ClassVar[str] = "https://hn.algolia.com"
    pace: ClassVar[float] = 0.4
    guide: ClassVar[str] = (
        "Stories and comments in which all words of a query occur, by the search of Algolia, and everything that the "
        "subjects' accounts wrote (`hackernews:@NAME`). Below `sources`, `hackernews:NAME` follows somebody else. "
        "10,000 requests an hour are allowed from one address."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each set of words, and one for each account."""
        return [
            *(
                Job(f"search {text}", {"query": text, "tags": "(story,comment)"})
                for text in searches(wanted.queries, plain)
            ),
            *(
                Job(f"author {name}", {"tags": f"(story,comment),author_{name}"}, searched=False)
                for name in wanted.names
            ),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of hits; behind the last one that can be shown, the first of what is older."""
        number, _, before = (cursor or "0").partition("<")
        times = [f"created_at_i>{epoch(job.since) - 1}"] if job.since else []
        times += [f"created_at_i<{before}"] if before else []
        found: dict[str, Any] = http.json(
            _SEARCH,
            {
                **job.params,
                "typoTolerance": "false",
                "hitsPerPage": str(_ON_A_PAGE),
                "page": number,
                **({"numericFilters": ",".join(times)} if times else {}),
            },
        )
        following = _following(int(number), before, items(found, "hits"), found)
        return Page(unfolded(self.name, found), following)


def _following(number: int, before: str, hits: list[dict[str, Any]], found: dict[str, Any]) -> str | None:
    if found.get("page", number) != number:
        # Another page than was asked for: the same again, which ends the chain with an error.
        return f"{number}<{before}" if before else str(number)
    if number + 1 < int(found.get("nbPages", 0)):
        return f"{number + 1}<{before}" if before else str(number + 1)
    shown = number * int(found.get("hitsPerPage", _ON_A_PAGE)) + len(hits)
    if _SHOWN <= shown < int(found.get("nbHits", 0)):
        # One second more, so that what was published in the same second is not lost.
        return f"0<{int(hits[-1]['created_at_i']) + 1}"
    return None
