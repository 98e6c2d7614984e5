"""What an answer's status and headers mean."""

import httpx
import pytest

from listeners.apis.contract import Fail, Fine, Skip, Stop, Wait
from listeners.apis.judging import judged, seconds_to_wait

DATE = "Wed, 01 Jan 2025 00:00:00 GMT"
EPOCH = 1_735_689_600


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Wed, 01 Jan 2025 00:01:00 GMT"}, 60),
        ({"retry-after": "Tue, 31 Dec 2024 23:00:00 GMT"}, 0),
        ({"x-ratelimit-reset": str(EPOCH + 90)}, 90),
        ({"x-rate-limit-reset": str((EPOCH + 90) * 1000)}, 90),
        ({"x-ratelimit-reset": "2025-01-01T00:05:00.000Z"}, 300),
        ({"ratelimit-reset": "17"}, 17),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "5", "x-ratelimit-reset": "900"}, 5),
    ],
)
def test_the_wait_is_counted_from_the_servers_own_clock(headers: dict[str, str], seconds: float | None):
    assert seconds_to_wait(httpx.Headers({"date": DATE, **headers})) == seconds


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Fine()),
        (304, Fine()),
        (429, Wait("the server answered 429 Too Many Requests")),
        (503, Wait("the server answered 503 Service Unavailable")),
        (404, Skip("not found")),
        (400, Fail("the server answered 400 Bad Request")),
        (401, Stop("the credential was not accepted", hint="check it, or make a new one")),
    ],
)
def test_each_status_has_a_verdict(status: int, verdict: object):
    assert judged(httpx.Response(status)) == verdict
