"""Files that are broken or made to do harm: each is refused with the words that fit, or read safely."""

from __future__ import annotations

import runpy
import struct
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from casewright.documents.blocks import Document
from casewright.documents.errors import (
    Broken,
    Dangerous,
    EmptyDocument,
    Encrypted,
    NoText,
    TooLarge,
    UnknownType,
)
from casewright.documents.limits import Limits

files = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("hostile_files.py"))))

PDF = files.pdf("The user logs in.", "The user logs out.")
HTML = "<html><body><p>登录</p></body></html>"
WHOLE = {
    "a.docx": files.docx(),
    "a.xlsx": files.xlsx(),
    "a.pdf": PDF,
    "a.html": HTML.encode(),
    "a.csv": "编号,需求\n1,登录\n".encode(),
    "a.md": "# 登录\n".encode(),
    "a.txt": "用户登录。\n".encode(),
}


@pytest.mark.parametrize("name", WHOLE)
def test_the_harmless_files_that_the_others_are_made_of_are_read(name: str) -> None:
    document = files.read(WHOLE[name], name)
    assert document.blocks
    assert document.name == name
    assert document.notices == ()


@pytest.mark.parametrize("name", WHOLE)
def test_an_empty_file_is_told_to_be_empty_whatever_its_name(name: str) -> None:
    files.refusal(b"", name, EmptyDocument)
    files.refusal(b" \r\n \n", name, EmptyDocument)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.docx("<w:p/>"), "a.docx"),
        (files.docx(""), "a.docx"),
        (files.xlsx(""), "a.xlsx"),
        (files.pdf(), "a.pdf"),
        (b"<html><head><title>x</title><script>alert(1)</script></head><body> </body></html>", "a.html"),
        (b",,\n,,\n", "a.csv"),
        (b"\xef\xbb\xbf", "a.csv"),
        ("\ufeff \n".encode("utf-16-le"), "a.txt"),
        (b"<!-- nothing -->\n", "a.md"),
    ],
    ids=files.only_names,
)
def test_a_file_with_nothing_to_read_in_it_is_empty_too(content: bytes, name: str) -> None:
    files.refusal(content, name, EmptyDocument, NoText)


@pytest.mark.parametrize("name", ["secret.docx", "secret.xlsx", "secret.pdf"])
def test_a_file_with_a_password_is_told_to_have_one(name: str) -> None:
    files.refusal(
        files.pdf("secret", password="x") if name.endswith("pdf") else files.encrypted_office(),
        name,
        Encrypted,
    )


def test_a_zip_with_encrypted_entries_is_told_to_have_a_password() -> None:
    content = bytearray(files.docx())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    files.refusal(bytes(content), "a.docx", Encrypted)


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_over_the_size_limit_is_refused(name: str) -> None:
    files.refusal(WHOLE[name], name, TooLarge, limits=Limits(file_size=5))


