"""Google Play: the reviews of one's own apps of the last seven days, with the key of a service account."""

import json
from typing import ClassVar, Final

import httpx

from listeners.apis.bodies import said
from listeners.apis.client import Http
from listeners.apis.contract import Api, Fail, Job, Page, Signed, Skip, Stop, Verdict, Wait, Wanted
from listeners.apis.judging import judged
from listeners.apis.keyfiles import key_file, signed, unusable
from listeners.nested import Document, Wrong, items
from listeners.registry import unfolded

_TOKENS: Final = "https://oauth2.googleapis.com/token"
_SCOPE: Final = "https://www.googleapis.com/auth/androidpublisher"
_GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_IN_A_HURRY: Final = ("rateLimitExceeded", "userRateLimitExceeded")
_USED_UP: Final = ("quotaExceeded", "dailyLimitExceeded")
_HOUR: Final = 3600


class GooglePlay(Api):
    """A cursor is Google's token of the next page."""

    name: ClassVar[str] = "googleplay"
    platform: ClassVar[str] = "googleplay"
    home: ClassVar[str] = "https://androidpublisher.googleapis.com"
    also: ClassVar[tuple[str, ...]] = ("https://oauth2.googleapis.com",)
    credential: ClassVar[str] = "the path of a service account's key file (.json)"
    guide: ClassVar[str] = (
        "Reviews with a text of your own apps, of the last seven days only, so pull more often than weekly: "
        "`googleplay:com.example.app` below `sources`. In the Google Cloud console make a service account with a JSON "
        "key and switch on the Google Play Android Developer API; in the Play Console invite the account with the "
        "permission to reply to reviews. 200 requests an hour. The Google APIs Terms of Service hold."
    )

    def jobs(self, wanted: Wanted) -> list[Job]:
        """One job for each app."""
        return [Job(f"reviews {app}", {"app": app}, searched=False) for app in dict.fromkeys(wanted.follow)]

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        """A hundred reviews, those that were changed last at first."""
        app = str(job.params["app"])
        params = {"maxResults": "100", **({"token": cursor} if cursor else {})}
        found = http.json(f"{self.home}/androidpublisher/v3/applications/{app}/reviews", params)
        paging = found.get("tokenPagination")
        following = paging.get("nextPageToken") if isinstance(paging, dict) else None
        return Page([_of_app(record, app) for record in unfolded(self.name, found)], following or None)

    def sign_in(self, secret: str, http: Http) -> Signed:
        """A token from Google in exchange for one that is signed with the key file."""
        try:
            account = json.loads(key_file(secret))
            email, key = str(account["client_email"]), str(account["private_key"])
        except (ValueError, TypeError, KeyError):
            raise unusable("the file is no key of a service account") from None
        assertion = signed({"iss": email, "scope": _SCOPE, "aud": _TOKENS}, key, "RS256")
        http.secrets.add(assertion)
        asked = {"grant_type": _GRANT, "assertion": assertion}
        found = http.json(_TOKENS, method="POST", data=asked, signed=False)
        return super().sign_in(found["access_token"], http)

    def judge(self, response: httpx.Response) -> Verdict:
        """Google gives a reason beside the status."""
        reasons = _reasons(response)
        match judged(response):
            case Fail() if response.request.url.path.endswith("/token"):
                return Stop("Google does not accept the key file", hint="check the service account, or make a new key")
            case Stop() if reasons & {*_IN_A_HURRY}:
                return Wait("Google wants fewer requests")
            case Stop() | Wait(_, None) if reasons & {*_USED_UP}:
                return Stop("the requests of this hour are used up", _HOUR)
            case Skip():
                return Fail("this is no app of the account")
            case verdict:
                return verdict


def _reasons(response: httpx.Response) -> set[str]:
    """What Google's error says, in its own words."""
    found = said(response) if response.is_error else {}
    return {str(error.get("reason")) for error in items(found, "error", "errors")}


def _of_app(record: Document | Wrong, app: str) -> Document | Wrong:
    return record if isinstance(record, Wrong) else {**record, "packageName": app}
