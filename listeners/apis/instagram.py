"""Instagram by the Graph API: hashtags, what tags an own account, its comments, and other professional accounts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Job, Page, Signed, Skip, Stop, Verdict, Wanted
from listeners.apis.meta import GRAPH, after, cursor_in, judge_graph, records
from listeners.apis.terms import alternatives, plain
from listeners.nested import Document, items
from listeners.registry import unfolded
from tingfeng.queries import Query
from tingfeng.queries.tree import Comparison, Node, Not, children

_MEDIUM: Final = "id,caption,media_type,permalink,timestamp,like_count,comments_count"
_OWN: Final = f"{_MEDIUM},media_product_type,username"
_REPLY: Final = "id,text,timestamp,username,like_count,from,parent_id"
_COMMENT: Final = f"{_REPLY},media,replies{{{_REPLY}}}"
_FIELDS: Final = {"media": _OWN, "tags": _OWN, "comments": _COMMENT}
_LIMIT: Final = "50"
_NO_HASHTAG: Final = 2207024
_TOO_MANY_HASHTAGS: Final = 18


class Instagram(Api):
    """Media and comments. A cursor is Meta's own; of a hashtag it is `HASHTAG LAST AFTER`, since Meta's never changes.

    HASHTAG is the hashtag's id, LAST the last medium of the page before.
    """

    name: ClassVar[str] = "instagram"
    platform: ClassVar[str] = "instagram"
    home: ClassVar[str] = "https://graph.facebook.com"
    credential: ClassVar[str] = "user_id:token, the id being that of your professional Instagram account"
    parameter: ClassVar[str] = "access_token"
    #: Comments still come when a post is some days old.
    overlap: ClassVar[timedelta] = timedelta(days=7)
    guide: ClassVar[str] = (
        "Instagram cannot be searched for words, only for hashtags: each word of a query is asked for as one (the "
        "longest of several that must occur together, a phrase without its spaces), of the last 24 hours and of the "
        "most popular media. What comes has no author. An account may ask for 30 different hashtags in seven days; "
        "what is more is reported and left out. Media that tag your own account are read too. `instagram:@NAME` among "
        "the subjects' accounts or below `sources` adds the media of a public professional account, `instagram:ID` "
        "(the number of an account of your own) its media with their comments and what tags it, and "
        '`"instagram:#TAG"` all of a hashtag. Mentions in other people\'s captions are only told to a server of '
        "yours when they happen, so they cannot be pulled."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """Two jobs for each hashtag, and one for each account; two for one of your own."""
        followed = dict.fromkeys(_as_hashtag(name) for name in wanted.names if name.startswith("#"))
        searched = dict.fromkeys(tag for query in wanted.queries for tag in hashtags(query) if tag not in followed)
        return [
            *([Job("tags", {"edge": "tags"})] if wanted.queries else []),
            *(job for name in wanted.names if not name.startswith("#") for job in _of_account(name)),
            *(job for tag in followed for job in _of_hashtag(tag, searched=False)),
            *(job for tag in searched for job in _of_hashtag(tag, searched=True)),
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of a hashtag, of an account that is only known by its name, or of what is below an id."""
        if not http.account:
            hint = "write user_id:token, the id being that of your professional Instagram account"
            raise Refusal(Stop("the credential says no account", hint=hint))
        if "tag" in job.params:
            return self._tagged(job, cursor, http)
        if "name" in job.params:
            return self._discovered(job.params["name"], cursor, http)
        edge = job.params["edge"]
        paged = {"after": cursor} if cursor else {}
        below = job.params.get("of", http.account)
        found = http.json(f"{GRAPH}/{below}/{edge}", {"fields": _FIELDS[edge], "limit": _LIMIT, **paged})
        led_to = tuple(_comments(one) for one in items(found, "data") if edge == "media" and _has_comments(one))
        return Page(records(self.name, found), after(found), jobs=led_to)

    def sign_in(self, secret: str, http: Http) -> Signed:
        """The token without the account before it."""
        return super().sign_in(secret.rpartition(":")[2], http)

    def judge(self, response: httpx.Response) -> Verdict:
        """By Meta's codes, and those for hashtags."""
        error = said(response).get("error") if not response.is_success else None
        if isinstance(error, dict) and error.get("error_subcode") == _NO_HASHTAG:
            return Skip("Instagram knows no such hashtag, or does not show it")
        if isinstance(error, dict) and error.get("code") == _TOO_MANY_HASHTAGS:
            return Fail("30 other hashtags were asked for in the last seven days, and no more are allowed")
        return judge_graph(response)

    def _tagged(self, job: Job, cursor: str | None, http: Http) -> Page:
        who = {"user_id": http.account}
        hashtag, last, following = cursor.split(" ", 2) if cursor else (job.memo or "", "", "")
        if not hashtag:
            known = items(http.json(f"{GRAPH}/ig_hashtag_search", {**who, "q": job.params["tag"]}), "data")
            if not known:
                return Page([])
            hashtag = str(known[0]["id"])
        found = http.json(
            f"{GRAPH}/{hashtag}/{job.params['edge']}",
            {**who, "fields": _MEDIUM, "limit": _LIMIT, **({"after": following} if following else {})},
        )
        media, following = items(found, "data"), after(found) or ""
        last = str(media[-1].get("id")) if media else last
        return Page(records(self.name, found), f"{hashtag} {last} {following}" if following else None, memo=hashtag)

    def _discovered(self, name: str, cursor: str | None, http: Http) -> Page:
        paged = f".after({cursor})" if cursor else ""
        media = f"media.limit({_LIMIT}){paged}{{{_MEDIUM},media_product_type}}"
        fields = f"business_discovery.username({name}){{id,username,followers_count,{media}}}"
        found = http.json(f"{GRAPH}/{http.account}", {"fields": fields})
        shown: Document = found.get("business_discovery", {}).get("media", {})
        # Here Meta says no address of the next page; behind the last one there is no cursor.
        return Page(unfolded(self.name, found) if shown else [], cursor_in(shown.get("paging", {})))


def hashtags(query: Query) -> list[str]:
    """The hashtags that find most of what `query` selects: one for each of its alternatives, and those it names."""
    words = [max(map(_as_hashtag, map(plain, terms)), key=len) for terms in alternatives(query)]
    return [tag for tag in dict.fromkeys((*words, *map(_as_hashtag, _named(query.root)))) if tag and not tag.isdigit()]


def _named(node: Node) -> Iterator[str]:
    if isinstance(node, Comparison) and node.field == "hashtag":
        yield str(node.value)
    elif not isinstance(node, Not):
        for child in children(node):
            yield from _named(child)


def _as_hashtag(words: str) -> str:
    return re.sub(r"\W", "", words).lower()


def _of_hashtag(tag: str, *, searched: bool) -> list[Job]:
    edges = {"recent": "recent_media", "top": "top_media"}
    return [
        Job(f"hashtag {tag} {which}", {"tag": tag, "edge": edge}, searched=searched, newest_first=False)
        for which, edge in edges.items()
    ]


def _of_account(name: str) -> list[Job]:
    if not name.isdigit():
        return [Job(f"account {name}", {"name": re.sub(r"[^\w.]", "", name)}, searched=False)]
    return [Job(f"{edge} {name}", {"of": name, "edge": edge}, searched=False) for edge in ("media", "tags")]


def _has_comments(medium: Document) -> bool:
    return bool(medium.get("id")) and medium.get("comments_count") != 0


def _comments(medium: Document) -> Job:
    return Job(f"comments {medium['id']}", {"of": str(medium["id"]), "edge": "comments"}, searched=False)
