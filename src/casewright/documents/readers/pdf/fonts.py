"""A font of boxes that stands in for the Chinese fonts that a PDF names but doesn't hold.

pdfium leaves out text whose glyphs have no extent. With a font that isn't in the file nor on the machine
that is every Chinese character drawn on its own: the '是' and '否' in the cells of a table. What is read is
where characters stand, not how they look, so a box for each of them is enough, and files read the same on
machines with and without Chinese fonts.
"""

from __future__ import annotations

import ctypes
import re
import struct
from typing import Any, cast

import pypdfium2

_library: Any = cast(Any, pypdfium2)

_CHARSETS = frozenset({128, 129, 130, 134, 136})
"""Japanese, Korean (twice), simplified and traditional Chinese, as Windows numbers them."""
_PICTOGRAMS = re.compile(rb"wingdings|webdings", re.IGNORECASE)
_HANDLE = 1
_NAME = b"Boxes\0"


def stand_in() -> None:
    """Puts the font in place for this process, unless its user has put a handler of fonts there."""
    if _library.PdfSysfontBase.SINGLETON is None:
        _handler().setup()


def _handler() -> Any:
    font = _font()

    class Boxes(_library.PdfSysfontBase):
        """Gives the font of boxes for the fonts named above; any other is looked for as usual."""

        def MapFont(  # noqa: N802 - the name of the callback
            self,
            _: Any,
            weight: int,
            italic: int,
            charset: int,
            pitch: int,
            face: Any,
            exact: Any,
        ) -> Any:
            name = ctypes.cast(face, ctypes.c_char_p).value or b""
            if charset in _CHARSETS or _PICTOGRAMS.search(name):
                return _HANDLE
            return self.default.MapFont(self.default, weight, italic, charset, pitch, face, exact)

        def GetFontData(self, _: Any, handle: Any, table: int, buffer: Any, size: int) -> int:  # noqa: N802
            if handle != _HANDLE:
                return self.default.GetFontData(self.default, handle, table, buffer, size)
            return 0 if table else _copied(font, buffer, size)

        def GetFaceName(self, _: Any, handle: Any, buffer: Any, size: int) -> int:  # noqa: N802
            if handle != _HANDLE:
                return self.default.GetFaceName(self.default, handle, buffer, size)
            return _copied(_NAME, buffer, size)

        def GetFontCharset(self, _: Any, handle: Any) -> int:  # noqa: N802
            return 134 if handle == _HANDLE else self.default.GetFontCharset(self.default, handle)

        def DeleteFont(self, _: Any, handle: Any) -> None:  # noqa: N802
            if handle != _HANDLE:
                self.default.DeleteFont(self.default, handle)

    return Boxes()


def _copied(data: bytes, buffer: Any, size: int) -> int:
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _font() -> bytes:
    """A TrueType font in which every character is the same box, a fifth of its size wide and high."""
    box = struct.pack(">5h", 1, 0, 0, 200, 200)
    box += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    box += struct.pack(">8h", 0, 200, 0, -200, 0, 0, 200, 0)
    box += bytes(-len(box) % 4)
    return _assembled(
        {
            b"cmap": struct.pack(">4HI2H6I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0x20, 0x3FFFF, 1),
            b"glyf": box + box,
            b"head": struct.pack(
                ">4I2H2Q4h2H3h",
                *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 200, 200, 0, 8, 2, 0, 0),
            ),
            b"hhea": struct.pack(">I3hH11hH", 0x10000, 880, -120, 0, 1000, 0, 0, 200, 1, *[0] * 7, 2),
            b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 0),
            b"loca": struct.pack(">3H", 0, len(box) // 2, len(box)),
            b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        }
    )


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """A TrueType file of tables; checksums are left at 0, as nobody looks at them here."""
    header = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    start = len(header) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">3I", 0, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return header + directory + body
