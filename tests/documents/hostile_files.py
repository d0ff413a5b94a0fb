"""Builds the files that the tests of hostile documents need, and says how the sandbox takes them.

Those tests load it by its place: they are no package.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from casewright.documents.blocks import Document
from casewright.documents.errors import Broken, Dangerous, DocumentError, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.sandbox import read_bytes

LIMITS = Limits(seconds=30)
REFUSED = (Broken, Dangerous, TooLarge)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument"


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def frame(main: str, type_: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{_OFFICE}.{type_}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="{main}"/></Relationships>',
    }


def docx(body: str = "<w:p><w:r><w:t>登录</w:t></w:r></w:p>", before: str = "", **more: str | bytes) -> bytes:
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'
    )
    parts = frame("word/document.xml", "wordprocessingml.document")
    return package(parts | {"word/document.xml": document} | more)


def xlsx(
    data: str = '<row r="1"><c r="A1" t="inlineStr"><is><t>登录</t></is></c></row>',
    after: str = "",
    **more: str | bytes,
) -> bytes:
    workbook = f'<workbook {S} {_R}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    links = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    parts = frame("xl/workbook.xml", "spreadsheetml.sheet") | {
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": links,
        "xl/sharedStrings.xml": f"<sst {S}><si><t>shared</t></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{data}</sheetData>{after}</worksheet>",
    }
    return package(parts | more)


def pdf(*lines: str, password: str = "") -> bytes:
    buffer = io.BytesIO()
    encryption = (
        pdfencrypt.StandardEncryption(password, ownerPassword="owner", strength=128) if password else None
    )
    canvas = Canvas(buffer, encrypt=encryption)
    for number, line in enumerate(lines):
        canvas.drawString(72, 760 - 20 * number, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    content, offsets = b"%PDF-1.7\n", b""
    for number, body in enumerate(objects, 1):
        offsets += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + offsets
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + table + end


def encrypted_office() -> bytes:
    names = [
        (stream + "\0").encode("utf-16-le") for stream in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    ]
    directory = b"".join(
        name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + bytes(62) for name in names
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory + bytes(4096)


def read(content: bytes, name: str, limits: Limits = LIMITS) -> Document:
    return read_bytes(content, name, limits)


def refusal(
    content: bytes, name: str, *errors: type[DocumentError], limits: Limits = LIMITS
) -> DocumentError:
    """Reads what must be refused with one of these errors, in two languages."""
    with pytest.raises(errors) as caught:
        read(content, name, limits)
    zh, en = caught.value.message("zh"), caught.value.message("en")
    assert zh
    assert en
    assert zh != en
    assert "?" not in en, "a parameter is missing"
    return caught.value


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def outcome(content: bytes, name: str) -> Document | DocumentError:
    try:
        return read(content, name)
    except DocumentError as error:
        return error


def only_names(value: object) -> str:
    """The part of a test's id that a parameter gives: contents differ from run to run."""
    return value if isinstance(value, str) else ""
