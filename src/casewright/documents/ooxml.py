"""The gate for Office files (.docx, .xlsx): looks at all of a package before any library touches it.

What passes is a zip of plain or deflated entries, as large as it says and within the limits, whose XML is
well-formed, shallow and free of a DOCTYPE. Texts in `detail` are file names and signs, so that they can be
read in both languages.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias
from xml.parsers import expat

from lxml import etree

from casewright.documents.errors import Broken, Dangerous, Encrypted, OldOffice, TooLarge
from casewright.documents.limits import Limits

Element: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]

_CONTENT_TYPES = "[Content_Types].xml"
_CFB = b"\xd0\xcf\x11\xe0"
_CENTRAL_ENTRY = b"PK\x01\x02"
_PACKED_CHUNK = 1 << 16
_CHUNK = 1 << 20
_LONGEST_TAG = 10 * 1024**2
"""lxml refuses longer ones as well; expat's time grows with their square."""
_RATIO_FROM = 1 << 20
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_OLD_OFFICE = (
    ("WordDocument", ".doc", ".docx"),
    ("Workbook", ".xls", ".xlsx"),
    ("Book", ".xls", ".xlsx"),
    ("PowerPoint Document", ".ppt", ".pptx"),
)
_STRICT = re.compile(rb"""(?<==["'])http://purl\.oclc\.org/ooxml/([A-Za-z]+)(/[A-Za-z]+)?(?=["'])""")
_STRICT_NAMESPACES = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    b"drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another. `kind` is the last word of its type: 'styles', 'comments', …"""

    id: str
    kind: str
    target: str
    """The name of a part, or an address outside the package."""
    external: bool


