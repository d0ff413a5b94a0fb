"""Recognises what type a file is: its content decides, its name only where the content leaves it open."""

from __future__ import annotations

import re
from pathlib import PurePath

from casewright.documents import containers, looks
from casewright.documents.blocks import Notice
from casewright.documents.errors import (
    Broken,
    DocumentError,
    EmptyDocument,
    Encrypted,
    OldOffice,
    UnknownType,
)
from casewright.documents.reading import READERS, Reader

_ROWS = {row.type: row for row in READERS}
_TEXT_TYPES = ("html", "csv", "markdown", "text")

# Endings that mean one of our types besides those in its row.
_FURTHER_SUFFIXES = {
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xltm": "xlsx",
    ".xhtml": "html",
    ".shtml": "html",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".tab": "csv",
    ".text": "text",
    ".log": "text",
    ".rst": "text",
    ".adoc": "text",
}
_SUFFIXES = {suffix: row.type for row in READERS for suffix in row.suffixes} | _FURTHER_SUFFIXES
# Text that is written for programs; its name tells what it is.
_FOREIGN_TEXT = {
    ".json": "JSON",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".xml": "XML",
    ".svg": "SVG",
    ".mht": "MHTML",
    ".mhtml": "MHTML",
}
# fmt: off
_FOREIGN_SUFFIXES = frozenset(_FOREIGN_TEXT) | {
    ".doc", ".dot", ".wps", ".xls", ".xlt", ".et", ".xlsb", ".ppt", ".pps",
    ".dps", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".ofd", ".epub", ".xmind", ".msg",
    ".zip", ".rar", ".7z", ".gz",
    ".tar", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".exe", ".dll",
}
# fmt: on

# What an OLE2 file is by a stream in it.
_OLD_OFFICE = {"WordDocument": (".doc", ".docx"), "Workbook": (".xls", ".xlsx"), "Book": (".xls", ".xlsx")}
_OTHER_OLE = {
    "PowerPoint Document": "PowerPoint .ppt",
    "VisioDocument": "Visio .vsd",
    "__properties_version1.0": "Outlook .msg",
}
_ENCRYPTED = "EncryptedPackage"
_OFFICE_2003 = re.compile(r"<\?mso-application\s+progid=\"(Word|Excel)\.")


def detect(content: bytes, name: str) -> Reader:
    """The row of `READERS` for a file of this content.

    Raises EmptyDocument (every byte is blank), Encrypted, OldOffice, Broken (a zip that was cut short
    before it says what it is) or UnknownType, which names what the file is instead.
    """
    if not content.strip():
        raise EmptyDocument
    if content.startswith((containers.ZIP, containers.EMPTY_ZIP)):
        return _ROWS[_zip_type(content)]
    if content.startswith(containers.OLE):
        raise _ole_error(content)
    if containers.is_pdf(content):
        return _ROWS["pdf"]
    binary = containers.signature(content)
    if binary:
        raise _unknown(binary)
    return _ROWS[_text_type(content, PurePath(name).suffix.lower())]


def wrong_extension(name: str, row: Reader) -> Notice | None:
    """What a reader must know when the name promises another type than the content has."""
    suffix = PurePath(name).suffix.lower()
    promised = _SUFFIXES.get(suffix)
    if promised == row.type or (promised is None and suffix not in _FOREIGN_SUFFIXES):
        return None
    actual = row.suffixes[0]
    return Notice(
        code="wrong extension",
        zh=f"文件扩展名是 {suffix}，但内容是 {actual} 类型，已按内容读取。",
        en=f"The file's name ends in {suffix}, but its content is {actual}; it was read as that.",
    )


def _unknown(detail: str) -> UnknownType:
    return UnknownType(detail=detail, known=", ".join(row.suffixes[0] for row in READERS))


def _zip_type(content: bytes) -> str:
    directory = containers.zip_directory(content)
    names = containers.zip_entries(content) if directory is None else directory
    known = containers.office_type(names)
    if known is not None:
        return known
    if directory is None:
        raise Broken(detail="压缩包不完整 / the zip container is cut short")
    raise _unknown(containers.zip_type(content, names))


def _ole_error(content: bytes) -> DocumentError:
    stream = containers.ole_stream(content, (_ENCRYPTED, *_OLD_OFFICE, *_OTHER_OLE))
    if stream == _ENCRYPTED:
        return Encrypted()
    if stream in _OLD_OFFICE:
        old, new = _OLD_OFFICE[stream]
        return OldOffice(old=old, new=new)
    return _unknown(_OTHER_OLE.get(stream or "", "OLE2"))


def _text_type(content: bytes, suffix: str) -> str:
    text = looks.glance(content)
    if looks.is_noise(text):
        raise _unknown("二进制数据 / binary data")
    if text.startswith("{\\rtf"):
        raise OldOffice(old=".rtf", new=".docx")
    if looks.is_html_document(text):
        return "html"
    promised = _SUFFIXES.get(suffix)
    if promised in _TEXT_TYPES:
        return promised
    foreign = _foreign_text(text, suffix)
    if foreign is not None:
        raise foreign
    return _by_look(text)


def _foreign_text(text: str, suffix: str) -> DocumentError | None:
    """Why a text that its name doesn't promise to be one of our types is none of them."""
    old = _OFFICE_2003.search(text[:1000])
    if old:
        return OldOffice(old=".xml", new=".docx" if old[1] == "Word" else ".xlsx")
    if suffix in _FOREIGN_TEXT:
        return _unknown(_FOREIGN_TEXT[suffix])
    if text.lstrip().startswith("<?xml"):
        return _unknown("XML")
    if looks.is_web_archive(text):
        return _unknown("MHTML")
    return _unknown("JSON") if looks.is_json(text) else None


def _by_look(text: str) -> str:
    if looks.is_html_fragment(text):
        return "html"
    # Cells may hold Markdown, and Markdown's tables look like columns between bars.
    if looks.is_csv(text, ",;\t"):
        return "csv"
    if looks.is_markdown(text):
        return "markdown"
    return "csv" if looks.is_csv(text, "|") else "text"
