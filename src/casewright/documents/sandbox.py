"""Reads a file in a process of its own with limits: whatever the file does, the caller lives.

Each read starts a fresh Python (about 0.2 s) that is confined before it parses (see `confinement`), and is
killed with all that it started when its time is over.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from casewright.documents.blocks import Document
from casewright.documents.errors import Broken, TookTooLong, TookTooMuchMemory, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.protocol import OUT_OF_MEMORY, Request, Word, error_from
from casewright.documents.reading import Progress

_Answer = TypeVar("_Answer")

_ROOT = Path(__file__).resolve().parents[2]
# Isolated (-I): neither the working folder nor PYTHON… variables may change what the child loads. The
# package is added by its place, for an interpreter that found it by PYTHONPATH.
CHILD = (
    sys.executable,
    "-I",
    "-X",
    "utf8",
    "-c",
    f"import sys; sys.path.append({str(_ROOT)!r}); from casewright.documents.child import main; main()",
)

_DEFAULTS = Limits()
_CHUNK = 1 << 20
_COMPLAINTS = 4096
"""Bytes kept of what the child says on its standard error; they are looked at, never shown."""
_MEMORY_COMPLAINT = re.compile(rb"MemoryError|bad_alloc|memory allocation|out of memory", re.IGNORECASE)
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Where some interpreters find their own libraries. Nothing else of the environment reaches the child."""
_SET_VARIABLES = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
_MEGABYTE = 1024**2
_SIGNALS = {int(number): number.name for number in signal.Signals}
_GARBLED = "读取程序的回答无法理解 / the reader's answer makes no sense"


class ReaderUnavailable(RuntimeError):
    """The program that reads files can't start or is incomplete; the file isn't at fault."""


def read_file(path: Path, limits: Limits = _DEFAULTS, progress: Progress | None = None) -> Document:
    """The document in the file at `path`.

    Raises an OSError where there is no file or none that may be read (a folder: IsADirectoryError), a
    DocumentError where it can't be made a document, and ReaderUnavailable where the installation is broken.
    """
    with path.open("rb") as file:
        _check_size(os.fstat(file.fileno()).st_size, limits)
        # A pipe has no size, and a file may grow: never more than this is taken in.
        content = file.read(limits.file_size + 1)
    return read_bytes(content, path.name, limits, progress)


def read_bytes(
    content: bytes, name: str, limits: Limits = _DEFAULTS, progress: Progress | None = None
) -> Document:
    """As `read_file`, for content at hand; `name` is what the file was called, without a folder."""
    _check_size(len(content), limits)
    # A name may hold bytes that are no text in the system's encoding.
    request = Request(name=name.encode(errors="replace").decode(), limits=limits)
    return run(CHILD, request, content, progress or _ignore)


def _ignore(share: float) -> None:
    """Nobody asked how far it is."""


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_size:
        raise TooLarge(what="文件大小 / its size", size=_megabytes(size), limit=_megabytes(limits.file_size))


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


def run(program: Sequence[str], request: Request, content: bytes, progress: Progress) -> Document:
    """Lets `program`, which speaks `protocol`, read `content`. `progress` may raise to give it up."""
    child = _start(program, request, content)
    try:
        return _Conversation(child, request.limits, progress).listen()
    finally:
        _end(child)


def _start(program: Sequence[str], request: Request, content: bytes) -> subprocess.Popen[bytes]:
    # A file without a name, not a pipe: the child reads it at its own pace and nobody waits for it.
    with tempfile.TemporaryFile() as file:
        file.write(request.model_dump_json().encode() + b"\n")
        file.write(content)
        file.seek(0)
        return subprocess.Popen(  # noqa: S603
            program,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env=_SET_VARIABLES | {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ},
            start_new_session=True,
        )


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills the child with all that it started, unless it has ended by itself."""
    if child.returncode is None:
        # macOS denies it for a process that has just ended.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for stream in (child.stdout, child.stderr):
        if stream is not None:
            stream.close()


class _Conversation:
    """Hears a child out, as long as its time lasts."""

    def __init__(self, child: subprocess.Popen[bytes], limits: Limits, progress: Progress) -> None:
        self._child = child
        self._limits = limits
        self._progress = progress
        self._deadline = time.monotonic() + limits.seconds
        self._ready = False
        self._document: Document | None = None
        self._line = bytearray()
        self._complaints = b""

    def listen(self) -> Document:
        """The document that the child gives, or the error that it says or dies of."""
        hear = {self._child.stdout: self._hear, self._child.stderr: self._hear_complaint}
        with selectors.DefaultSelector() as selector:
            for stream, listener in hear.items():
                if stream is not None:
                    selector.register(stream, selectors.EVENT_READ, listener)
            while selector.get_map():
                for key, _ in selector.select(self._time_left()):
                    chunk = os.read(key.fd, _CHUNK)
                    key.data(chunk)
                    if self._document is not None:
                        return self._document
                    if not chunk:
                        selector.unregister(key.fileobj)
        raise self._cause_of_death()

    def _time_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TookTooLong(limit=self._limits.seconds)
        return left

    def _hear_complaint(self, chunk: bytes) -> None:
        self._complaints = (self._complaints + chunk)[-_COMPLAINTS:]

    def _hear(self, chunk: bytes) -> None:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            self._line += end
            self._answer(bytes(self._line))
            self._line.clear()
        self._line += rest
        if len(self._line) > self._limits.memory:
            # More than the child may hold: it isn't a document that it sends.
            raise Broken(detail=_GARBLED)

    def _answer(self, line: bytes) -> None:
        word, _, payload = line.partition(b" ")
        match word.decode(errors="replace"):
            case Word.READY:
                self._ready = True
            case Word.PROGRESS:
                self._progress(_understood(float, payload))
            case Word.DOCUMENT:
                self._document = _understood(Document.model_validate_json, payload)
            case Word.ERROR:
                raise _understood(error_from, payload)
            case Word.UNAVAILABLE:
                raise ReaderUnavailable(payload.decode(errors="replace"))
            case _:
                raise Broken(detail=_GARBLED)

    def _cause_of_death(self) -> Exception:
        """Why a child that gave no answer came to its end."""
        try:
            status = self._child.wait(self._time_left())
        except subprocess.TimeoutExpired:
            return TookTooLong(limit=self._limits.seconds)
        # The kernel kills by this signal when the whole machine is short of memory.
        if status in {OUT_OF_MEMORY, -signal.SIGKILL} or _MEMORY_COMPLAINT.search(self._complaints):
            return TookTooMuchMemory(limit=_megabytes(self._limits.memory))
        if status == -signal.SIGXCPU:
            return TookTooLong(limit=self._limits.seconds)
        if not self._ready:
            # It has seen nothing of the file yet, so its complaint can't repeat what the file says.
            return ReaderUnavailable(self._complaints.decode(errors="replace").strip() or f"status {status}")
        return Broken(detail=_SIGNALS.get(-status, _GARBLED))


def _understood(read: Callable[[bytes], _Answer], payload: bytes) -> _Answer:
    try:
        return read(payload)
    except (ValueError, KeyError):
        raise Broken(detail=_GARBLED) from None
