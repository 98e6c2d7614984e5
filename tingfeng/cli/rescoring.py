"""`rescore`: stored mentions read again with the engine of now."""

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit, say
from tingfeng.cli.progress import progress


@click.command()
@click.option("--all", "every", is_flag=True, help="Also what another engine scored, not only an earlier version.")
@json_option
def rescore(every: bool, as_json: bool) -> None:
    """Read stored mentions again that an earlier version of the engine scored; corrections stay.

    The dashboard does the same by itself, in the background.
    """
    from tingfeng.operations import run

    with progress() as show:
        result = run("rescore", {"all": every}, show)
    if as_json:
        emit(result)
    else:
        say(f"Read {result['rescored']:,} mentions again with {result['engine']}; {result['waiting']:,} wait.")
