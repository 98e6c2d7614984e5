"""`measure` and `export`: numbers and mentions out."""

from typing import Any

import click

from tingfeng.cli.options import filter_options, filter_params, json_option, parted, watchlist_option
from tingfeng.cli.printing import emit, say, table
from tingfeng.cli.progress import progress


@click.command()
@click.argument("name", metavar="MEASURE")
@watchlist_option
@click.option("--by", multiple=True, metavar="a,b", help="What a row stands for (volume, sentiment): day,subject.")
@filter_options
@json_option
def measure(name: str, by: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Print a measure: volume, sentiment or share-of-voice, the same numbers as on the pages."""
    from tingfeng.operations import run

    result = run("measure", filter_params(options) | {"measure": name, "by": parted(by)})
    if as_json:
        emit(result)
        return
    table(result["rows"])
    if not result["rows"]:
        say("No mention passes these filters.")


@click.command()
@watchlist_option
@click.option("--out", required=True, metavar="FILE", help="F.csv, F.xlsx, F.parquet, or - for CSV on standard output.")
@filter_options
@json_option
def export(out: str, as_json: bool, **options: Any) -> None:
    """Export mentions with their sentiment and matches."""
    from tingfeng.operations.exporting import export_to

    with progress() as show:
        result = export_to(out, filter_params(options), show)
    if out == "-":
        if as_json:
            emit(result, to_stderr=True)
    elif as_json:
        emit(result)
    else:
        say(f"{result['rows']:,} mentions written to {out}.")
