"""What a command prints: one JSON document, or a table for a person."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import click

from tingfeng.errors import TingfengError

#: What would steer a terminal or turn the direction of a line; texts from the web may hold it.
_STEERING: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def emit(result: Any, *, to_stderr: bool = False) -> None:
    """Print `result` as the one JSON document of this command; beside a stream it goes to standard error."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False), err=to_stderr)


def complain(error: TingfengError, as_json: bool) -> int:
    """Print `error` as one sentence, with `--json` as a document too; returns the exit code."""
    if as_json:
        emit(error.as_json())
    sentence = str(error)
    say(sentence if sentence.endswith(("?", ".", "!")) else f"{sentence}.")
    return error.exit_code


def say(sentence: str) -> None:
    """Print a message for the person, apart from the result."""
    click.echo(harmless(sentence.replace("\n", " ")), err=True)


def table(rows: Sequence[Mapping[str, Any]], columns: Iterable[str] | None = None) -> None:
    """Print `rows` as a table with `columns` (default: those of the first row)."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    names = list(columns or (rows[0] if rows else []))
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        numeric = any(isinstance(row.get(name), int | float) for row in rows)
        grid.add_column(name.replace("_", " "), justify="right" if numeric else "left")
    for row in rows:
        grid.add_row(*(Text(cell(row.get(name))) for name in names))
    console = Console(width=None if sys.stdout.isatty() else 160)
    with console.capture() as drawn:  # written by the console itself, a closed pipe would end the command with 1
        console.print(grid)
    click.echo(drawn.get(), nl=False)


def cell(value: Any) -> str:
    """`value` as a person reads it: no decimals that mean nothing, unknown as a dash."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | dict):
        return harmless(json.dumps(value, ensure_ascii=False))
    return harmless(str(value))


def harmless(text: str) -> str:
    """`text` with a mark in the place of each character that would steer a terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)
