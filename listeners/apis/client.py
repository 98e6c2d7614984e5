"""Requests to one API: paced, repeated where that may help, signed, bounded, and without a secret in any word of them.

Only this module talks to the network. What goes wrong becomes one of the errors below, in words without secrets:

Refusal       the API answered something else than a page; `verdict` says what follows
Unreachable   no answer could be had, several times over
Ended         not the API: the work shall end here
"""

import logging
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_address
from typing import Any, Final

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from listeners.apis.bodies import value
from listeners.apis.contract import Api, Fail, Fine, Signed, Skip, Stop, Wait
from listeners.apis.redaction import Secrets
from listeners.reading.jsontext import BROKEN
from tingfeng import __version__
from tingfeng.errors import TingfengError

LOG: Final = logging.getLogger("tingfeng")
AGENT: Final = f"Tingfeng/{__version__} (social listening; one reader of public posts)"
ATTEMPTS: Final = 5
#: Whoever asks for a longer pause is left alone, and asked again in a later pull.
LONGEST_WAIT: Final = 900.0
#: For a whole answer; httpx counts only the time without any byte.
LONGEST_ANSWER: Final = 120.0
LARGEST_ANSWER: Final = 32 * 2**20
_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
_REDIRECTS: Final = 5
#: After so many requests in a row without a usable answer a server is left alone for the rest of the pull.
_PATIENCE: Final = 2
#: Some say 400 when a session is over.
_ENDED_SESSION: Final = (400, 401)
#: What is not asked for: a few kilobytes of it may unpack to gigabytes at once, as may what is packed several times.
_TIGHT: Final = ("br", "zstd")
_HERE: Final = ("localhost", "127.0.0.1", "::1")
_PAUSES: Final = wait_exponential_jitter(initial=1, max=60, jitter=1)

#: httpx and what it stands on log whole addresses, in which keys travel.
for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL)
    logging.getLogger(_talkative).propagate = False


class Refusal(Exception):  # noqa: N818 - it says what the API did
    """The API answered something else than a page."""

    def __init__(self, verdict: Stop | Skip | Fail) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class Unreachable(TingfengError):  # noqa: N818 - it says how it is
    """No answer could be had."""


class Ended(TingfengError):  # noqa: N818 - it says what happened
    """Whoever waits must end, because the process that owns the store does."""


