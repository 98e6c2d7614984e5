"""`sentiment`: texts in, one JSON object a text out, without a store."""

import json
import sys
from typing import Any

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit
from tingfeng.cli.progress import progress


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--lines", is_flag=True, help="One text a line; a blank line is a text.")
@click.option("--column", metavar="C", help="The column or key that holds the text.")
@click.option("--target-column", metavar="T", help="The column that names the subject to judge toward.")
@click.option("--engine", metavar="E", help="The engine to use.")
@click.option("--spans", is_flag=True, help="Also print the spans that drove the label.")
@json_option
def sentiment(file: str, as_json: bool, **options: Any) -> None:
    """Score the texts of a CSV or NDJSON file, in order, as NDJSON."""
    from tingfeng.operations.scoring import Summary, score_file

    summary = Summary()
    with progress() as show:
        for result in score_file(file, summary, on_progress=show, **options):
            sys.stdout.write(json.dumps(result, ensure_ascii=False, allow_nan=False) + "\n")
    if as_json:
        emit(summary.as_json(), to_stderr=True)
