"""How every command ends: an honest exit code, one sentence for an error, never a traceback."""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from tingfeng.cli.printing import complain
from tingfeng.errors import TingfengError, UsageError


class Commands(click.Group):
    """A click group whose errors are one sentence, and JSON where `--json` was asked for."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run one command line and leave with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        sys.exit(self._ending(arguments, prog_name or "tingfeng", extra))

    def _ending(self, arguments: list[str], prog_name: str, extra: dict[str, Any]) -> int:
        as_json = "--json" in arguments
        try:
            code = super().main(arguments, prog_name, **extra)
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            return 130
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a sentence
            return complain_somehow(as_sentence(error), as_json)
        return code if isinstance(code, int) else 0

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whoever closes its output before the end has enough, and that is no failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            give_output_up()
            return 0
        return code


def complain_somehow(error: TingfengError, as_json: bool) -> int:
    """Complain of `error`, and where standard output takes nothing any more on standard error alone."""
    try:
        return complain(error, as_json)
    except OSError:
        give_output_up()
        return complain(error, as_json=False)


def give_output_up() -> None:
    """Let what is still to be written to standard output go nowhere; the interpreter tries again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_sentence(error: Exception) -> TingfengError:
    """`error` as an error that people read; an unexpected one goes to the log file."""
    if isinstance(error, TingfengError):
        return error
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "tingfeng"
        return UsageError(error.format_message().rstrip("."), where=command, hint=f"see {command} --help")
    if isinstance(error, click.ClickException):
        return UsageError(error.format_message().rstrip("."))
    from tingfeng.operations.log import unexpected

    return unexpected(error)
