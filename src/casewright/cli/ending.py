"""How a command ends that does not succeed: one clear message, and the exit code that belongs to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager

import typer

from casewright.cli.exits import Exit, Failure
from casewright.cli.languages import Language, Phrase
from casewright.cli.plain import cut, printable

_ERROR = Phrase("错误：{message}", "Error: {message}")
_UNEXPECTED = Phrase(
    "意外错误（{sort}：{said}）。请加上 --debug 重新执行，并把输出连同版本号反馈给我们"
    "（casewright --version）。",
    "An unexpected error ({sort}: {said}). Please run it again with --debug, and report what it prints"
    " together with the version (casewright --version).",
)
_LONGEST = 200


@contextmanager
def failures_told(language: Language, *, debug: bool) -> Generator[None]:
    """Says in `language` why what is done inside fails, and exits with the code for it.

    An unexpected error is raised again if `debug`.
    """
    try:
        yield
    except typer.Exit:
        raise
    except Failure as failure:
        say_error(failure.text(language), language)
        raise typer.Exit(failure.code) from None
    except BrokenPipeError:
        # Whoever read the output has had enough, such as `head`. Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(Exit.UNEXPECTED) from None
    except Exception as error:
        if debug:
            raise
        said = cut(str(error), _LONGEST)
        say_error(_UNEXPECTED.text(language, sort=type(error).__name__, said=said), language)
        raise typer.Exit(Exit.UNEXPECTED) from None


def say(text: str) -> None:
    """A line for people. Data has the standard output for itself."""
    typer.echo(printable(text), err=True)


def say_error(message: str, language: Language) -> None:
    say(_ERROR.text(language, message=message))
