"""Bytes in, text out: which encoding a file of text is in, without guessing where it can be known."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from casewright.documents.errors import Broken, EmptyDocument

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    r"gb|big5|euc|shift|sjis|iso-?8859|latin|windows-|cp125|koi8|tis-620|ks_c", re.IGNORECASE
)
"""Encodings a file can truly name: it can't be UTF-16 where its name is read byte by byte."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_PAIRS = re.compile(rb"[\x81-\xfe]([\x40-\xfe])")
_SAMPLE = 1 << 20
"""Characters looked at to tell text from binary data, and bytes looked at by the detector."""
_MOST_CONTROLS = 0.1
_BINARY = "不是文本文件 / this is not a text file"


def decode(content: bytes, declared: str = "") -> str:
    """The text of `content` without byte order mark and with line ends as newlines.

    A byte order mark decides, then strict UTF-8, then the encoding the file itself names (`declared`),
    then strict GB18030 (a detector mistakes short Chinese texts), then the detector, which is not asked
    to tell Windows' western encoding from its rarer neighbours.

    Raises EmptyDocument when there is no byte, and Broken when the bytes are no text.
    """
    if not content:
        raise EmptyDocument
    text = _decode(content, declared)
    controls = len(_CONTROLS.findall(text, 0, _SAMPLE))
    if "\0" in text or controls > _MOST_CONTROLS * min(len(text), _SAMPLE):
        raise Broken(detail=_BINARY)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise Broken(detail=f"{encoding}: {error.reason} @ {error.start}") from error
    if b"\0" in content:
        return _without_mark(content)
    named = declared if _DECLARED.match(declared) else ""
    for encoding in ("utf-8", named, "gb18030" if _could_be_chinese(content) else ""):
        text = _strictly(content, encoding)
        if text is not None:
            return text
    # The detector's time grows with the input, and a few hundred kilobytes tell it all it can learn.
    matches = from_bytes(content[:_SAMPLE])
    best = matches.best()
    if best is None:
        raise Broken(detail=_BINARY)
    western = any("cp1252" in match.could_be_from_charset for match in matches)
    return content.decode("cp1252" if western else best.encoding, errors="replace")


def _could_be_chinese(content: bytes) -> bool:
    """GB18030 takes the curly apostrophe of Windows and the letter after it for a Chinese character. But
    the second byte of nearly every Chinese character that is in use is no ASCII letter."""
    seconds = _PAIRS.findall(content, 0, _SAMPLE)
    return sum(second < b"\x80" for second in seconds) * 2 <= len(seconds)


def _without_mark(content: bytes) -> str:
    """UTF-16 as some programs export it, without a mark: in Latin text every other byte is NUL."""
    for encoding, zeros in (("utf-16-le", content[1:200:2]), ("utf-16-be", content[0:200:2])):
        if zeros.count(0) * 2 > len(zeros):
            text = _strictly(content, encoding)
            if text is not None:
                return text
    raise Broken(detail="含有 NUL 字节 / it has NUL bytes")


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None