class _Again(Exception):  # noqa: N818 - what to do
    """Ask once more, after `seconds` if the server said how many."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Http:
    """What `Api.page` asks through. `requests` counts what was sent; `on_wait` is told in words why time passes.

    `secret` is the credential, `address` another scheme and host than the API's own. `sleep` is called
    before each request, and may raise Ended.
    """

    def __init__(
        self,
        api: Api,
        *,
        secret: str | None = None,
        address: str | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.requests = 0
        self.on_wait: Callable[[str], None] = lambda _: None
        self.secrets = Secrets()
        self.api = api
        self._secret = secret
        self._address = address
        self._sleep = sleep
        self._clock = clock
        self._last = float("-inf")
        self._signed: Signed | None = None
        self._renewed = False
        self._given_up: dict[str, int] = {}
        self._client = httpx.Client(
            transport=transport,
            timeout=_TIMEOUT,
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            # A proxy cannot reach what runs on this machine.
            trust_env=not address or httpx.URL(address).host not in _HERE,
        )
        if secret:
            self.secrets.add(secret)

    @property
    def signs(self) -> bool:
        """Whether there is a credential."""
        return bool(self._secret)

    @property
    def account(self) -> str:
        """Whose credential it is, where that is `account:secret`; empty where it is not."""
        return (self._secret or "").rpartition(":")[0]

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def json(self, url: str, params: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """The JSON that `url` answers: whole numbers exact, fractions as text, as a file reader has them."""
        return self._asked(url, params, _json, **more)

    def json_and_headers(
        self, url: str, params: Mapping[str, Any] | None = None, **more: Any
    ) -> tuple[Any, httpx.Response]:
        """The JSON that `url` answers, and the answer itself, where its headers say how it goes on."""
        found: tuple[Any, httpx.Response] = self._asked(
            url, params, lambda response: (_json(response), response), **more
        )
        return found

    def response(self, url: str, params: Mapping[str, Any] | None = None, **more: Any) -> httpx.Response:
        """The answer of `url`, whatever kind of text it is (feeds), for its headers and its `content`."""
        found: httpx.Response = self._asked(url, params, lambda response: response, **more)
        return found

    def _asked(
        self,
        url: str,
        params: Mapping[str, Any] | None,
        read: Callable[[httpx.Response], Any],
        *,
        method: str = "GET",
        signed: bool = True,
        **more: Any,
    ) -> Any:
        """What `read` makes of a fine answer. `more` goes to httpx: headers, json, data, auth.

        Requests that fetch the sign-in itself are not `signed`.
        """

        def once() -> Any:
            response = self._send(method, url, params, signed=signed, **more)
            verdict = self.api.judge(response)
            if isinstance(verdict, Stop) and response.status_code in _ENDED_SESSION and self._renew(signed):
                response = self._send(method, url, params, signed=signed, **more)
                verdict = self.api.judge(response)
            if isinstance(verdict, Wait):
                if (verdict.seconds or 0) > LONGEST_WAIT:
                    raise Refusal(Stop(self.secrets.hide(verdict.reason), verdict.seconds))
                raise _Again(self.secrets.hide(verdict.reason), verdict.seconds)
            if not isinstance(verdict, Fine):
                raise Refusal(replace(verdict, reason=self.secrets.hide(verdict.reason)))
            # Tokens of a quarter of an hour end several times in a long pull.
            self._renewed = self._renewed and not signed
            return read(response)

        place = httpx.URL(self._placed(url))
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_pause,
            sleep=self._sleep,
            retry=retry_if_exception_type(_Again),
            before_sleep=self._note,
            reraise=True,
        )
        try:
            if self._given_up.get(place.host, 0) >= _PATIENCE:
                raise _Again("the server was given up in this pull")
            found = tries(once)
            self._given_up[place.host] = 0
        except _Again as error:
            self._given_up[place.host] = self._given_up.get(place.host, 0) + 1
            raise Unreachable(
                f"{self.api.name} gave no usable answer: {error.reason}",
                where=self.secrets.hide(f"{place.scheme}://{place.netloc.decode()}{place.path}"),
                hint="try again later; what came before is stored",
            ) from None
        return found

    def _send(self, method: str, url: str, params: Mapping[str, Any] | None, *, signed: bool, **more: Any) -> Any:
        """One answer with its whole body; `_Again` for what the network did to it."""
        who = self._signature() if signed and self._is_ours(url) else Signed()
        headers = {**who.headers, **more.pop("headers", {})}
        everything = {**(params or {}), **who.params} or None
        auth = more.pop("auth", None)
        request = self._client.build_request(method, self._placed(url), params=everything, headers=headers, **more)
        for _ in range(_REDIRECTS):
            response = self._answered(request, auth, signed=signed)
            following = response.next_request
            if following is None:
                return response
            if following.url.scheme not in {"https", request.url.scheme}:
                raise Refusal(Fail("the server sends us on to an address that is not encrypted"))
            if self._secret and following.url.host != request.url.host:
                raise Refusal(Fail(f"the server sends us on to another host, {following.url.host}"))
            if _is_near(following.url.host) and not _is_near(request.url.host):
                raise Refusal(Fail(f"the server sends us on into this network, to {following.url.host}"))
            request = following
        raise Refusal(Fail("the server sends us on and on"))

    def _answered(self, request: httpx.Request, auth: Any, *, signed: bool) -> httpx.Response:
        """The answer to `request`, secrets in it hidden unless it is the sign-in, redirections not followed."""
        self._keep_pace()
        self.requests += 1
        began = self._clock()
        try:
            response = self._client.send(request, stream=True, auth=auth)
            try:
                body = self._body(response, began)
                # Who signs in anew may get the token that is known already.
                body = self.secrets.hide_in_answer(body) if signed else body
            finally:
                response.close()
        except httpx.TimeoutException:
            raise _Again("the server took too long") from None
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
            raise _Again(f"the connection failed ({type(error).__name__})") from None
        except httpx.InvalidURL:
            raise Refusal(Fail("the server sends us on to what is no address")) from None
        whole = httpx.Response(response.status_code, content=body, request=request)
        # As bytes: a server may write what is no ASCII.
        whole.headers = httpx.Headers([(n, v) for n, v in response.headers.raw if n.lower() != b"content-encoding"])
        whole.next_request = response.next_request
        return whole

    def _body(self, response: httpx.Response, began: float) -> bytes:
        packing = response.headers.get("content-encoding", "").strip().lower()
        if "," in packing or packing in _TIGHT:
            raise Refusal(Fail("the answer is packed in a way that nobody asked for"))
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > LARGEST_ANSWER:
                raise Refusal(Fail(f"the answer is larger than {LARGEST_ANSWER >> 20} MB"))
            if self._clock() - began > LONGEST_ANSWER:
                raise _Again("the server took too long")
        return b"".join(parts)

    def _keep_pace(self) -> None:
        self._sleep(max(0.0, self._last + self.api.pace - self._clock()))
        self._last = self._clock()

    def _signature(self) -> Signed:
        """What the API asks of those who sign in, fetched with the first request."""
        if self._signed is None:
            self._signed = Signed()
            if self._secret:
                self._signed = self.api.sign_in(self._secret, self)
            for value in (*self._signed.headers.values(), *self._signed.params.values()):
                self.secrets.add(value)
        return self._signed

    def _renew(self, signed: bool) -> bool:
        """Sign in anew, once, where what was accepted before is refused now; whether that was done."""
        if not signed or not self._secret or self._renewed:
            return False
        self._renewed = True
        self._signed = None
        return True

    def _is_ours(self, url: str) -> bool:
        return httpx.URL(url).host in {httpx.URL(one).host for one in (self.api.home, *self.api.also)}

    def _placed(self, url: str) -> str:
        """`url`, at the other address if there is one."""
        if not self._address:
            return url
        own = httpx.URL(url)
        return self._address + own.raw_path.decode()

    def _note(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        pause = state.next_action.sleep if state.next_action else 0.0
        LOG.info("pull %s: attempt %s: %s; waits %.0f s", self.api.name, state.attempt_number, error, pause)
        self.on_wait(f"{error}; waits {pause:.0f} s")


def _is_near(host: str) -> bool:
    """Whether a host is written as an address of this machine or its network, in any of the ways to write one."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not ip_address(socket.inet_aton(name)).is_global
    except OSError:
        pass
    try:
        return not ip_address(name).is_global
    except ValueError:
        return False


def _pause(state: RetryCallState) -> float:
    """As long as the server said, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    said = error.seconds if isinstance(error, _Again) else None
    return said if said is not None else _PAUSES(state)


def _json(response: httpx.Response) -> Any:
    if "html" in response.headers.get("content-type", ""):
        raise _Again("the answer is a web page instead of JSON")
    try:
        return value(response)
    except BROKEN:
        raise _Again("the answer is no JSON, or is cut off") from None
