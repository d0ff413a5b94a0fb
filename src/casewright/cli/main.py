"""The commands with their options. What they do stands beside it, and is imported when a command runs."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from casewright.cli import help_texts
from casewright.cli.choices import Depth, Format
from casewright.cli.ending import failures_told
from casewright.cli.exits import Exit
from casewright.cli.languages import Language, Phrase, language_of_user
from casewright.cli.usage import end_of_usage_error

_LANGUAGE = language_of_user(None)


def _said(phrase: Phrase) -> str:
    return phrase.text(_LANGUAGE)


Files = Annotated[list[Path], typer.Argument(metavar="FILE", help=_said(help_texts.FILES))]
LanguageOption = Annotated[Language | None, typer.Option("--lang", help=_said(help_texts.LANG))]
MessageLanguage = Annotated[Language | None, typer.Option("--lang", help=_said(help_texts.LANG_OF_MESSAGES))]
DepthOption = Annotated[Depth, typer.Option("--depth", help=_said(help_texts.DEPTH))]
Formats = Annotated[
    list[Format] | None,
    typer.Option("--format", "-f", metavar="|".join(Format), help=_said(help_texts.FORMAT)),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help=_said(help_texts.OUTPUT))]
AsJson = Annotated[bool, typer.Option("--json", help=_said(help_texts.JSON))]
Debug = Annotated[bool, typer.Option("--debug", help=_said(help_texts.DEBUG))]

app = typer.Typer(
    name="casewright",
    help=_said(help_texts.ABOUT),
    epilog=help_texts.epilog(_LANGUAGE),
    # Rich help and tracebacks take more than twice the time to import.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"casewright {version('casewright')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def casewright(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has answered it
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help=_said(help_texts.VERSION)),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(help=_said(help_texts.GENERATE))
def generate(
    files: Files,
    lang: LanguageOption = None,
    depth: DepthOption = "standard",
    formats: Formats = None,
    output: Output = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    with failures_told(language_of_user(lang), debug=debug):
        from casewright.cli.making import Wish, generate_from_documents

        generate_from_documents(files, Wish(lang, depth, formats or [], output, as_json=as_json))


@app.command(help=_said(help_texts.READ))
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_said(help_texts.FILE))],
    lang: MessageLanguage = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    language = language_of_user(lang)
    with failures_told(language, debug=debug):
        from casewright.cli.showing import print_as_json, print_for_people, reading_of

        reading = reading_of(file, language)
        if as_json:
            print_as_json(reading)
        else:
            print_for_people(reading, language)


@app.command(help=_said(help_texts.MODEL))
def model(files: Files, lang: MessageLanguage = None, debug: Debug = False) -> None:
    language = language_of_user(lang)
    with failures_told(language, debug=debug):
        from casewright.cli.modelling import print_model

        print_model(files, language)


@app.command(help=_said(help_texts.DESIGN))
def design(
    file: Annotated[Path, typer.Argument(metavar="MODEL", help=_said(help_texts.MODEL_FILE))],
    lang: LanguageOption = None,
    depth: DepthOption = "standard",
    formats: Formats = None,
    output: Output = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    with failures_told(language_of_user(lang), debug=debug):
        from casewright.cli.making import Wish, generate_from_model

        generate_from_model(file, Wish(lang, depth, formats or [], output, as_json=as_json))


@app.command(help=_said(help_texts.CHECK))
def check(
    files: Files,
    lang: Annotated[Language | None, typer.Option("--lang", help=_said(help_texts.LANG_OF_QUESTIONS))] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_said(help_texts.STRICT))] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    language = language_of_user(lang)
    with failures_told(language, debug=debug):
        from casewright.cli.asking import asked, print_as_json, print_for_people

        found = asked(files, lang)
        if as_json:
            print_as_json(found)
        else:
            print_for_people(found, language)
        if strict and found.questions:
            raise typer.Exit(Exit.QUESTIONS)


def main(arguments: Sequence[str]) -> int:
    """Runs one command line; gives the exit code."""
    try:
        # Typer gives the code of an Exit, or what the command returns: None.
        return app(list(arguments), prog_name="casewright", standalone_mode=False) or 0
    except Exception as error:  # noqa: BLE001 - whatever is no usage error is raised again there
        return end_of_usage_error(error, _LANGUAGE)


def run() -> None:
    """The entry point of `casewright`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal can't show must not end the program; files are always UTF-8.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
