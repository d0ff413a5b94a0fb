"""Where the results go: files with the names that the user gave or expects, or the standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from casewright.cli.choices import Format
from casewright.cli.exits import Exit, Failure
from casewright.cli.languages import Phrase
from casewright.formats.writing import FORMATS

STANDARD_OUTPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Destination:
    format: Format
    path: Path
    """`STANDARD_OUTPUT`, or a file that need not exist yet."""


def destinations(
    formats: Sequence[Format], output: Path | None, inputs: Sequence[Path]
) -> tuple[Destination, ...]:
    """One for each format. Raises a `Failure` where `output` makes no sense for them.

    The default name is made from that of the first of `inputs`, none of which may be overwritten.
    """
    wanted = list(dict.fromkeys(formats)) or [_format_of(output)]
    planned = _planned(wanted, output, inputs[0].stem)
    read = {path.resolve() for path in inputs}
    for each in planned:
        if each.path.resolve() in read:
            raise _usage(
                f"--output {each.path} 会覆盖输入文件。请换一个文件名。",
                f"--output {each.path} would overwrite an input. Give another name.",
            )
    return planned


def _format_of(output: Path | None) -> Format:
    """The format that the suffix of `output` names."""
    if output is None or output == STANDARD_OUTPUT or output.is_dir() or not output.suffix:
        return Format.XLSX
    name = output.name.lower()
    fitting = [each for each in Format if name.endswith(FORMATS[each].suffix)]
    if not fitting:
        raise _usage(
            f"无法从 {output.name} 的扩展名得知格式。请用 --format 指明。",
            f"the suffix of {output.name} names no format. Say which with --format.",
        )
    return max(fitting, key=lambda each: len(FORMATS[each].suffix))


def _planned(formats: Sequence[Format], output: Path | None, stem: str) -> tuple[Destination, ...]:
    if output == STANDARD_OUTPUT:
        return (_to_standard_output(formats),)
    if len(formats) == 1 and output is not None and not output.is_dir():
        return (Destination(formats[0], output),)
    folder = output or Path()
    if folder.exists() and not folder.is_dir():
        raise _usage(
            f"有多种格式时 --output 应是文件夹，而 {folder} 是文件。",
            f"with several formats --output is a folder, and {folder} is a file.",
        )
    return tuple(Destination(each, folder / f"{stem}-cases{FORMATS[each].suffix}") for each in formats)


def _to_standard_output(formats: Sequence[Format]) -> Destination:
    if len(formats) > 1:
        raise _usage(
            "标准输出只能写一种格式。请只给出一个 --format，或让 --output 指向文件夹。",
            "the standard output takes one format. Give one --format, or a folder as --output.",
        )
    if FORMATS[formats[0]].binary and sys.stdout.isatty():
        raise _usage(
            f"{formats[0]} 是二进制格式，不能显示在终端上。请用 > 或 --output 写入文件。",
            f"{formats[0]} is a binary format that a terminal can't show. Write it to a file with > or"
            " --output.",
        )
    return Destination(formats[0], STANDARD_OUTPUT)


def _usage(zh: str, en: str) -> Failure:
    return Failure(Exit.USAGE, Phrase(zh, en))


def write(content: bytes, path: Path) -> None:
    """Makes the folders that are missing. Raises a `Failure` where it can't be written."""
    if path == STANDARD_OUTPUT:
        write_to_standard_output(content)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(
            Exit.UNWRITABLE,
            Phrase(
                f"无法写入 {path}：{reason}。请换一个位置，或关闭正在使用它的程序。",
                f"{path} can't be written: {reason}. Choose another place, or close the program that has it"
                " open.",
            ),
        ) from error


def write_to_standard_output(content: bytes) -> None:
    stream = typer.get_binary_stream("stdout")
    stream.write(content)
    stream.flush()
