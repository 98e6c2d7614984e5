"""The App Store's charts: the hundred most popular apps of a country today. They are ranks, not mentions."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar, Final

import httpx

from listeners.apis.appstore import in_countries
from listeners.apis.client import Http, Refusal
from listeners.apis.contract import Api, Fail, Job, Page, Rank, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.nested import items

_CHARTS: Final = ("top-free", "top-paid")
_MOST: Final = 100


class AppStoreCharts(Api):
    """Charts of the countries in which watchlists follow apps."""

    name: ClassVar[str] = "appstore_charts"
    platform: ClassVar[str] = "appstore"
    home: ClassVar[str] = "https://rss.marketingtools.apple.com"
    follows: ClassVar[str] = "appstore"
    guide: ClassVar[str] = (
        "The 100 top free and 100 top paid apps of each country in which a watchlist follows an app (`appstore:ID`). "
        "There is no history: pull every day. Ranks are no mentions; `tingfeng measure ranks` tells them. No key is "
        "needed. Apple offers these feeds for everybody's use; see the Apple Media Services Terms."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each chart of each country."""
        countries = dict.fromkeys(country for country, _ in in_countries(wanted.follow))
        return [
            Job(f"{chart} {country}", {"country": country, "chart": chart}, searched=False)
            for country in countries
            for chart in _CHARTS
        ]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """All of a chart."""
        country, chart = str(job.params["country"]), str(job.params["chart"])
        found = http.json(f"{self.home}/api/v2/{country}/apps/{chart}/{_MOST}/apps.json")
        if not isinstance(found, dict) or not isinstance(found.get("feed"), dict):
            raise Refusal(Fail("what Apple answers is no chart"))
        day = _day(found["feed"].get("updated"))
        ranks = tuple(
            Rank(day, country.upper(), chart, str(app["id"]), _name(app), place)
            for place, app in enumerate(items(found, "feed", "results"), 1)
            if app.get("id")
        )
        return Page([], ranks=ranks)

    def judge(self, response: httpx.Response) -> Verdict:
        """Apple refuses who asks too often, with the words for who may not ask at all."""
        verdict = judged(response)
        return Wait("Apple wants fewer requests", 60) if isinstance(verdict, Stop) else verdict


def _name(app: dict[str, Any]) -> str | None:
    return str(app["name"]) if app.get("name") else None


def _day(updated: Any) -> date:
    """The day of a chart in UTC, as it says; today where it does not."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            when = read(str(updated))
        except (ValueError, TypeError):
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).date()
    return datetime.now(UTC).date()
