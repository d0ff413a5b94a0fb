"""Tells by its bytes what a file is that is not text: zip containers, old Office files, pictures, programs.

Only names and signatures are looked at; nothing is unpacked, and broken content never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_CENTRAL_ENTRY = 46
"""Bytes of an entry of a zip's directory before its name."""
_LOCAL_ENTRY = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_END_OF_DIRECTORY = 22
_LONGEST_COMMENT = 0xFFFF
_MOST_NAMES = 20_000
"""Twice the entries that are allowed: what lies behind is refused anyway."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"MSCF\0", "Cabinet"),
    (b"\x7fELF", "ELF"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xfe\xed\xfa", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Java / Mach-O"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"\x1aE\xdf\xa3", "Matroska / WebM"),
    (b"L\0\0\0\1\x14\2\0", "Windows .lnk"),
)
_SIGNATURES_WITHIN: tuple[tuple[int, bytes, str], ...] = (
    (257, b"ustar", "tar"),
    (4, b"ftyp", "MP4 / HEIC"),
    (8, b"WEBP", "WebP"),
    (8, b"WAVE", "WAV"),
    (8, b"AVI ", "AVI"),
)
# Two letters that also begin words: the bytes after them have to agree.
_WEAK_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"MZ.{56,58}\0", re.DOTALL), "Windows .exe"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.DOTALL), "BMP"),
)

# What a zip is by the names in it; the first that fits.
_BY_ENTRY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ppt/presentation\.xml"), "PowerPoint .pptx"),
    (re.compile(r"xl/workbook\.bin"), "Excel .xlsb"),
    (re.compile(r"visio/document\.xml"), "Visio .vsdx"),
    (re.compile(r"ofd\.xml"), "OFD"),
    (re.compile(r"index/document\.iwa"), "Apple iWork"),
    (re.compile(r"androidmanifest\.xml"), "Android .apk"),
    (re.compile(r"meta-inf/manifest\.mf"), "Java .jar"),
    (re.compile(r"content\.json|revisions/.*"), "XMind"),
)
_BY_MIMETYPE: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "OpenDocument .odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument .ods"),
    (b"application/vnd.oasis.opendocument.presentation", "OpenDocument .odp"),
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
    (b"application/epub+zip", "EPUB"),
)
_WORD = re.compile(r"word/document\d*\.xml")
_EXCEL = re.compile(r"xl/workbook\d*\.xml")


def signature(content: bytes) -> str | None:
    """The name of the picture, archive, program, … that `content` begins as."""
    for start, name in _SIGNATURES:
        if content.startswith(start):
            return name
    for offset, mark, name in _SIGNATURES_WITHIN:
        if content.startswith(mark, offset):
            return name
    return next((name for pattern, name in _WEAK_SIGNATURES if pattern.match(content)), None)


def is_pdf(content: bytes) -> bool:
    """The mark may stand anywhere in the first 1024 bytes; behind other words only an object tells that
    this is no text about PDF."""
    if content.startswith(b"%PDF-"):
        return True
    return b"%PDF-" in content[:1024] and re.search(rb"\d \d+ obj\b", content) is not None


def office_type(names: list[str]) -> str | None:
    """'docx' or 'xlsx' where a zip with entries of these names is one."""
    if any(_WORD.fullmatch(name) for name in names):
        return "docx"
    if any(_EXCEL.fullmatch(name) for name in names):
        return "xlsx"
    return None


def zip_type(content: bytes, names: list[str]) -> str:
    """What a zip that holds no document of a known type is."""
    if names[:1] == ["mimetype"]:
        for mimetype, title in _BY_MIMETYPE:
            if mimetype in content[:200]:
                return title
    for pattern, title in _BY_ENTRY:
        if any(pattern.fullmatch(name) for name in names):
            return title
    return "ZIP"


def zip_directory(content: bytes) -> list[str] | None:
    """The names of a zip's entries in small letters with '/' as separator; None when the directory at its
    end is missing or damaged, so that the file was cut short."""
    end = content.rfind(EMPTY_ZIP, max(0, len(content) - _END_OF_DIRECTORY - _LONGEST_COMMENT))
    if end < 0 or end + _END_OF_DIRECTORY > len(content):
        return None
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    if size > end:
        return None
    names = list(islice(_central_names(content, end - size, end), _MOST_NAMES))
    return names if names or size == 0 else None


def zip_entries(content: bytes) -> list[str]:
    """The names that stand with the entries themselves, for a zip without its directory."""
    found = islice(_LOCAL_ENTRY.finditer(content), _MOST_NAMES)
    return [_name(content, entry.end(), int.from_bytes(entry[1], "little")) for entry in found]


def _central_names(content: bytes, position: int, end: int) -> Iterator[str]:
    while position + _CENTRAL_ENTRY <= end and content.startswith(b"PK\x01\x02", position):
        lengths = content[position + 28 : position + 34]
        name, extra, comment = (int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2, 4))
        yield _name(content, position + _CENTRAL_ENTRY, name)
        position += _CENTRAL_ENTRY + name + extra + comment


def _name(content: bytes, start: int, length: int) -> str:
    return content[start : start + length].decode("utf-8", "replace").replace("\\", "/").lower()


def ole_stream(content: bytes, streams: Iterable[str]) -> str | None:
    """Which of `streams` an OLE2 file has first in its directory: a document may hold others as objects,
    but its own stream was made before."""
    places = {stream: _directory_entry(content, stream) for stream in streams}
    known = [(place, stream) for stream, place in places.items() if place is not None]
    return min(known)[1] if known else None


def _directory_entry(content: bytes, stream: str) -> int | None:
    """Where the directory entry of `stream` stands: a record of 128 bytes that begins with the name in
    UTF-16 and tells at 64 how many bytes that takes, its end included."""
    name = (stream + "\0").encode("utf-16-le")
    length = len(name).to_bytes(2, "little")
    place = content.find(name)
    while place >= 0:
        if place % 128 == 0 and content[place + 64 : place + 66] == length:
            return place
        place = content.find(name, place + 1)
    return None
