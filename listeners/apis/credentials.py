"""Where a source's credential and address come from: the environment, else the secrets file of the home folder."""

import os
import stat
from collections.abc import Mapping
from typing import Any, Final

import yaml

from listeners.apis.contract import Api
from tingfeng.errors import TingfengError
from tingfeng.home import home

FILE: Final = "secrets.yaml"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def variable(source: str, what: str) -> str:
    """The environment variable for the `TOKEN` or the `URL` of a source."""
    return f"TINGFENG_{source.upper()}_{what}"


def credential(api: Api) -> str | None:
    """The credential of `api`, None where it needs none; TingfengError saying which one is missing."""
    if not api.credential:
        return None
    name = variable(api.name, "TOKEN")
    found = os.environ.get(name, "").strip() or kept().get(api.name, "")
    if not found.isascii() or "\n" in found:
        raise TingfengError(f"The credential of {api.name} holds what no key has", where=name, hint="copy it anew")
    if found or api.credential_optional:
        return found or None
    raise TingfengError(
        f"{api.name} needs a credential: {api.credential}",
        where=name,
        hint=f"set that variable, or write {api.name}: ... into {FILE} of the home folder; "
        f"docs/listeners/{api.name}.md says how to get one",
    )


def origin(api: Api) -> str | None:
    """What the credential of `api` comes from, its variable or the file; None where there is none. Never what it is."""
    name = variable(api.name, "TOKEN")
    if os.environ.get(name, "").strip():
        return name
    return FILE if kept().get(api.name) else None


def address(api: Api) -> str | None:
    """Another scheme and host (perhaps with a path before the API's own) for `api`; None: its own."""
    name = variable(api.name, "URL")
    found = os.environ.get(name, "").strip().rstrip("/")
    if found and not found.startswith(("http://", "https://")):
        raise TingfengError("The address is no http(s) URL", where=name, hint="write http://HOST:PORT/PATH")
    return found or None


def kept() -> Mapping[str, str]:
    """The secrets file as source: credential."""
    path = home() / FILE
    if not path.exists():
        return {}
    if path.stat().st_mode & _OTHERS:
        raise TingfengError("Others can read the secrets file", where=str(path), hint=f"run chmod 600 {path}")
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        # The parser's own words would quote the line, and with it the secret.
        content = "broken"
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise TingfengError("The secrets file is not a list of 'source: \"credential\"'", where=str(path))
    return content
