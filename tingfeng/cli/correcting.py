"""`correct`, `tag`, `hide`: an analyst's labels, one by one or from an edited export, and what else people decide."""

from pathlib import Path

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit, say
from tingfeng.cli.progress import progress
from tingfeng.errors import UsageError


@click.command()
@click.argument("platform", required=False)
@click.argument("id", required=False)
@click.option("--label", metavar="L", help="positive, neutral, negative; none withdraws the correction.")
@click.option("--subject", metavar="S", help="Correct the sentiment toward this subject only.")
@click.option("--file", metavar="F", help="An exported CSV or XLSX whose labels were edited.")
@click.option("--dry-run", is_flag=True, help="With --file: show what would change.")
@json_option
def correct(
    platform: str | None,
    id: str | None,  # noqa: A002 - the contract's word
    label: str | None,
    subject: str | None,
    file: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Store corrections, which outrank the engine for good."""
    from tingfeng.operations import run

    if bool(file) == bool(platform and id and label) or (file and (platform or label or subject)):
        raise UsageError("A correction is PLATFORM ID --label L, or --file F", where="correct", hint="see --help")
    if file:
        params = {"file": file, "path": str(Path(file).absolute()), "dry_run": dry_run}
        with progress() as show:
            result = run("correct_file", params, show)
        message = f"{result['changed']:,} labels {'would change' if dry_run else 'changed'}."
        for problem in (*result["unknown"], *result["invalid"]):
            say(f"{file}, line {problem['line']}: {problem['reason']}")
    else:
        result = run("correct", {"platform": platform, "id": id, "label": label, "subject": subject})
        message = f"{platform} {id} is now {result['label'] or 'without a label'}."
    emit(result) if as_json else click.echo(message)


@click.command()
@click.argument("platform")
@click.argument("id")
@click.argument("tags", nargs=-1)
@json_option
def tag(platform: str, id: str, tags: tuple[str, ...], as_json: bool) -> None:  # noqa: A002 - the contract's word
    """Give a mention exactly these TAGS; without any, take all away."""
    from tingfeng.operations import run

    result = run("tag", {"platform": platform, "id": id, "tags": list(tags)})
    emit(result) if as_json else say(f"{platform} {id} is tagged {', '.join(tags)}." if tags else "All tags are gone.")


@click.command()
@click.argument("platform")
@click.argument("id")
@click.option("--undo", is_flag=True, help="Take it in again.")
@json_option
def hide(platform: str, id: str, undo: bool, as_json: bool) -> None:  # noqa: A002 - the contract's word
    """Leave a mention out of all numbers and lists."""
    from tingfeng.operations import run

    result = run("hide", {"platform": platform, "id": id, "hidden": not undo})
    emit(result) if as_json else say(f"{platform} {id} {'counts again' if undo else 'is hidden'}.")
