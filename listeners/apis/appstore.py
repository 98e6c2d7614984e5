"""Reviews in the App Store: the public feed of each app that is followed, country by country, ten pages of fifty."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.bodies import value
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Fine, Job, Page, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.nested import Document, Wrong
from listeners.reading.feeds import parsed
from listeners.reading.jsontext import BROKEN
from listeners.registry import unfolded
from tingfeng.home import config

_PAGES: Final = 10
#: XML has the time of a review. At times it is refused or empty, without a reason: it is asked again, and then as JSON.
_FORMS: Final = ("xml", "xml", "json")
_ENDS: Final = (b"</feed>", b"}")
_PAGE: Final = re.compile(r"/page=(\d+)/")
_APP: Final = re.compile(r"\d{3,15}")
_COUNTRY: Final = re.compile(r"[a-z]{2}")


def in_countries(follow: Iterable[str]) -> list[tuple[str, str]]:
    """Each app in each country that it is followed in: `741292507` in the usual ones, `cn/741292507` in China."""
    found: list[tuple[str, str]] = []
    for followed in follow:
        country, _, app = followed.strip().lower().rpartition("/")
        found += [(one, app) for one in ([country] if country else config("storefronts"))]
    return list(dict.fromkeys(found))


class AppStore(Api):
    """A cursor is the number of a page."""

    name: ClassVar[str] = "appstore"
    platform: ClassVar[str] = "appstore"
    home: ClassVar[str] = "https://itunes.apple.com"
    guide: ClassVar[str] = (
        "The 500 newest reviews of an app in a country. `appstore:741292507` below `sources` follows it in the usual "
        "countries (`config/storefronts.yaml`), `appstore:cn/741292507` in one: the number is in the app's address. "
        "No key is needed. Nothing is searched for, so no query takes anything away."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each app and country."""
        return [
            Job(f"reviews {country}/{app}", {"country": country, "app": app}, searched=False)
            for country, app in in_countries(wanted.follow)
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A page of reviews, the newest first."""
        country, app, number = str(job.params["country"]), str(job.params["app"]), int(cursor or 1)
        if not (_APP.fullmatch(app) and _COUNTRY.fullmatch(country)):
            raise Refusal(Fail("an app is followed by its number, perhaps after a country: appstore:cn/741292507"))
        found = _asked(f"{self.home}/{country}/rss/customerreviews/page={number}/id={app}/sortby=mostrecent", http)
        records = [_placed(record, country, app) for record in unfolded(self.name, found)]
        if not records:
            if number == 1:
                raise Refusal(Skip("no reviews are shown in this country"))
            return Page([])
        if _named(found, "self", number) != number:
            # Another page than was asked for: the same again, which ends the chain with an error.
            return Page(records, str(number))
        return Page(records, str(number + 1) if number < _named(found, "last", _PAGES) else None)

    def judge(self, response: httpx.Response) -> Verdict:
        """Apple refuses who asks too often, with the words for who may not ask at all."""
        match judged(response):
            case Stop():
                return Wait("Apple wants fewer requests", 60)
            case Fine() if not response.content.rstrip().endswith(_ENDS):
                return Wait("the answer is no feed, or is cut off")
            case verdict:
                return verdict


def _asked(url: str, http: Http) -> Document:
    """The first answer that holds reviews, else the last one."""
    refused: Refusal | None = None
    found: Document | None = None
    for form in _FORMS:
        try:
            document = _document(http.response(f"{url}/{form}"))
        except Refusal as refusal:
            refused = refusal
            continue
        found = document or found
        if document and unfolded("appstore", document):
            return document
    if found is None:
        raise refused or Refusal(Fail("what Apple answers is no feed"))
    return found


def _document(response: httpx.Response) -> Document | None:
    """The feed, as the listener for saved ones has it; None where it is none."""
    if not response.content.lstrip().startswith(b"{"):
        return parsed(response.content)
    try:
        found = value(response)
    except BROKEN:
        return None
    return found if isinstance(found.get("feed"), dict) else None


def _placed(record: Document | Wrong, country: str, app: str) -> Document | Wrong:
    """A review with its app and country, which feeds do not always name."""
    if isinstance(record, Wrong):
        return record
    return {**record, "app": record["app"] or app, "country": record["country"] or country.upper()}


def _named(document: Document, relation: str, otherwise: int) -> int:
    """The number of the page that a feed links to as `self` or `last`."""
    feed = document["feed"]
    links: list[Any] = feed.get("links") or feed.get("link") or []
    for one in links if isinstance(links, list) else []:
        link = one.get("attributes", one)
        found = _PAGE.search(str(link.get("href"))) if link.get("rel") == relation else None
        if found:
            return min(int(found[1]), _PAGES)
    return otherwise
