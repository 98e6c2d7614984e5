"""Options that several commands share."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

LISTS = {
    "platform": "Only this platform.",
    "language": "Only this language (zh, en, mixed, ja, ...).",
    "subject": "Only this subject of the watchlist.",
    "kind": "Only this kind (post, comment, video, review, article, repost).",
    "region": "Only this region.",
    "label": "Only this sentiment (positive, neutral, negative).",
}


def json_option(command: Command) -> Command:
    """`--json` on a command, given to it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def watchlist_option(command: Command) -> Command:
    """The watchlist that a question is about."""
    return click.option("--watchlist", required=True, metavar="W", help="Name of the watchlist.")(command)


def filter_options(command: Command) -> Command:
    """The filters of the contract; lists may be repeated or parted by commas."""
    command = click.option("--until", metavar="TIME", help="Before this date or time.")(command)
    command = click.option("--since", metavar="TIME", help="From this date or time on.")(command)
    command = click.option("--query", metavar="QUERY", help="Only what this query selects.")(command)
    for name, help_text in reversed(LISTS.items()):
        command = click.option(f"--{name}", multiple=True, metavar="NAME", help=help_text)(command)
    return command


def filter_params(options: dict[str, Any]) -> dict[str, Any]:
    """The filters among `options` as an operation takes them: lists, and texts where given."""
    lists = {name: parted(options[name]) for name in LISTS}
    texts = {name: options[name] for name in ("watchlist", "query", "since", "until")}
    return lists | texts


def parted(values: Iterable[str]) -> list[str]:
    """Repeated and comma-parted values as one list."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
