"""A file is read in a process of its own: what it may not do there, and what the caller gets of it."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import casewright
from casewright.documents.blocks import Block, BlockKind, Document
from casewright.documents.errors import (
    ERRORS,
    Broken,
    Dangerous,
    DocumentError,
    Encrypted,
    TookTooLong,
    TookTooMuchMemory,
    TooLarge,
    UnknownType,
)
from casewright.documents.limits import Limits
from casewright.documents.protocol import Request, error_from, error_payload
from casewright.documents.sandbox import ReaderUnavailable, read_bytes, read_file, run

MARKDOWN = "# 登录\n\n用户输入手机号。\n"

# The real child, but with another reader for text files; the first argument is where the package is found.
_CHILD_WITH_READER = """
import sys, types
sys.path.append(sys.argv.pop(1))
reader = types.ModuleType("casewright.documents.readers.text.reader")
exec(sys.argv[1], reader.__dict__)
sys.modules[reader.__name__] = reader
from casewright.documents.child import main
main()
"""
_READER = """
import ctypes, os, signal, socket, subprocess, sys, time, resource
from pathlib import Path
from casewright.documents.blocks import *
from casewright.documents.errors import *

def document(name, *texts):
    blocks = (Block(index=i, kind=BlockKind.PARAGRAPH, text=str(t)) for i, t in enumerate(texts))
    return Document(name=name, type="text", blocks=tuple(blocks))

def read(content, name, limits, progress):
"""


def read_with(body: str, content: bytes = b"words", limits: Limits | None = None) -> Document:
    """Reads a text file by a reader whose `read` has this body."""
    source = _READER + "".join(f"    {line}\n" for line in body.strip().splitlines())
    root = str(Path(casewright.__file__).parents[1])
    program = (sys.executable, "-I", "-c", _CHILD_WITH_READER, root, source)
    return run(program, Request(name="a.txt", limits=limits or Limits()), content, lambda share: None)


def error_of(body: str, content: bytes = b"words", limits: Limits | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_with(body, content, limits)
    return caught.value


def answer_of(script: str, limits: Limits | None = None) -> Document:
    """What the caller makes of a child that is this script."""
    request = Request(name="a.txt", limits=limits or Limits())
    return run((sys.executable, "-I", "-c", script), request, b"words", lambda share: None)


def test_a_file_becomes_the_document_that_its_reader_gives(tmp_path: Path) -> None:
    path = tmp_path / "需求 说明.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    document = read_file(path)
    assert document == read_bytes(MARKDOWN.encode(), "需求 说明.md")
    assert (document.name, document.type, document.notices) == ("需求 说明.md", "markdown", ())
    assert [(block.kind, block.text) for block in document.blocks] == [
        (BlockKind.HEADING, "登录"),
        (BlockKind.PARAGRAPH, "用户输入手机号。"),
    ]


def test_every_field_of_a_document_comes_over_unchanged() -> None:
    body = """
