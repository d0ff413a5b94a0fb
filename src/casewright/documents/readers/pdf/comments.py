"""Comments on a PDF: sticky notes, remarks at marked text, typewriter boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from casewright.documents.readers.pdf.glyphs import pdfium


def read_comments(page: Any) -> Iterator[str]:
    """The text of each annotation of an open page that is written for people."""
    kinds = {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_STAMP,
    }
    for index in range(int(pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) in kinds and (text := _contents(annotation)):
                yield text
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _contents(annotation: Any) -> str:
    size = int(pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0))
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", units, size)
    text = buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")
    return "\n".join(line.strip() for line in text.splitlines()).strip()
