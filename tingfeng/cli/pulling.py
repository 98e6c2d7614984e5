"""`pull` and `watch`: sources that are APIs, once or on their schedules."""

import json
from threading import Event
from typing import Any

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import complain, emit, say, table
from tingfeng.cli.progress import progress
from tingfeng.errors import TingfengError


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--watchlist", metavar="W", help="Only for this watchlist (default: for all).")
@click.option("--since", metavar="TIME", help="From this date or time on (default: from where the last pull ended).")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many records; the next pull goes on.")
@click.option("--dry-run", is_flag=True, help="Say what would be asked and what it would cost; ask nothing.")
@json_option
def pull(as_json: bool, **params: Any) -> int:
    """Pull SOURCE (hackernews, ...): what its API has about the subjects of the watchlists, since the last pull.

    A pull that was broken off is repeated to go on. A credential is read from $TINGFENG_SOURCE_TOKEN or secrets.yaml.
    """
    from tingfeng.operations.sources import pull_source

    with progress() as show:
        result = pull_source(params, show)
    if as_json:
        emit(result)
    elif result.get("dry_run"):
        show_forecast(result)
    else:
        show_pull(result)
    if error := result.get("error"):
        return complain(TingfengError(**error), as_json=False)
    return 0


@click.command()
@click.option("--once", is_flag=True, help="Pull what is due now, then end.")
@json_option
def watch(once: bool, as_json: bool) -> None:
    """Pull the sources of schedules.yaml on their schedules and take in the inbox, until Ctrl-C.

    With --json each pull is one line. A source that fails or has to wait never holds up another.
    """
    from tingfeng.operations.keeping_watch import keep_watch, pull_due
    from tingfeng.operations.schedules import schedules

    planned = schedules()
    report = print_line if as_json else say_pull
    if once:
        results = pull_due(planned)
        if as_json:
            emit({"pulls": results})
            return
        for result in results:
            say_pull(result)
        return
    for schedule in planned:
        say(f"{schedule.source} every {schedule.every}, for {schedule.watchlist or 'all watchlists'} (Ctrl-C ends it)")
    keep_watch(planned, report, Event())


def print_line(result: dict[str, Any]) -> None:
    """A pull as one line of JSON."""
    click.echo(json.dumps(result, ensure_ascii=False))


def say_pull(result: dict[str, Any]) -> None:
    """A pull in one sentence."""
    if error := result.get("error"):
        complain(TingfengError(**error), as_json=False)
    else:
        more = "" if result["complete"] else "; there is more"
        say(f"{result['source']}: {result['new']:,} new, {result['updated']:,} updated of {result['read']:,}{more}")


def show_forecast(result: dict[str, Any]) -> None:
    """What a pull would ask."""
    table(result["jobs"], ("job", "params"))
    cost = result["cost"]
    spent = f", {cost['at_least']:,} {cost['unit']}" if cost else ""
    say(f"At least {result['requests']:,} requests{spent}; each further page is one more.")


def show_pull(result: dict[str, Any]) -> None:
    """The counts, and what is worth saying beside them."""
    from tingfeng.operations.sources import COUNTED

    table([result], ("source", *COUNTED, "complete"))
    for entry in (*result["skipped"], *result["partial"]):
        say(f"{entry['job']}: {entry['what']}")
    if result["next_run"]:
        say(f"{result['source']} stopped: {result['stopped']}. Pull again after {result['next_run']}.")
    elif result["cursor"]:
        say("There is more: pull again, and it goes on there.")
