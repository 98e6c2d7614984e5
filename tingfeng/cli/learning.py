"""`learn` and `rules`: what corrections and word rules make of the engine."""

from typing import Any

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit, say, table
from tingfeng.cli.progress import progress

_REASONS = {
    "too_few": "at least 20 are needed",
    "one_label": "all have the same label, so there is nothing to tell apart",
    "only_wrong_ones": "nearly all were wrong labels; confirm some right ones too, so that these are not unlearned",
    "not_better": "not better beyond what luck gives, so the plain engine stays",
}


@click.command()
@click.option("--forget", is_flag=True, help="Go back to the plain engine; corrections and word rules stay.")
@json_option
def learn(forget: bool, as_json: bool) -> None:
    """Let the engine learn from all corrections; what is learned is kept only where it is better."""
    from tingfeng.operations import run

    with progress() as show:
        result = run("learn_forget" if forget else "learn", {}, show)
    if as_json:
        emit(result)
        return
    click.echo(sentence(result))
    if result["report"] and len(result["report"]["languages"]) > 1:
        table(result["report"]["languages"])
    say(f"Mentions are read with {result['engine']}.")


def sentence(state: dict[str, Any]) -> str:
    """What came of learning: "42 corrections: agreement 71 % -> 83 %"."""
    report = state["report"]
    if not report:
        return "Nothing is learned: the engine is as it ships, with the word rules."
    said = f"{report['corrections']:,} correction{'' if report['corrections'] == 1 else 's'}"
    if report["after"] is not None:
        said += f": agreement {report['before']:.0%} -> {report['after']:.0%}".replace("%", " %")
    return f"{said}: {_REASONS[report['reason']]}." if report["reason"] else said


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def rules(context: click.Context, as_json: bool) -> None:
    """List the word rules: what the engine must hear in a term, whatever it thinks."""
    if context.invoked_subcommand is None:
        _show("rules", {}, as_json)


@rules.command()
@click.argument("term")
@click.option("--label", required=True, metavar="L", help="neutral: its own words are no opinion; positive, negative.")
@click.option("--weight", type=float, metavar="W", help="How much a text leans for it, in logits (default: 2).")
@click.option("--note", metavar="N", help="Why: shown in the list.")
@json_option
def add(term: str, label: str, weight: float | None, note: str | None, as_json: bool) -> None:
    """Make a rule on TERM, in the place of the one that it has."""
    _show("rule_add", {"term": term, "label": label, "weight": weight, "note": note}, as_json)


@rules.command()
@click.argument("term")
@json_option
def remove(term: str, as_json: bool) -> None:
    """Take the rule on TERM back."""
    _show("rule_remove", {"term": term}, as_json)


def _show(op: str, params: dict[str, Any], as_json: bool) -> None:
    from tingfeng.operations import run

    found = run(op, params)
    if as_json:
        emit(found)
        return
    table(found)
    if not found:
        say("There are no word rules.")