@pytest.mark.parametrize(("name", "other"), [("a.docx", "b.pdf"), ("a.xlsx", "b.docx"), ("a.pdf", "b.md")])
def test_a_wrongly_named_file_is_read_as_what_it_is(name: str, other: str) -> None:
    right, wrong = files.read(WHOLE[name], name), files.read(WHOLE[name], other)
    assert wrong.blocks == right.blocks
    assert [notice.code for notice in wrong.notices] == ["wrong extension"]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_office_file_that_was_cut_short_is_broken(name: str, share: float) -> None:
    files.refusal(WHOLE[name][: int(len(WHOLE[name]) * share)], name, Broken)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_a_pdf_that_was_cut_short_is_broken_or_read_as_far_as_it_goes(share: float) -> None:
    result = files.outcome(PDF[: int(len(PDF) * share)], "a.pdf")
    assert isinstance(result, Document | Broken | EmptyDocument | NoText)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.docx("<w:p><w:r></w:p>"), "a.docx"),
        (files.docx("<w:p><w:r><w:t>\x01</w:t></w:r></w:p>"), "a.docx"),
        (files.docx("<w:p><w:r><w:t>\0</w:t></w:r></w:p>"), "a.docx"),
        (files.docx(**{"word/styles.xml": "no XML"}), "a.docx"),
        (files.docx(**{"_rels/.rels": "<Relationships"}), "a.docx"),
        (files.package({"word/document.xml": "<w/>"}), "a.docx"),
        (files.package(files.frame("word/document.xml", "x") | {"word/document.xml": "<note/>"}), "a.docx"),
        (files.xlsx(**{"xl/workbook.xml": "<workbook"}), "a.xlsx"),
        (files.xlsx(**{"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}), "a.xlsx"),
        (files.xlsx('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "a.xlsx"),
        (b"%PDF-1.7\n" + bytes(5000), "a.pdf"),
        (b"%PDF-1.7\n%%EOF", "a.pdf"),
        (PDF.replace(b"/Kids", b"/Nope"), "a.pdf"),
        ("编号,\0需求\n1,登录\n".encode(), "a.csv"),
        ("# 登录\0\n".encode(), "a.md"),
        ("用户登录\0。\n".encode(), "a.txt"),
    ],
    ids=files.only_names,
)
def test_a_damaged_file_is_told_to_be_broken(content: bytes, name: str) -> None:
    files.refusal(content, name, Broken, EmptyDocument)


def test_bytes_that_are_no_text_are_no_document() -> None:
    files.refusal(
        zlib.compress(b"".join(struct.pack("<d", n**0.5) for n in range(5000))), "a.md", UnknownType, Broken
    )


# Zip bombs


def test_a_part_that_inflates_a_thousand_times_is_refused() -> None:
    zeros = bytes(42 * 1024**2)
    files.refusal(files.docx(**{"word/media/image1.bin": zeros}), "a.docx", Dangerous, TooLarge)
    files.refusal(
        files.docx(f"<w:p><w:r><w:t>{' ' * 42 * 1024**2}</w:t></w:r></w:p>"), "a.docx", Dangerous, TooLarge
    )
    files.refusal(files.xlsx(**{"xl/worksheets/sheet1.xml": zeros}), "a.xlsx", Dangerous, TooLarge, Broken)


def test_a_bomb_inside_of_an_embedded_file_stays_packed() -> None:
    bomb = files.package({"zeros": bytes(42 * 1024**2)})
    nested = files.package({"inner.zip": bomb})
    document = files.read(files.docx(**{"word/embeddings/file.zip": nested}), "a.docx")
    assert "登录" in files.texts(document)
    files.refusal(nested, "a.zip", UnknownType)


def test_a_part_that_lies_about_its_size_is_measured() -> None:
    content = bytearray(files.docx(**{"word/media/image1.bin": bytes(42 * 1024**2)}))
    true_size = (42 * 1024**2).to_bytes(4, "little")
    content[:] = content.replace(true_size, (10).to_bytes(4, "little"))
    files.refusal(bytes(content), "a.docx", *files.REFUSED)


def test_many_entries_that_share_one_content_are_measured_together() -> None:
    """As the 'better zip bomb' does it: every entry of the directory points at the same packed bytes."""
    content = files.docx(**{"word/media/image0000.bin": bytes(1 << 20)})
    end = content.rfind(b"PK\x05\x06")
    count = int.from_bytes(content[end + 10 : end + 12], "little")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    last = content[content.rfind(b"PK\x01\x02") : end]
    copies = b"".join(last.replace(b"image0000", b"image%04d" % number) for number in range(1, 1000))
    directory = content[start:end] + copies
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count + 999, count + 999, len(directory), start, 0)
    files.refusal(content[:start] + directory + tail, "a.docx", *files.REFUSED)


def test_too_many_entries_are_refused() -> None:
    files.refusal(files.docx(**{f"word/media/{n}.bin": b"" for n in range(10_001)}), "a.docx", TooLarge)


@pytest.mark.parametrize(
    "evil", ["../../../etc/cron.d/evil", "/etc/passwd", "word/../../evil", "..\\evil", "C:/evil"]
)
def test_a_path_that_leads_out_of_the_package_is_refused(evil: str) -> None:
    files.refusal(files.docx(**{evil: "evil"}), "a.docx", Dangerous)
    files.refusal(files.xlsx(**{evil: "evil"}), "a.xlsx", Dangerous)


# Entities

_XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY e0 'ha'>"
    + "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    + "<!ENTITY e '&e9;'>]>"
)


@pytest.mark.parametrize("doctype", [_XXE, _LAUGHS], ids=["XXE", "billion laughs"])
def test_entities_in_an_office_file_are_refused(doctype: str) -> None:
    files.refusal(files.docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", before=doctype), "a.docx", Dangerous)
    strings = f"{doctype}<sst {files.S}><si><t>&e;</t></si></sst>"
    files.refusal(files.xlsx(**{"xl/sharedStrings.xml": strings}), "a.xlsx", Dangerous)
    files.refusal(files.docx(**{"word/comments.xml": f"{doctype}<x>&e;</x>"}), "a.docx", Dangerous)
    # In an encoding that a search for '<!DOCTYPE' doesn't see.
    utf_16 = f'<?xml version="1.0" encoding="UTF-16"?>{doctype}<x>&e;</x>'.encode("utf-16")
    files.refusal(files.docx(**{"word/comments.xml": utf_16}), "a.docx", Dangerous)


@pytest.mark.parametrize("doctype", [_XXE, _LAUGHS], ids=["XXE", "billion laughs"])
def test_entities_in_a_page_are_text_like_any_other(doctype: str) -> None:
    declared = doctype.replace("DOCTYPE x", "DOCTYPE html")
    page = f"<?xml version='1.0'?>{declared}<html><body><p>&e; end</p></body></html>"
    words = " ".join(files.texts(files.read(page.encode(), "a.html")))
    assert "end" in words
    assert "root:" not in words
    assert len(words) < 10_000
