"""Links to posts: the platform that they lead to, the id in them, and what must not be kept of them."""

import re
from functools import cache
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

import polars as pl

from tingfeng.home import config

_HOST: Final = r"(?i)^(?:https?:)?(?://)?(?:[^/@\s]*@)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[:/?#]|$)"
_BASE62: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _platforms() -> dict[str, dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = config("links")["platforms"]
    return rules


@cache
def platform_of_host(host: str) -> str | None:
    """The platform whose host, or a host above it, `host` is; None for any other."""
    parts = host.lower().split(".")
    above = {".".join(parts[start:]) for start in range(len(parts))}
    return next((name for name, rule in _platforms().items() if above & set(rule["hosts"])), None)


def hosts(links: pl.Series) -> pl.Series:
    """The host of each link or bare domain, lower case; null where there is none."""
    return links.str.strip_chars().str.extract(_HOST, 1).str.to_lowercase()


def parts(link: str) -> SplitResult:
    """The parts of a link; empty ones of what is none."""
    try:
        return urlsplit(link)
    except ValueError:
        return urlsplit("")


def platforms(links: pl.Series) -> pl.Series:
    """The platform that each link or bare domain belongs to; null where it is none that has a listener."""
    of_host = hosts(links)
    known = {host: name for host in of_host.drop_nulls().unique() if (name := platform_of_host(host))}
    return of_host.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)


def post_ids(platform: str, links: pl.Series) -> pl.Series:
    """The id of the post that each link leads to; null where the link names none."""
    ids = _extracted(platform, "post", links)
    if parameters := _platforms().get(platform, {}).get("named_by"):
        ids = ids.zip_with(ids.is_not_null(), _of_parameters(parameters, links))
    if platform == "weibo":
        short = ids.filter(ids.str.contains(r"^[0-9A-Za-z]{9}$")).unique()
        return ids.replace(short, pl.Series([weibo_mid(bid) for bid in short], dtype=pl.String))
    return ids


def comment_ids(platform: str, links: pl.Series) -> pl.Series:
    """The id of the comment that each link leads to; null where it leads to a post."""
    return _extracted(platform, "comment", links)


def _extracted(platform: str, what: str, links: pl.Series) -> pl.Series:
    pattern = _platforms().get(platform, {}).get(what)
    return links.str.extract(pattern, 1) if pattern else pl.Series(links.name, [None] * len(links), dtype=pl.String)


def _of_parameters(names: list[str], links: pl.Series) -> pl.Series:
    """The values of these parameters joined with `_`, without the padding of Base64; null where one is missing."""
    values = [links.str.extract(rf"[?&]{name}=([^&#]+)", 1).str.replace_all("=|%3[Dd]", "") for name in names]
    return pl.select(pl.concat_str(values, separator="_")).to_series().alias(links.name)


def weibo_mid(bid: str) -> str:
    """The number of a Weibo post whose address has the short form `bid`: four characters are seven digits."""
    groups = [bid[max(0, end - 4) : end] for end in range(len(bid), 0, -4)][::-1]
    numbers = [sum(_BASE62.index(sign) * 62**place for place, sign in enumerate(reversed(group))) for group in groups]
    return "".join(str(number) if place == 0 else f"{number:07}" for place, number in enumerate(numbers))


def cleaned(links: pl.Series) -> pl.Series:
    """Links as they may be kept: http(s) only, without the parameters that carry somebody's session or a campaign.

    A link whose path alone names the post or comment loses all its parameters.
    """
    plain = links.str.strip_chars().str.extract(r"^(\S+)", 1)
    plain = plain.str.replace(r"^//", "https://").set(~plain.str.contains(r"(?i)^(https?:)?//"), None)
    plain = _without(plain, config("links")["dropped"])
    bare = plain.str.replace(r"[?#].*$", "")
    of_platform = platforms(plain)
    for name in of_platform.drop_nulls().unique():
        here = of_platform.eq_missing(name)
        told = post_ids(name, bare).is_not_null() & comment_ids(name, bare).eq_missing(comment_ids(name, plain))
        shorter = bare.zip_with(told, _without(plain, _platforms()[name].get("dropped", [])))
        plain = shorter.zip_with(here, plain)
    return plain.alias(links.name)


def _without(links: pl.Series, parameters: list[str]) -> pl.Series:
    names = "|".join(map(re.escape, parameters))
    shorter = links.str.replace_all(rf"([?&])(?:{names}|utm_\w+)=[^&#]*", "$1")
    return shorter.str.replace_all(r"&{2,}", "&").str.replace_all(r"\?&", "?").str.replace_all(r"[?&]+(#|$)", "$1")
