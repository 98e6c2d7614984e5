"""`watchlist`: list, show, save, delete, restore, test."""

import sys
from pathlib import Path

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit, say, table
from tingfeng.cli.progress import progress
from tingfeng.errors import TingfengError


@click.group()
def watchlist() -> None:
    """Keep watchlists: which subjects are tracked, and how they are found."""


@watchlist.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the saved watchlists."""
    from tingfeng.operations import run

    rows = run("watchlist_list", {})
    emit(rows) if as_json else table(rows)


@watchlist.command()
@click.argument("name", metavar="W")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show one watchlist as YAML."""
    from tingfeng.operations import run

    result = run("watchlist_show", {"name": name})
    emit(result) if as_json else click.echo(result["yaml"], nl=False)


@watchlist.command()
@click.argument("file", metavar="FILE.yaml")
@json_option
def save(file: str, as_json: bool) -> None:
    """Save a watchlist from a YAML file and match all stored mentions again."""
    from tingfeng.operations import run

    with progress() as bar:
        result = run("watchlist_save", {"yaml": read_yaml(file), "file": file}, bar)
    if as_json:
        emit(result)
    else:
        say(f"Saved {result['watchlist']!r}: {result['mentions']:,} stored mentions match.")
        if strangers := result["unmatched_accounts"]:
            say(f"No stored mention is by {', '.join(strangers)}: check how the account is written.")


@watchlist.command()
@click.argument("name", metavar="W")
@json_option
def delete(name: str, as_json: bool) -> None:
    """Delete a watchlist; the mentions stay, and `restore` brings it back."""
    from tingfeng.operations import run

    result = run("watchlist_delete", {"name": name})
    emit(result) if as_json else say(f"Deleted the watchlist {name!r}.")


@watchlist.command()
@click.argument("name", metavar="W")
@json_option
def restore(name: str, as_json: bool) -> None:
    """Bring a deleted watchlist back and match all stored mentions again."""
    from tingfeng.operations import run

    with progress() as bar:
        result = run("watchlist_restore", {"name": name}, bar)
    emit(result) if as_json else say(f"Restored {name!r}: {result['mentions']:,} stored mentions match.")


@watchlist.command()
@click.argument("query")
@click.option("--watchlist", metavar="W", help="As for this watchlist: its platforms, languages and time zone.")
@click.option("--time-zone", metavar="Z", help="The zone of since: and until: (default: the watchlist's, else UTC).")
@json_option
def test(query: str, as_json: bool, **options: str | None) -> None:
    """Say how a query is understood and what it finds in the store."""
    from tingfeng.operations import run

    result = run("watchlist_test", {"query": query, **options})
    if as_json:
        emit(result)
        return
    click.echo(result["understood"])
    click.echo(f"{result['count']:,} mentions")
    table(result["examples"], ("platform", "published_at", "author_name", "text"))


def read_yaml(file: str) -> str:
    """The text of a watchlist's file, `-` being standard input."""
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TingfengError(
            "The watchlist's file cannot be read", where=file, hint=error.strerror or "check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise TingfengError("The watchlist's file is no UTF-8 text", where=file, hint="save it as UTF-8") from error
