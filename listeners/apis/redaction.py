"""Secrets that must not be seen: in a log, an error, a cursor, a mention or a reject."""

import json
import re
from base64 import b64encode
from typing import Final
from urllib.parse import quote, quote_plus

HIDDEN: Final = "***"
#: Shorter words stand in texts for other reasons.
_SHORTEST: Final = 6
#: Parameters that carry secrets, also such as nobody gave us: an API may put a token into the link to its next page.
_PARAMETERS: Final = re.compile(
    r"(?i)\b((?:access_|refresh_|id_|client_|app_|page_|bearer_)?(?:token|secret|password|passwd|api_?key|apikey)"
    r"|(?<=[?&])key|authorization|accessJwt|refreshJwt)"
    r"(\"?\s*[=:]\s*\"?(?:Bearer\s+|Basic\s+)?)([^&\s\"'<>,;}]+)"
)
#: `name:password@` of an address.
_BEFORE_HOST: Final = re.compile(r"(?<=://)[^/?#\s@\"']+(?=@)")


class Secrets:
    """The secrets of one pull."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def add(self, secret: str) -> None:
        """Hide `secret` from now on, what follows a name in it, and the forms in which requests and answers have it."""
        parts = {secret, secret.partition(":")[2], secret.rpartition(" ")[2]}
        long = {part for part in parts if len(part) >= _SHORTEST}
        long |= {b64encode(part.encode()).decode().rstrip("=") for part in long}
        self._known |= long | {form(part) for part in long for form in (quote, quote_plus, _in_json)}

    def hide(self, text: str) -> str:
        """`text` with each known secret, each value of a parameter that carries secrets, and who signs in, hidden."""
        return _BEFORE_HOST.sub(HIDDEN, _PARAMETERS.sub(rf"\1\2{HIDDEN}", self.hide_known(text)))

    def hide_known(self, text: str) -> str:
        """`text` with each known secret hidden."""
        for secret in self._longest_first():
            text = text.replace(secret, HIDDEN)
        return text

    def hide_in_answer(self, body: bytes) -> bytes:
        """What an API answered, with each known secret hidden, before anybody reads it."""
        for secret in self._longest_first():
            body = body.replace(secret.encode(), HIDDEN.encode())
        return body

    def _longest_first(self) -> list[str]:
        return sorted(self._known, key=len, reverse=True)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1].replace("/", "\\/")