place = Place(page=1, line=2, end_line=3, row=4, column=5, sheet="表", cell="B3", start=0, end=9, within="x")
mark = Mark(kind=MarkKind.STRUCK, start=0, end=2)
cell = Cell(text="a\\nb\\u2028😀", place=place, marks=(mark,), row_span=2, column_span=3, covered=True)
table = Block(index=0, kind=BlockKind.TABLE, place=place, table=Table(rows=((cell,),), header_rows=1))
comment = Block(index=0, kind=BlockKind.COMMENT, text="?", level=2, label="(b)", marks=(mark,))
notice = Notice(code="deleted text", zh="删", en="gone", place=place)
return Document(name=name, type="text", blocks=(table,), comments=(comment,), notices=(notice,))
"""
    namespace: dict[str, object] = {}
    exec(_READER + "".join(f"    {line}\n" for line in body.strip().splitlines()), namespace)
    expected = namespace["read"](b"", "a.txt", Limits(), print)  # type: ignore[operator]
    assert read_with(body) == expected


def test_a_wrong_extension_is_told_among_the_notices() -> None:
    document = read_bytes(MARKDOWN.encode(), "a.docx")
    assert document.type == "markdown"
    assert [notice.code for notice in document.notices] == ["wrong extension"]


def test_progress_is_told_in_small_steps_and_rises_to_the_end() -> None:
    shares: list[float] = []
    content = ("# heading\n\nwords\n\n" * 3000).encode()
    read_bytes(content, "a.md", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert 2 <= len(shares) <= 101


def test_a_caller_that_gives_up_while_it_hears_of_progress_gets_its_own_exception() -> None:
    class GaveUpError(Exception):
        pass

    def give_up(share: float) -> None:
        raise GaveUpError

    with pytest.raises(GaveUpError):
        read_bytes(MARKDOWN.encode(), "a.md", progress=give_up)


def test_a_missing_file_and_a_folder_are_the_system_errors_they_are(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "missing.md")
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path)


def test_a_file_over_the_limit_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(3 * 1024**2)
    with pytest.raises(TooLarge) as caught:
        read_file(path, Limits(file_size=1024**2))
    assert caught.value.parameters["size"] == "3.0 MB"
    with pytest.raises(TooLarge):
        read_bytes(b"1234", "a.txt", Limits(file_size=3))


def test_a_name_that_is_no_text_does_not_stop_the_reading() -> None:
    document = read_bytes(MARKDOWN.encode(), os.fsdecode(b"\xff\xfe.md"))
    assert document.name == "??.md"


def test_the_pipe_behind_a_name_is_read_too(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, MARKDOWN.encode())
    os.close(writing)
    try:
        document = read_file(Path(f"/dev/fd/{reading}"))
    finally:
        os.close(reading)
    assert len(document.blocks) == 2


@pytest.mark.parametrize("error", ERRORS.values())
def test_every_error_comes_over_with_its_words(error: type[DocumentError]) -> None:
    original = error(detail="详情", limit=3, size="4 MB", what="深度", old=".doc", new=".docx", known=".md")
    copy = error_from(error_payload(original))
    assert type(copy) is error
    assert copy.message("zh") == original.message("zh")
    assert copy.message("en") == original.message("en")


def test_an_error_that_the_reader_finds_reaches_the_caller() -> None:
    assert type(error_of("raise Encrypted")) is Encrypted
    error = error_of("raise TooLarge(what='pages', size=3, limit=2)")
    assert error.parameters == {"what": "pages", "size": "3", "limit": "2"}


def test_a_fault_of_the_reader_is_told_by_its_sort_and_never_by_the_document_text() -> None:
    error = error_of("raise ValueError(content.decode())", b"secret words")
    assert type(error) is Broken
    assert error.parameters == {"detail": "ValueError"}


def test_a_text_that_cannot_be_written_down_is_a_broken_document() -> None:
    assert type(error_of("return document(name, '\\ud800')")) is Broken


def test_endless_recursion_is_too_deep_nesting() -> None:
    error = error_of("return read(content, name, limits, progress)")
    assert type(error) is TooLarge
    assert "nesting" in error.message("en")
    assert "嵌套" in error.message("zh")


def test_a_reader_that_takes_all_memory_is_stopped() -> None:
    limits = Limits(memory=300 * 1024**2)
    assert type(error_of("return [bytes(10**7) for _ in range(10**6)]", limits=limits)) is TookTooMuchMemory
    assert type(error_of("return bytes(10**12)", limits=limits)) is TookTooMuchMemory
    many_small = "known = []\nwhile True: known.append([len(known)])"
    assert type(error_of(many_small, limits=limits)) is TookTooMuchMemory


def test_a_reader_killed_for_want_of_memory_is_told_from_one_that_crashed() -> None:
    killed = error_of("os.abort()")
    assert (type(killed), killed.parameters) == (Broken, {"detail": "SIGABRT"})
    complaint = "sys.stderr.write('memory allocation of 99 bytes failed')\nsys.stderr.flush()\nos.abort()"
    assert type(error_of(complaint)) is TookTooMuchMemory


def test_a_reader_that_does_not_come_to_an_end_is_killed_when_its_time_is_over() -> None:
    limits = Limits(seconds=1)
    for body in ("while True: pass", "time.sleep(600)", "os.close(1); os.close(2); time.sleep(600)"):
        error = error_of(body, limits=limits)
        assert type(error) is TookTooLong
        assert "1" in error.message("zh")


def test_a_reader_that_used_up_its_processor_time_took_too_long() -> None:
    script = """
