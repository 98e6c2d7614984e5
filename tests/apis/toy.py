"""An API that is none: it asks for a secret in any of the usual ways, and pages by tokens."""

from collections.abc import Sequence
from typing import Any, ClassVar

import httpx

from listeners.apis.client import Http
from listeners.apis.contract import Api, Job, Page, Signed, Wanted
from tests.apis.fakes.hackernews import ITEMS
from tests.apis.kit import Router

CANARY = "canary/5f3a9c+71=e2"
SIZE = 5


class Toy(Api):
    """Everything, in pages of five; records are those of Hacker News."""

    name: ClassVar[str] = "toy"
    platform: ClassVar[str] = "hackernews"
    home: ClassVar[str] = "https://toy.example"
    also: ClassVar[tuple[str, ...]] = ("https://sign.toy.example",)
    guide: ClassVar[str] = "None."
    credential: ClassVar[str] = "id:secret"
    unit: ClassVar[str] = "units of 100 a day"

    def __init__(self, way: str = "header") -> None:
        self.way = way

    def jobs(self, wanted: Wanted) -> list[Job]:
        return [Job("all", searched=False, format="hackernews", units=2)] if wanted.queries else []

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        found = http.json("https://toy.example/v1/items", {"after": cursor} if cursor else None)
        return Page(found["items"], found.get("next"), tuple(found.get("errors", ())))

    def sign_in(self, secret: str, http: Http) -> Signed:
        if self.way == "header":
            return Signed(headers={"Authorization": f"Bearer {secret}"})
        if self.way == "query":
            return Signed(params={"access_token": secret})
        found = http.json("https://sign.toy.example/token", method="POST", data={"secret": secret}, signed=False)
        return Signed(headers={"Authorization": f"Bearer {found['token']}"})


class Threads(Toy):
    """Stories, and the comments of each by a job of its own."""

    def page(self, job: Job, cursor: str | None, http: Http) -> Page:
        story = {"story": str(job.params["story"])} if "story" in job.params else {}
        found = http.json("https://toy.example/v1/items", {**story, **({"after": cursor} if cursor else {})})
        if story:
            return Page(found["items"], found.get("next"))
        led_to = [
            Job(f"comments {item['objectID']}", {"story": item["objectID"]}, searched=False, format="hackernews")
            for item in found["items"]
        ]
        return Page(found["items"], found.get("next"), jobs=tuple(led_to))


def threads_router(request: httpx.Request) -> httpx.Response:
    """Stories, or the comments of one."""
    story = request.url.params.get("story")
    items = [item for item in ITEMS if ("comment" in item["_tags"]) is bool(story)]
    found = toy_router([item for item in items if not story or str(item["story_id"]) == story])(request)
    return httpx.Response(404) if story == "1" else found


def toy_router(items: Sequence[dict[str, Any]] = ITEMS) -> Router:
    """The toy's server. It is careless: its answers quote what was asked, secrets and all."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return httpx.Response(200, json={"token": f"{CANARY}-session"})
        start = int(request.url.params.get("after", 0))
        body: dict[str, Any] = {"items": items[start : start + SIZE], "asked": str(request.url)}
        body["errors"] = [f"no author for {request.url} {request.headers.get('authorization')}"]
        if start + SIZE < len(items):
            body["next"] = str(start + SIZE)
        return httpx.Response(200, json=body)

    return answer
