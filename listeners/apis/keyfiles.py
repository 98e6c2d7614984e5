"""Sign-in by a key file: a short-lived token, signed with the private key that a console gave out."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from listeners.apis.client import Refusal
from listeners.apis.contract import Stop

#: Seconds that a token is valid; Apple takes no more than 1,200.
LIFE: Final = 900
_LARGEST: Final = 2**16


def key_file(path: str) -> str:
    """The text of a key file; a Refusal that does not quote it when it cannot be read."""
    try:
        with Path(path).expanduser().open(encoding="utf-8") as stream:
            return stream.read(_LARGEST)
    except (OSError, UnicodeDecodeError, ValueError):
        raise unusable("the key file cannot be read") from None


def signed(claims: Mapping[str, Any], key: str, algorithm: str, headers: Mapping[str, str] | None = None) -> str:
    """A JWT of `claims` that is valid from now on for `LIFE` seconds."""
    import jwt

    now = int(time.time())
    times = {"iat": now, "exp": now + LIFE}
    try:
        return jwt.encode({**claims, **times}, key, algorithm=algorithm, headers=dict(headers or {}))
    except (ValueError, TypeError, jwt.PyJWTError):
        raise unusable("the key file holds no private key of the kind that is needed") from None


def unusable(reason: str) -> Refusal:
    """What stops the source until somebody gives another key file."""
    return Refusal(Stop(reason, hint="check the path, or download a new key"))
