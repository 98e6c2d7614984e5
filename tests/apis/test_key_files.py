"""Sources whose credential is a key file: what is wrong with one is said, and nothing of it is seen."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from listeners.apis.appstore_connect import AppStoreConnect
from listeners.apis.contract import Api
from listeners.apis.googleplay import GooglePlay
from sentiment import Scorer
from tests.apis.conftest import puller
from tests.apis.fakes import appstore_connect, googleplay
from tests.apis.fakes.keys import OF_APPLE, OF_GOOGLE, written
from tests.apis.kit import FakeApi
from tingfeng.store import Store

BOTH = pytest.mark.parametrize(
    ("api", "fake"), [(AppStoreConnect(), appstore_connect.FAKE), (GooglePlay(), googleplay.FAKE)], ids=lambda one: ""
)


def secret(fake: FakeApi, path: Path) -> str:
    return f"{fake.secret.rpartition(':')[0]}:{path}".removeprefix(":")


@BOTH
def test_reviews_have_their_app_time_and_country(api: Api, fake: FakeApi, store: Store, scorer: Scorer):
    assert puller(api, fake, store, scorer)(fake.route())["new"] == 13
    row = store.rows("SELECT root_id, region, rating, text, kind, published_at IS NULL AS undated FROM mentions")[0]
    app, region = ("741292507", "CN") if api.platform == "appstore" else ("com.example.app", None)
    assert (row["root_id"], row["region"], row["rating"], row["kind"], row["undated"]) == (
        app,
        region,
        4,
        "review",
        False,
    )
    assert row["text"].startswith("Fine and quick")


@BOTH
@pytest.mark.parametrize(
    "content", [None, "", "{}", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"]
)
def test_a_key_file_that_cannot_be_used_stops_the_source(
    content: str | None, api: Api, fake: FakeApi, store: Store, scorer: Scorer, tmp_path: Path
):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
    result = puller(api, replace(fake, secret=secret(fake, path)), store, scorer)(fake.route())
    assert result["requests"] == 0
    assert "file" in result["error"]["what"]
    assert result["error"]["hint"] == "check the path, or download a new key"
    assert "c2VjcmV0" not in json.dumps(result)


def test_the_key_of_somebody_else_is_refused(store: Store, scorer: Scorer, tmp_path: Path):
    path = tmp_path / "key"
    account = {"client_email": "a@example.iam", "private_key": written(googleplay_key())}
    path.write_text(json.dumps(account))
    result = puller(GooglePlay(), replace(googleplay.FAKE, secret=str(path)), store, scorer)(googleplay.FAKE.route())
    assert result["error"]["what"].endswith("Google does not accept the key file")


def googleplay_key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@BOTH
def test_an_app_of_others_is_an_error_of_its_own(api: Api, fake: FakeApi, store: Store, scorer: Scorer):
    watchlist = fake.watchlist.replace('sources: ["', f'sources: ["{api.name}:999", "')
    result = puller(api, replace(fake, watchlist=watchlist), store, scorer)(fake.route())
    assert result["errors"] == [{"job": "reviews 999", "what": "this is no app of the account"}]
    assert result["new"] == 13


@BOTH
def test_the_requests_of_an_hour_are_used_up(api: Api, fake: FakeApi, store: Store, scorer: Scorer):
    spent = httpx.Response(
        429 if api.platform == "appstore" else 403,
        headers={"x-rate-limit": "user-hour-lim:3600;user-hour-rem:0;"},
        json={"error": {"errors": [{"reason": "quotaExceeded"}]}},
    )
    result = puller(api, fake, store, scorer)(lambda one: fake.route()(one) if "token" in one.url.path else spent)
    assert (result["complete"], result["next_run"]) == (False, "2026-06-01T13:30:00Z")
    assert "error" not in result


@BOTH
def test_no_key_and_no_token_is_seen(
    api: Api, fake: FakeApi, store: Store, scorer: Scorer, everything_logged: pytest.LogCaptureFixture
):
    tokens: list[str] = []

    def careless(request: httpx.Request) -> httpx.Response:
        if "token" in request.url.path:
            return fake.route()(request)
        tokens.append(request.headers["authorization"].removeprefix("Bearer "))
        return httpx.Response(400, text=f"bad request: {request.headers}")

    result = puller(api, fake, store, scorer)(careless)
    seen = everything_logged.text + json.dumps(result)
    assert not any(token in seen for token in tokens)
    assert not any(written(key)[40:80] in seen for key in (OF_APPLE, OF_GOOGLE))
