"""`formats`, `import`, `imports`, `rejects`: the way in, seen from the command line."""

from pathlib import Path
from typing import Any

import click
import yaml

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import complain, emit, say, table
from tingfeng.cli.progress import progress
from tingfeng.errors import TingfengError

COUNTS = ("read", "new", "updated", "unchanged", "rejected")


@click.command()
@json_option
def formats(as_json: bool) -> None:
    """List the formats that are recognised, and how."""
    from tingfeng.operations.formats import formats as known

    rows = known()
    emit(rows) if as_json else table(rows)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--as", "as_format", metavar="FORMAT", help="Read as this format, whatever it looks like.")
@click.option("--platform", metavar="P", help="The platform, where the file does not say it.")
@click.option("--time-zone", metavar="Z", help="The zone of times without one (Asia/Shanghai, +08:00).")
@click.option("--map", "map_file", type=click.Path(), metavar="F.yaml", help="Which column is which field.")
@click.option("--dry-run", is_flag=True, help="Read and compare, but write nothing.")
@json_option
def import_(paths: tuple[str, ...], map_file: str | None, as_json: bool, **options: Any) -> int:
    """Import files, folders or zip files; `-` is standard input."""
    from tingfeng.operations.given import given_paths
    from tingfeng.operations.queueing import import_or_queue

    with given_paths(paths) as given, progress() as show:
        params = {"paths": given, "map": read_map(map_file), **options}
        result = import_or_queue(params, show)
    emit(result) if as_json else show_import(result)
    if error := result.get("error"):
        return complain(TingfengError(**error), as_json=False)
    return 0


def read_map(map_file: str | None) -> str | None:
    """The text of the mapping file."""
    if map_file is None:
        return None
    try:
        return Path(map_file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TingfengError("The mapping file cannot be read", where=map_file, hint=str(error)) from error


def show_import(result: dict[str, Any]) -> None:
    """The verdicts as a table, and what is worth saying beside the counts."""
    if result.get("queued"):
        say("The dashboard is busy: the files wait in the inbox and will be imported there.")
        return
    named = result.get("error", {}).get("where")
    read = [verdict for verdict in result["files"] if verdict["format"]]
    if read:
        table([*read, {"file": "total"} | result["total"]], ("file", "format", *COUNTS, "seconds"))
    for verdict in result["files"]:
        remark = verdict.get("error") or verdict.get("refused")
        if remark and verdict["file"] != named:
            say(f"{verdict['file']}: {remark}")
        if verdict["running_ids"]:
            said = "the ids only count the rows; another file that counts so would replace these mentions"
            say(f"{verdict['file']}: {said}")
        if verdict["mapping"] and verdict["format"]:
            columns = ", ".join(f"{field} from {column!r}" for field, column in verdict["mapping"]["columns"].items())
            say(f"{verdict['file']}: {columns}")
        elif verdict["mapping"]:
            say(f"{verdict['file']}: the proposed mapping, to be completed for --map:")
            click.echo(yaml.safe_dump(verdict["mapping"], allow_unicode=True, sort_keys=False), err=True)


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def imports(context: click.Context, as_json: bool) -> None:
    """Show what was imported; `imports undo N` takes one import back."""
    if context.invoked_subcommand:
        return
    from tingfeng.operations import run

    history = run("imports", {})
    if as_json:
        emit(history)
        return
    rows = [entry | entry["total"] | {"paths": ", ".join(entry["paths"])} for entry in history]
    table(rows, ("import", "began", "status", *COUNTS, "paths"))


@imports.command()
@click.argument("number", type=int)
@json_option
@click.pass_context
def undo(context: click.Context, number: int, as_json: bool) -> None:
    """Take import NUMBER back."""
    from tingfeng.operations import run

    with progress() as show:
        result = run("undo", {"number": number}, show)
    # `imports --json undo N` gives the option to the group.
    asked = as_json or (context.parent is not None and context.parent.params["as_json"])
    emit(result) if asked else table([result])


@click.command()
@click.option("--retry", is_flag=True, help="Read the rows again with this version.")
@json_option
def rejects(retry: bool, as_json: bool) -> None:
    """Show the quarantine: rows that could not be imported, and why."""
    from tingfeng.operations import run

    with progress() as show:
        result = run("retry", {}, show) if retry else run("rejects", {})
    if as_json:
        emit(result)
        return
    table([row | {"raw": row["raw"][:120]} for row in result["rows"]], ("file", "line", "reason", "raw"))
    if not result["rows"]:
        say("The quarantine is empty.")
