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
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the output has enough; the interpreter must not flush into the closed pipe again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            return 130
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a sentence
            return complain(as_sentence(error), as_json)
        return code if isinstance(code, int) else 0


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
