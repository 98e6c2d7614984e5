"""A secret is in the request, and nowhere else: no log of any library, no error, no result, no store."""

import json
import logging

import httpx
import pytest

from listeners.apis.redaction import HIDDEN, Secrets
from sentiment import Scorer
from tests.apis.conftest import Puller, puller
from tests.apis.fakes.hackernews import FAKE
from tests.apis.kit import FAULTS, Clock, FakeApi, Fault, Router
from tests.apis.toy import CANARY, Toy, toy_router
from tingfeng.store import Store

WAYS = pytest.mark.parametrize("way", ["header", "query", "session"])


def toy(way: str, store: Store, scorer: Scorer) -> Puller:
    fake = FakeApi(FAKE.watchlist, FAKE.items, toy_router, FAKE.stored, f"client:{CANARY}")
    return puller(Toy(way), fake, store, scorer)


def careless(router: Router) -> Router:
    """Errors that quote the request, as some servers write them."""

    def answer(request: httpx.Request) -> httpx.Response:
        if "after" in request.url.params:
            return httpx.Response(400, text=f"bad request: {request.url} {request.headers}")
        return router(request)

    return answer


def seen(store: Store, result: object, log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """All that anybody might read afterwards."""
    tables = [row["table_name"] for row in store.rows("SELECT table_name FROM duckdb_tables()")]
    rows = [str(store.rows(f"SELECT * FROM {table}")) for table in tables]
    file = store.path.read_bytes().decode("latin-1")
    out, err = capfd.readouterr()
    return "\n".join([json.dumps(result), log.text, out, err, file, *rows])


@pytest.mark.parametrize(
    ("way", "fault"),
    [*((way, None) for way in ("header", "query", "session")), *(("query", fault) for fault in FAULTS)],
    ids=lambda value: getattr(value, "name", value or "fine"),
)
def test_no_secret_is_seen(
    way: str,
    fault: Fault | None,
    store: Store,
    scorer: Scorer,
    everything_logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
):
    clock, pulling = Clock(), toy(way, store, scorer)
    router = fault.wrap(toy_router(), clock) if fault else toy_router()
    result = pulling(router, clock)
    everything = seen(store, result, everything_logged, capfd)
    assert CANARY not in everything
    assert "5f3a9c" not in everything
    if result["complete"]:
        assert HIDDEN in result["partial"][0]["what"]


@WAYS
def test_an_error_that_quotes_the_request_hides_the_secret(
    way: str, store: Store, scorer: Scorer, everything_logged: pytest.LogCaptureFixture, capfd
):
    pulling = toy(way, store, scorer)
    result = pulling(careless(toy_router()))
    assert not result["complete"]
    assert "400" in result["error"]["what"]
    assert "5f3a9c" not in seen(store, result, everything_logged, capfd)


def test_the_library_says_nothing_even_when_everything_is_logged(everything_logged: pytest.LogCaptureFixture):
    logging.getLogger("httpx").info("HTTP Request: GET https://toy.example/?access_token=%s", CANARY)
    assert CANARY not in everything_logged.text


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://a.example/x?key={CANARY}&b=1",
        "GET https://a.example/x?after=1&access_token=unknown-to-us",
        '{"accessJwt": "unknown-to-us"}',
        "Authorization: Bearer unknown-to-us",
        f"user:{CANARY}",
        "x canary%2F5f3a9c%2B71%3De2 y",
        r'{"said": "canary\/5f3a9c+71=e2"}',
    ],
)
def test_secrets_are_hidden_in_every_form(text: str):
    secrets = Secrets()
    secrets.add(f"user:{CANARY}")
    hidden = secrets.hide(text)
    assert "5f3a9c" not in hidden
    assert "unknown-to-us" not in hidden
    assert HIDDEN in hidden


def test_what_is_no_secret_stays():
    secrets = Secrets()
    secrets.add("short:x")
    text = "Lumora is key to my skin: a token of love, x and y"
    assert secrets.hide(text) == text
