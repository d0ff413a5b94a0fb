"""What a file is, by its content; its name only where the content leaves it open."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.detection import detect, wrong_extension
from casewright.documents.errors import (
    Broken,
    DocumentError,
    EmptyDocument,
    Encrypted,
    OldOffice,
    UnknownType,
)
from casewright.documents.reading import READERS, Reader

ROWS = {row.type: row for row in READERS}

MARKDOWN = "# 登录\n\n- 用户输入 **手机号**\n"
PROSE = "The user logs in.\nAfter five failures, the account is locked, for an hour.\n"
CSV = "id,requirement,priority\n1,Log in,high\n2,Log out,low\n"
HTML = "<!DOCTYPE html>\n<html><body><p>登录</p></body></html>"


def only_names(value: object) -> str:
    """The part of a test's id that a parameter gives: some contents tell the time that they were made."""
    return value if isinstance(value, str) else ""


def zipped(*names: str, **contents: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
        for name, text in contents.items():
            package.writestr(name, text)
    return buffer.getvalue()


def docx() -> bytes:
    return zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def xlsx() -> bytes:
    return zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml")


def ole(*streams: str) -> bytes:
    """An OLE2 file as far as its directory, which has these streams in its root."""
    directory = b"".join(
        name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + bytes(62)
        for name in ((stream + "\0").encode("utf-16-le") for stream in ("Root Entry", *streams))
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory + bytes(1024)


def outcome(content: bytes, name: str) -> Reader | DocumentError:
    try:
        return detect(content, name)
    except DocumentError as error:
        return error


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (docx(), "a.docx", "docx"),
        (docx(), "a.docm", "docx"),
        (docx(), "a.pdf", "docx"),
        (docx(), "", "docx"),
        (zipped("word/document2.xml"), "from SharePoint.docx", "docx"),
        (zipped("word\\Document.xml"), "written by a careless tool.docx", "docx"),
        (xlsx(), "a.xlsx", "xlsx"),
        (xlsx(), "a.docx", "xlsx"),
        (b"%PDF-1.7\n...", "a.txt", "pdf"),
        (b"\xef\xbb\xbfjunk\n%PDF-1.4\n1 0 obj\n<<>>\nendobj", "a.pdf", "pdf"),
        (HTML.encode(), "a.html", "html"),
        (HTML.encode(), "exported.doc", "html"),
        (HTML.encode(), "a.txt", "html"),
        (HTML.encode("utf-16"), "a.html", "html"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml">', "a.xml", "html"),
        (b"<table><tr><td>1</td></tr></table>", "exported.xls", "html"),
        (b"only words", "a.html", "html"),
        (CSV.encode(), "a.csv", "csv"),
        (CSV.encode(), "exported.xls", "csv"),
        (CSV.replace(",", "\t").encode("gb18030"), "", "csv"),
        (CSV.replace(",", ";").encode(), "a", "csv"),
        (b"id|rule\n1|a\n2|b\n3|c\n", "a", "csv"),
        (b"| id | rule |\n| --- | --- |\n| 1 | a |\n| 2 | b |\n", "a", "markdown"),
        (b"id,rule\n1,**bold**\n2,[x](y)\n3,c\n4,d\n", "a", "csv"),
        (b"\n" * 100_000 + b"late words", "a.md", "markdown"),
        (b"\n" * 100_000 + b"late words", "a", "text"),
        (b"one column\nof words\n", "a.csv", "csv"),
        (CSV.encode(), "a.txt", "text"),
        (MARKDOWN.encode(), "a.md", "markdown"),
        (MARKDOWN.encode(), "README", "markdown"),
        (MARKDOWN.encode("gb18030"), "需求", "markdown"),
        (MARKDOWN.encode("utf-16"), "需求", "markdown"),
        (MARKDOWN.encode(), "a.txt", "text"),
        (b"<div align=center>\n\n# Title\n", "README.md", "markdown"),
        (PROSE.encode(), "a.md", "markdown"),
        (PROSE.encode(), "notes", "text"),
        (PROSE.encode(), "notes.docx", "text"),
        ("用户登录。\n连续失败5次，锁定账户。\n".encode(), "需求v1.2", "text"),
        (b"Hello, world.\nBye, world.\nAgain, world.\nOnce more, world.\n", "x", "text"),
        (b"The file begins with %PDF-1.7 in its first line.", "a.txt", "text"),
        (b"[REQ-1] The user logs in.", "a", "text"),
        (b"BMW is a maker of cars", "a", "text"),
        (b"MZ is a country code, and this is a text that is longer than a header of a program", "a", "text"),
        (b'{"as": "text"}', "a.txt", "text"),
    ],
    ids=only_names,
)
def test_the_content_tells_the_type_and_the_name_helps_where_it_does_not(
    content: bytes, name: str, expected: str
) -> None:
    assert detect(content, name).type == expected


@pytest.mark.parametrize(
    ("content", "name", "detail"),
    [
        (zipped("ppt/presentation.xml"), "a.docx", "PowerPoint .pptx"),
        (zipped("xl/workbook.bin"), "a.xlsb", "Excel .xlsb"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", "OpenDocument .odt"),
        (zipped(mimetype="application/epub+zip"), "a.epub", "EPUB"),
        (zipped("OFD.xml"), "a.ofd", "OFD"),
        (zipped("content.json", "metadata.json"), "a.xmind", "XMind"),
        (zipped("photo.png"), "a.zip", "ZIP"),
        (zipped("folder/word/document.xml"), "a.docx", "ZIP"),
        (zipped(), "a.docx", "ZIP"),
        (ole("PowerPoint Document"), "a.ppt", "PowerPoint .ppt"),
        (ole("__properties_version1.0"), "a.msg", "Outlook .msg"),
        (ole(), "a.doc", "OLE2"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.md", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a.docx", "JPEG"),
        (b"\0\0\0\x18ftypheic", "a.heic", "MP4 / HEIC"),
        (b"\x7fELF\x02\x01\x01", "a.txt", "ELF"),
        (b"MZ" + bytes(200), "a.exe", "Windows .exe"),
        (gzip.compress(b"x", mtime=0), "a.csv", "gzip"),
        (b'{"openapi": "3.1.0"}', "api.json", "JSON"),
        (b'[\n  {"id": 1}\n]', "api", "JSON"),
        (b"openapi: 3.1.0\n", "api.yaml", "YAML"),
        (b'<?xml version="1.0"?><a/>', "a", "XML"),
        (b"<a/>", "a.xml", "XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "wiki.doc", "MHTML"),
        (bytes(range(256)) * 40, "a.txt", "二进制数据 / binary data"),
        (bytes(3000), "a.md", "二进制数据 / binary data"),
    ],
    ids=only_names,
)
def test_a_type_that_is_not_read_is_named_with_those_that_are(content: bytes, name: str, detail: str) -> None:
    with pytest.raises(UnknownType) as caught:
        detect(content, name)
    assert caught.value.parameters["detail"] == detail
    zh, _, en = detail.partition(" / ") if "进制" in detail else (detail, "", detail)
    for language, named in (("zh", zh), ("en", en)):
        message = caught.value.message(language)
        assert named in message
        assert ".docx, .xlsx, .pdf" in message


def test_a_tar_archive_is_named() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    with pytest.raises(UnknownType, match="tar"):
        detect(buffer.getvalue(), "a.tar")


@pytest.mark.parametrize(
    ("content", "old", "new"),
    [
        (ole("WordDocument", "1Table"), ".doc", ".docx"),
        (ole("WordDocument", "Workbook"), ".doc", ".docx"),
        (ole("Workbook", "WordDocument"), ".xls", ".xlsx"),
        (ole("Book"), ".xls", ".xlsx"),
        (b"{\\rtf1\\ansi hello}", ".rtf", ".docx"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>', ".xml", ".xlsx"),
    ],
    ids=only_names,
)
def test_an_old_office_file_comes_with_the_advice_what_to_save_it_as(
    content: bytes, old: str, new: str
) -> None:
    with pytest.raises(OldOffice) as caught:
        detect(content, "a.docx")
    assert caught.value.parameters == {"old": old, "new": new}


def test_an_office_file_with_a_password_is_told_from_an_old_one() -> None:
    with pytest.raises(Encrypted):
        detect(ole("EncryptionInfo", "EncryptedPackage"), "secret.docx")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\n" * 100_000])
def test_a_file_without_a_character_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyDocument):
        detect(content, "a.md")


def test_a_word_file_that_was_cut_short_is_still_one_and_a_zip_that_says_nothing_is_broken() -> None:
    whole = docx()
    assert detect(whole[:-30], "a.docx").type == "docx"
    with pytest.raises(Broken):
        detect(whole[:60], "a.docx")


@pytest.mark.parametrize(
    ("name", "type_", "contradicts"),
    [
        ("a.docx", "docx", False),
        ("a.DOCX", "docx", False),
        ("a.docm", "docx", False),
        ("a.htm", "html", False),
        ("a.log", "text", False),
        ("需求v1.2", "markdown", False),
        ("README", "markdown", False),
        ("a.pdf", "docx", True),
        ("a.doc", "html", True),
        ("a.png", "text", True),
    ],
)
def test_a_name_that_promises_another_type_gives_a_notice(name: str, type_: str, contradicts: bool) -> None:
    notice = wrong_extension(name, ROWS[type_])
    assert (notice is not None) == contradicts
    if notice is not None:
        assert notice.code == "wrong extension"
        for text in (notice.zh, notice.en):
            assert ROWS[type_].suffixes[0] in text
        assert notice.zh != notice.en


_BEGINNINGS = (
    b"",
    docx()[:200],
    ole("Book")[:700],
    b"%PDF-",
    b"<html>",
    b"\xff\xfe",
    b"PK\5\6",
    "需求".encode(),
)


@given(
    beginning=st.sampled_from(_BEGINNINGS),
    rest=st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    name=st.sampled_from(["", "a.docx", "a.csv", "a.md", "a.json"]) | st.text(max_size=10),
)
def test_any_bytes_are_recognised_or_refused_in_words(beginning: bytes, rest: bytes, name: str) -> None:
    result = outcome(beginning + rest, name)
    if isinstance(result, DocumentError):
        assert "{" not in result.message("zh") + result.message("en")
        assert "?" not in result.message("en")
    else:
        assert result in READERS
        wrong_extension(name, result)


@pytest.mark.parametrize(
    "content",
    [
        b"<!-- x -->" * 6000,
        b"[" * 60000,
        b"**a" * 20000,
        b"a: " * 20000,
        b'"' * 60000,
        b"PK\3\4" * 15000,
        b"PK\3\4" + b"PK\1\2" * 15000 + b"PK\5\6" + bytes(8) + (60000).to_bytes(4, "little") + bytes(6),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Book\0".encode("utf-16-le") * 6000,
        b"MIME:" + b"\n" * 60000,
    ],
)
def test_content_made_to_hold_up_the_recognition_does_not(content: bytes) -> None:
    result = outcome(content, "a")
    assert result in READERS or isinstance(result, UnknownType | Broken)