class Package:
    """A package that passed the gate. Names of parts have no leading slash; case does not count."""

    def __init__(self, content: bytes, entries: dict[str, zipfile.ZipInfo], limits: Limits) -> None:
        self._content = content
        self._entries = entries
        self._limits = limits

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(_part_name(entry) for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """The inflated bytes of a part. Raises KeyError when there is none of that name."""
        return b"".join(_inflate(self._content, self._entries[name.lower()]))

    def xml(self, name: str) -> Element:
        """The root element of a part. Comments and processing instructions are left out, and the names
        of the 'strict' variant are turned into the usual ones. Raises Broken for a part that is missing
        or isn't XML."""
        if name not in self:
            raise Broken(detail=name)
        content = self.read(name)
        if not _is_xml(name):
            _check_xml(name, iter((content,)), self._limits)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(_STRICT.sub(_usual_namespace, content), parser)
        except etree.XMLSyntaxError as error:
            raise Broken(detail=f"{name}:{error.lineno}") from error

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """The links from a part, or from the package itself."""
        folder, base = posixpath.split(name)
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        if links not in self:
            return ()
        return tuple(_relationship(element, folder) for element in self.xml(links))

    def related(self, name: str, kind: str) -> str | None:
        """The first part inside the package that `name` links to in this way."""
        for link in self.relationships(name):
            if link.kind == kind and not link.external and link.target in self:
                return link.target
        return None

    def main_part(self, usual: str) -> str:
        """The part that holds the document: the linked one, else the one at the usual place."""
        return self.related("", "officeDocument") or usual


def open_package(content: bytes, limits: Limits) -> Package:
    """Checks the whole file; takes about a tenth of a second for 10 MB of XML.

    Raises Broken, Encrypted, OldOffice, TooLarge or Dangerous.
    """
    if content.startswith(_CFB):
        raise _compound_file_error(content)
    entries = _entries(content, limits)
    inflated = 0
    for entry in entries.values():
        name = _part_name(entry)
        chunks = _measured(_inflate(content, entry), entry, inflated, limits)
        if _is_xml(name):
            inflated += _check_xml(name, chunks, limits)
        else:
            inflated += sum(map(len, chunks))
    if _CONTENT_TYPES.lower() not in entries:
        raise Broken(detail=_CONTENT_TYPES)
    return Package(content, entries, limits)


def _compound_file_error(content: bytes) -> Encrypted | OldOffice | Broken:
    def has(stream: str) -> bool:
        return f"{stream}\0".encode("utf-16-le") in content

    if has("EncryptedPackage"):
        return Encrypted()
    for stream, old, new in _OLD_OFFICE:
        if has(stream):
            return OldOffice(old=old, new=new)
    return Broken(detail="OLE2")


def _entries(content: bytes, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The files in the zip by their names in lower case, looked at but not inflated."""
    # Counted before zipfile makes an object of each; no entry goes without this signature.
    if (count := content.count(_CENTRAL_ENTRY)) > limits.entries:
        raise TooLarge(what="ZIP 条目数 / entries", size=count, limit=limits.entries)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Broken(detail="ZIP") from error
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & _ENCRYPTED_FLAGS:
            raise Encrypted
        name = _part_name(info)
        if _is_unsafe(name):
            raise Dangerous(detail=f"ZIP: {name[:100]}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Broken(detail=f"{name}: ZIP {info.compress_type}")
        if name.endswith("/"):
            continue
        if name.lower() in entries:
            raise Dangerous(detail=f"ZIP: 2 × {name[:100]}")
        entries[name.lower()] = info
    return entries


def _part_name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")


def _is_unsafe(name: str) -> bool:
    return name.startswith("/") or ":" in name.split("/", 1)[0] or ".." in name.split("/")


def _inflate(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry as they really are; its header is only asked where the data begins."""
    start = _data_start(content, info)
    packed = memoryview(content)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise Broken(detail=info.filename)
    if info.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield bytes(packed[at : at + _CHUNK])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _PACKED_CHUNK):
            rest = bytes(packed[at : at + _PACKED_CHUNK])
            while rest and not inflater.eof:
                yield inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
        while not inflater.eof and (more := inflater.decompress(b"", _CHUNK)):
            yield more
    except zlib.error as error:
        raise Broken(detail=info.filename) from error
    if not inflater.eof:
        raise Broken(detail=info.filename)


def _data_start(content: bytes, info: zipfile.ZipInfo) -> int:
    at = info.header_offset
    header = content[at : at + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise Broken(detail=info.filename)
    return at + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")


def _measured(chunks: Iterator[bytes], info: zipfile.ZipInfo, before: int, limits: Limits) -> Iterator[bytes]:
    """The chunks while they are within the limits; `before` bytes were inflated from other entries."""
    size, crc = 0, 0
    packed = max(info.compress_size, 1)
    for chunk in chunks:
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        if before + size > limits.inflated_size:
            raise TooLarge(
                what="解压后大小 / inflated size",
                size=f"> {before + size - len(chunk)} B",
                limit=f"{limits.inflated_size} B",
            )
        if size > _RATIO_FROM and size > packed * limits.inflation_ratio:
            raise Dangerous(detail=f"ZIP: {info.filename[:100]} > {limits.inflation_ratio} : 1")
        yield chunk
    if size != info.file_size or crc != info.CRC:
        raise Broken(detail=info.filename)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


class _Doctype(Exception):
    pass


class _TooDeep(Exception):
    pass


def _check_xml(name: str, chunks: Iterator[bytes], limits: Limits) -> int:
    """Reads a part without building anything, and gives its size in bytes."""
    depth = 0

    def begin(_tag: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise _TooDeep

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_declared: object) -> None:
        raise _Doctype

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            parser.Parse(chunk, False)  # noqa: FBT003
            if size - parser.CurrentByteIndex > _LONGEST_TAG:
                raise TooLarge(
                    what=f"XML 标签 / tag ({name})", size=f"> {_LONGEST_TAG} B", limit=f"{_LONGEST_TAG} B"
                )
        parser.Parse(b"", True)  # noqa: FBT003
    except _TooDeep:
        raise TooLarge(
            what=f"XML 层数 / depth ({name})", size=f"> {limits.depth}", limit=limits.depth
        ) from None
    except _Doctype:
        raise Dangerous(detail=f"DOCTYPE ({name})") from None
    except expat.ExpatError as error:
        raise Broken(detail=f"{name}:{error.lineno}") from error
    except (LookupError, ValueError) as error:  # an encoding that Python doesn't know, or not of one byte
        raise Broken(detail=f"{name}: encoding") from error
    return size


def _usual_namespace(match: re.Match[bytes]) -> bytes:
    return _STRICT_NAMESPACES.get(match[1] + (match[2] or b""), match[0])


def _relationship(element: Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        joined = target if target.startswith("/") else posixpath.join("/", folder, target)
        target = posixpath.normpath(joined).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relationship(element.get("Id", ""), kind, target, external)
