"""App Store Connect: all reviews of one's own apps, with the key of the team."""

from typing import Any, ClassVar, Final

import httpx

from listeners.apis.client import Http
from listeners.apis.contract import Api, Fail, Job, Page, Signed, Skip, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.apis.keyfiles import key_file, signed, unusable
from listeners.nested import Document, Wrong
from listeners.registry import unfolded

_HOUR: Final = 3600
_PARTS: Final = 3


class AppStoreConnect(Api):
    """A cursor is the query of the link to the next page."""

    name: ClassVar[str] = "appstore_connect"
    platform: ClassVar[str] = "appstore"
    home: ClassVar[str] = "https://api.appstoreconnect.apple.com"
    credential: ClassVar[str] = "ISSUER:KEY ID:path of the key file (.p8)"
    guide: ClassVar[str] = (
        "All reviews of your own apps in all countries: `appstore_connect:741292507` below `sources`. In App Store "
        "Connect, under Users and Access, Integrations, make a team key with the role Customer Support and download "
        "its file; issuer and key id stand beside it. 3,600 requests an hour. The Apple Developer Program's licence "
        "holds."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each app."""
        return [Job(f"reviews {app}", {"app": app}, searched=False) for app in dict.fromkeys(wanted.follow)]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """Two hundred reviews, the newest first."""
        app = str(job.params["app"])
        params: dict[str, Any] = dict(httpx.QueryParams(cursor)) if cursor else {"sort": "-createdDate", "limit": "200"}
        found = http.json(f"{self.home}/v1/apps/{app}/customerReviews", params)
        links = found.get("links")
        following = links.get("next") if isinstance(links, dict) else None
        records = [_of_app(record, app) for record in unfolded(self.name, found)]
        return Page(records, str(httpx.URL(following).params) if following else None)

    def sign_in(self, secret: str, http: Http) -> Signed:
        """A token for a quarter of an hour, signed with the key file."""
        parts = [part.strip() for part in secret.split(":", _PARTS - 1)]
        if len(parts) < _PARTS or not all(parts):
            raise unusable(f"the credential is not {self.credential}")
        issuer, key_id, path = parts
        claims = {"iss": issuer, "aud": "appstoreconnect-v1"}
        return super().sign_in(signed(claims, key_file(path), "ES256", {"kid": key_id}), http)

    def judge(self, response: httpx.Response) -> Verdict:
        """Apple says how many requests are left, and not until when."""
        match judged(response):
            case Skip():
                return Fail("this is no app of the account")
            case Wait(reason, None) if "user-hour-rem:0;" in f"{response.headers.get('x-rate-limit', '')};":
                return Wait(reason, _HOUR)
            case verdict:
                return verdict


def _of_app(record: Document | Wrong, app: str) -> Document | Wrong:
    return record if isinstance(record, Wrong) else {**record, "app": record["app"] or app}
