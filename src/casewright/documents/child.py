"""The program that reads one file, confined; `casewright.documents.sandbox` starts it and listens."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import BinaryIO

from pydantic import TypeAdapter

from casewright.documents import confinement
from casewright.documents.blocks import Document
from casewright.documents.detection import detect, wrong_extension
from casewright.documents.errors import Broken, Dangerous, DocumentError, TooLarge
from casewright.documents.protocol import OUT_OF_MEMORY, Request, Word, error_payload, line
from casewright.documents.reading import Progress

_NOTEWORTHY = 0.01
"""The least progress that is told: a reader may call for every line."""
_COLLECTIONS = (50_000, 20, 50)
"""Thresholds of the garbage collector. A document is hundreds of thousands of objects that stay: by Python's
own thresholds looking through them again and again takes more time than reading."""


class _Answers:
    """Says to the parent what `protocol` knows."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._told = 0.0

    def say(self, word: Word, payload: bytes = b"") -> None:
        self._stream.write(line(word, payload))
        self._stream.flush()

    def progress(self, share: float) -> None:
        if share >= self._told + _NOTEWORTHY:
            self._told = share
            self.say(Word.PROGRESS, f"{min(share, 1.0):.3f}".encode())


def main() -> None:
    """Answers one request, and leaves without the tidying up that a large document makes slow."""
    gc.set_threshold(*_COLLECTIONS)
    try:
        _serve(_Answers(_private_output()))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _private_output() -> BinaryIO:
    """The pipe to the parent, which nothing else writes to: what a library prints goes nowhere."""
    output = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return output


def _serve(answers: _Answers) -> None:
    request = Request.model_validate_json(sys.stdin.buffer.readline())
    confinement.limit_resources(request.limits)
    answers.say(Word.READY)
    content = sys.stdin.buffer.read()
    try:
        answers.say(Word.DOCUMENT, _document(content, request, answers.progress))
    except DocumentError as error:
        answers.say(Word.ERROR, error_payload(error))
    except ImportError as error:
        # A part of the product is missing: nobody should go and mend the document.
        answers.say(Word.UNAVAILABLE, str(error).encode(errors="replace").replace(b"\n", b" "))


def _document(content: bytes, request: Request, progress: Progress) -> bytes:
    """The document as JSON. Any fault of a reader becomes a DocumentError that tells its sort, and nothing
    of what the document says."""
    try:
        row = detect(content, request.name)
        # Loaded before the rights are given up, so that Python may keep what it compiles.
        import_module(f"casewright.documents.readers.{row.module}")
        confinement.give_up_network_and_files()
        document = row.read(content, request.name, request.limits, progress)
        notice = wrong_extension(request.name, row)
        if notice is not None:
            document = document.model_copy(update={"notices": (*document.notices, notice)})
        return TypeAdapter(Document).dump_json(document, exclude_defaults=True)
    except (DocumentError, MemoryError, ImportError):
        raise
    except RecursionError as error:
        depth = request.limits.depth
        raise TooLarge(what="嵌套层数 / nesting", size=f"> {depth}", limit=depth) from error
    except confinement.Forbidden as error:
        raise Dangerous(detail=f"解析时的越权操作 / it made the reader try {error}") from error
    except Exception as error:
        raise Broken(detail=type(error).__name__) from error


if __name__ == "__main__":
    main()
