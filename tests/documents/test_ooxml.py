"""The gate that .docx and .xlsx pass before a library touches them."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.errors import (
    Broken,
    Dangerous,
    DocumentError,
    Encrypted,
    OldOffice,
    TooLarge,
)
from casewright.documents.limits import Limits
from casewright.documents.ooxml import Package, open_package

PLAIN: dict[str, bytes | str] = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": "<Relationships><Relationship Id='r1' Target='word/document.xml' "
    "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'/>"
    "</Relationships>",
    "word/document.xml": "<w>登录</w>",
}


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def package(limits: Limits | None = None, **parts: bytes | str) -> Package:
    return open_package(zipped(PLAIN | parts), limits or Limits())


def with_xml(content: bytes | str, limits: Limits | None = None) -> Package:
    return package(limits, **{"word/more.xml": content})


# What passes


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_harmless_package_gives_its_parts(method: int) -> None:
    noise = random.Random(1).randbytes(3_000_000)
    opened = open_package(zipped(PLAIN | {"word/media/a.png": noise}, method), Limits())
    assert set(opened.names) == {*PLAIN, "word/media/a.png"}
    assert opened.read("word/media/a.png") == noise
    assert opened.xml("word/document.xml").text == "登录"


def test_names_are_found_whatever_their_case_and_slashes() -> None:
    opened = package(**{"word\\Styles.xml": "<s/>"})
    assert "word/styles.xml" in opened
    assert opened.xml("WORD/styles.XML").tag == "s"
    assert "word/other.xml" not in opened


def test_parts_are_found_by_their_relationships() -> None:
    links = (
        "<Relationships><Relationship Id='a' Type='x/styles' Target='styles.xml'/>"
        "<Relationship Id='b' Type='x/comments' Target='/other/comments.xml'/>"
        "<Relationship Id='c' Type='x/image' Target='../media/a.png'/>"
        "<Relationship Id='d' Type='x/hyperlink' Target='http://x/y' TargetMode='External'/></Relationships>"
    )
    opened = package(
        **{"word/_rels/document.xml.rels": links, "word/styles.xml": "<s/>", "other/comments.xml": "<c/>"}
    )
    assert opened.main_part("usual.xml") == "word/document.xml"
    assert [(link.id, link.target) for link in opened.relationships("word/document.xml")] == [
        ("a", "word/styles.xml"),
        ("b", "other/comments.xml"),
        ("c", "media/a.png"),
        ("d", "http://x/y"),
    ]
    assert opened.related("word/document.xml", "comments") == "other/comments.xml"
    assert opened.related("word/document.xml", "image") is None, "there is no such part"
    assert opened.related("word/document.xml", "hyperlink") is None, "it is outside"
    assert opened.related("word/styles.xml", "styles") is None


def test_the_strict_variant_is_read_by_the_usual_names() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    root = with_xml(f'<w:p xmlns:w="{strict}">see {strict}</w:p>').xml("word/more.xml")
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    assert root.text == f"see {strict}"


def test_comments_in_xml_are_no_elements() -> None:
    assert len(with_xml("<a><!-- b --><?c d?><e/></a>").xml("word/more.xml")) == 1


def test_a_zip_with_something_in_front_of_it_is_read() -> None:
    assert open_package(b"\0" * 100 + zipped(PLAIN), Limits()).xml("word/document.xml").text == "登录"


# What is broken


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"no zip at all",
        zipped(PLAIN)[:-30],
        zipped(PLAIN)[: len(zipped(PLAIN)) // 2],
        zipped({"a.txt": "a zip, but no package"}),
        zipped(PLAIN, zipfile.ZIP_LZMA),
    ],
)
def test_what_is_no_package_is_broken(content: bytes) -> None:
    with pytest.raises(Broken):
        open_package(content, Limits())


@pytest.mark.parametrize(
    "xml", ["<a><b></a>", "<a>\0</a>", "<a>\x01</a>", "", "text", "<a b='1' b='2'/>", "<a>&undefined;</a>"]
)
def test_bad_xml_is_broken_and_the_part_is_named(xml: str) -> None:
    with pytest.raises(Broken) as caught:
        with_xml(xml)
    for language in ("zh", "en"):
        assert "word/more.xml" in caught.value.message(language)


def test_names_that_no_namespace_stands_for_are_broken_when_they_are_read() -> None:
    with pytest.raises(Broken, match=r"word/more\.xml"):
        with_xml("<w:a/>").xml("word/more.xml")


def test_a_part_that_is_not_there_is_broken() -> None:
    with pytest.raises(Broken, match=r"word/styles\.xml"):
        package().xml("word/styles.xml")


def test_bytes_that_were_changed_are_noticed() -> None:
    content = zipped(PLAIN, zipfile.ZIP_STORED).replace("登录".encode(), "登出".encode())
    with pytest.raises(Broken):
        open_package(content, Limits())


def test_an_encoding_that_is_not_known_is_broken() -> None:
    with pytest.raises(Broken):
        with_xml(b'<?xml version="1.0" encoding="klingon"?><a/>')


# What is locked or old


def compound(*streams: str) -> bytes:
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory


def test_a_file_with_a_password_is_encrypted() -> None:
    with pytest.raises(Encrypted):
        open_package(compound("EncryptionInfo", "EncryptedPackage"), Limits())


@pytest.mark.parametrize(
    ("stream", "old", "new"),
    [("WordDocument", ".doc", ".docx"), ("Workbook", ".xls", ".xlsx"), ("Book", ".xls", ".xlsx")],
)
def test_an_old_office_file_says_what_to_save_it_as(stream: str, old: str, new: str) -> None:
    with pytest.raises(OldOffice) as caught:
        open_package(compound(stream), Limits())
    assert old in caught.value.message("en")
    assert new in caught.value.message("zh")


def test_another_compound_file_is_broken() -> None:
    with pytest.raises(Broken):
        open_package(compound("Thumbs"), Limits())


def test_an_encrypted_entry_is_encrypted() -> None:
    content = bytearray(zipped(PLAIN))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Encrypted):
        open_package(bytes(content), Limits())


# What is dangerous


@pytest.mark.parametrize(
    "name", ["../evil", "word/../../evil", "/etc/passwd", "..\\evil", "C:/evil", "C:\\evil"]
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(Dangerous):
        package(**{name: "x"})


@pytest.mark.parametrize("name", ["word/document.xml", "WORD/Document.xml", "word\\document.xml"])
def test_two_entries_of_one_name_are_refused(name: str) -> None:
    buffer = io.BytesIO(zipped(PLAIN))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")  # zipfile warns of the very thing that is made here
        archive.writestr(name, "<x/>")
    with pytest.raises(Dangerous):
        open_package(buffer.getvalue(), Limits())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_in_any_encoding_and_part(encoding: str) -> None:
    evil = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    content = f'<?xml version="1.0" encoding="{encoding}"?>{evil}'.encode(encoding)
    with pytest.raises(Dangerous, match="DOCTYPE"):
        with_xml(content)
    hidden = package(**{"word/picture.bin": content})
    with pytest.raises(Dangerous, match="DOCTYPE"):
        hidden.xml("word/picture.bin")


def test_a_part_that_inflates_too_well_is_refused_once_it_is_large() -> None:
    for name in ("word/media/a.bin", "word/more.xml"):
        with pytest.raises(Dangerous, match="200 : 1"):
            package(**{name: "<a>" + " " * 2 * 1024**2})
    assert package(**{"word/media/a.bin": bytes(1024**2)})


# What is too large


def test_all_entries_together_may_inflate_only_so_far() -> None:
    limits = Limits(inflated_size=10_000)
    with pytest.raises(TooLarge, match="10000"):
        package(limits, **{f"word/media/{n}": bytes(2000) for n in range(5)})
    assert package(limits, **{f"word/media/{n}": bytes(2000) for n in range(4)})


def test_an_entry_that_lies_about_its_size_is_measured() -> None:
    size = 3_000_000
    content = zipped(PLAIN | {"word/media/a.bin": random.Random(1).randbytes(size)})
    lie = content.replace(struct.pack("<L", size), struct.pack("<L", 10))
    with pytest.raises(TooLarge):
        open_package(lie, Limits(inflated_size=1_000_000))
    with pytest.raises(Broken):
        open_package(lie, Limits())


def test_too_many_entries_are_refused() -> None:
    parts = {f"word/media/{n}": b"" for n in range(7)}
    assert package(Limits(entries=10), **parts)
    with pytest.raises(TooLarge, match="10"):
        package(Limits(entries=9), **parts)


def test_elements_may_nest_only_so_deep() -> None:
    def nested(depth: int) -> str:
        return "<a>" * depth + "</a>" * depth

    assert with_xml(nested(200))
    with pytest.raises(TooLarge, match="200"):
        with_xml(nested(201))
    assert with_xml("<a>" + nested(19) * 1000 + "</a>", Limits(depth=20))


def test_a_tag_that_goes_on_for_megabytes_is_refused() -> None:
    noise = random.Random(1).randbytes(6 * 1024**2).hex()
    with pytest.raises(TooLarge):
        with_xml(f'<a b="{noise}"/>')


@given(at=st.floats(0, 1), byte=st.integers(0, 255), length=st.integers(0, 8))
def test_a_harmed_package_is_read_or_refused_and_nothing_else(at: float, byte: int, length: int) -> None:
    content = bytearray(zipped(PLAIN | {"word/media/a.bin": b"x" * 500}))
    start = int(at * len(content))
    content[start : start + length] = bytes([byte]) * length
    with contextlib.suppress(DocumentError):
        opened = open_package(bytes(content), Limits())
        assert all(opened.read(name) is not None for name in opened.names)