import resource, signal, sys
print("ready", flush=True)
signal.raise_signal(signal.SIGXCPU)
"""
    with pytest.raises(TookTooLong):
        answer_of(script)


@pytest.mark.parametrize("signal_name", ["SIGSEGV", "SIGBUS", "SIGILL"])
def test_a_crash_is_a_broken_file_and_names_the_signal(signal_name: str) -> None:
    body = f"signal.raise_signal(signal.{signal_name})"
    assert error_of(body).parameters == {"detail": signal_name}


@pytest.mark.parametrize(
    "script",
    [
        "print('ready \\nHello, world')",
        "print('ready ')",
        "print('ready \\ndocument {}')",
        "print('ready \\ndocument not json')",
        'print(\'ready \\nerror {"code": "no such", "parameters": {}}\')',
        "print('ready \\nerror []')",
        "print('ready \\nprogress soon')",
        "import os; os.write(1, b'ready \\n\\xff\\xfe\\n')",
        "print('ready \\ndocument {\"name\":')",
    ],
)
def test_an_answer_that_makes_no_sense_is_a_broken_file(script: str) -> None:
    with pytest.raises(Broken) as caught:
        answer_of(script)
    assert "reader's answer" in caught.value.parameters["detail"]


def test_an_endless_answer_is_cut_off() -> None:
    endless = "import os\nwhile True: os.write(1, b'x' * 65536)"
    with pytest.raises(Broken):
        answer_of(endless, Limits(memory=1024**2))


def test_what_a_library_prints_does_not_spoil_the_answer() -> None:
    body = "print('document {}', flush=True)\nos.write(1, b'error')\nreturn document(name, 'fine')"
    assert read_with(body).blocks[0].text == "fine"


def test_an_installation_that_cannot_read_is_no_fault_of_the_file() -> None:
    with pytest.raises(ReaderUnavailable, match="no_such_library"):
        read_with("import no_such_library")
    with pytest.raises(ReaderUnavailable, match="no_such_package"):
        answer_of("import no_such_package")


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of a server on this machine that would take any connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_reader_cannot_reach_the_network(listener: int) -> None:
    error = error_of(f"socket.create_connection(('127.0.0.1', {listener}))")
    assert type(error) is Dangerous
    assert "socket" in error.message("en")


# As a library in C would do it: unseen by Python.
_CONNECT_IN_C = """
class Address(ctypes.Structure):
    _fields_ = [("family", ctypes.c_uint16), ("port", ctypes.c_uint16), ("ip", ctypes.c_uint32),
                ("rest", ctypes.c_char * 8)]
library = ctypes.CDLL(None)
descriptor = library.socket(2, 1, 0)
address = Address(2, int.from_bytes((PORT).to_bytes(2, "big"), "little"), 0x0100007F)
answer = library.connect(descriptor, ctypes.byref(address), 16)
return document(name, answer)
"""


def test_not_even_a_library_in_c_reaches_the_network(listener: int) -> None:
    if sys.platform != "linux" or not _grants_namespaces():
        pytest.skip("the kernel gives processes no network of their own here")
    assert read_with(_CONNECT_IN_C.replace("PORT", str(listener))).blocks[0].text == "-1"


def _grants_namespaces() -> bool:
    return read_with("return document(name, os.stat('/proc/self/ns/net').st_ino)").blocks[0].text != str(
        Path("/proc/self/ns/net").stat().st_ino
    )


@pytest.mark.parametrize(
    "body",
    [
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.kill(os.getppid(), 0)",
        "Path(FOLDER, 'new').write_text('x')",
        "Path(FOLDER, 'there').unlink()",
        "Path(FOLDER, 'there').rename(Path(FOLDER, 'gone'))",
        "Path(FOLDER, 'there').open('r+')",
        "Path(FOLDER, 'new').mkdir()",
        "os.open(FOLDER + '/new', os.O_CREAT | os.O_WRONLY)",
    ],
)
def test_a_reader_cannot_start_a_program_or_change_a_file(body: str, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("as it was")
    error = error_of(body.replace("FOLDER", repr(str(tmp_path))))
    assert type(error) is Dangerous
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_text() == "as it was"


def test_a_reader_may_still_load_a_module_that_it_needs_late() -> None:
    assert read_with("import wave\nreturn document(name, wave.__name__)").blocks[0].text == "wave"


def test_secrets_of_the_environment_do_not_reach_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWRIGHT_OPENAI_KEY", "sk-secret")
    monkeypatch.setenv("PYTHONPATH", "/tmp/elsewhere")
    seen = read_with("return document(name, *os.environ.items(), *sys.path)")
    words = " ".join(block.text for block in seen.blocks)
    assert "secret" not in words
    assert "elsewhere" not in words


def test_limits_of_the_system_are_in_force_while_it_reads() -> None:
    names = ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC"]
    body = f"return document(name, *(resource.getrlimit(getattr(resource, n))[0] for n in {names}))"
    seen = read_with(body, limits=Limits(memory=2**30, seconds=77))
    assert [int(block.text) for block in seen.blocks] == [2**30, 77, 0, 0, 64, 0]


def test_an_unknown_type_is_refused_before_any_reader_is_loaded() -> None:
    with pytest.raises(UnknownType, match="PNG"):
        read_bytes(b"\x89PNG\r\n\x1a\n", "a.md")


@pytest.mark.parametrize(
    "body", ["return document(name)", "raise Encrypted", "os.abort()", "time.sleep(600)"]
)
def test_no_process_is_left_behind(body: str) -> None:
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    if not children.exists():
        pytest.skip("this system doesn't list the children of a process")
    before = children.read_text()
    with contextlib.suppress(DocumentError):
        read_with(body, limits=Limits(seconds=1))
    assert children.read_text() == before


def test_blocks_keep_their_order_and_number() -> None:
    document = read_with("return document(name, *range(2000))")
    assert [block.index for block in document.blocks] == list(range(2000))
    assert isinstance(document.blocks[0], Block)
