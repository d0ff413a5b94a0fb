"""What a reader gets from bytes of every usual encoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.encodings import decode
from casewright.documents.errors import Broken, EmptyDocument

_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\ufeff", exclude_categories=("Cc", "Cs")), min_size=1
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + "登录 login".encode(encoding)) == "登录 login"


@pytest.mark.parametrize("text", ["登录", "密码不能为空", "订单", "取消"])
def test_a_short_chinese_text_in_gbk_is_not_mistaken_for_another_language(text: str) -> None:
    assert decode(text.encode("gbk")) == text


def test_rare_characters_of_gb18030_are_read() -> None:
    assert decode("𠮷野家：㐂".encode("gb18030")) == "𠮷野家：㐂"


@pytest.mark.parametrize(
    "text",
    [
        "The user’s password can’t be empty – at least 8 characters.",
        "Le café est ouvert. Où est la clé ? Voilà déjà l’été : à bientôt, répondit-elle. " * 3,
        "Die Größe der Übung: für höchstens fünf Fälle. " * 3,
    ],
)
def test_western_text_of_windows_is_not_mistaken_for_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_utf16_without_a_mark_is_read_where_its_zeros_give_it_away() -> None:
    assert decode("Login with password".encode("utf-16-le")) == "Login with password"
    assert decode("Login with password".encode("utf-16-be")) == "Login with password"


def test_the_encoding_that_a_file_names_is_preferred_to_a_guess() -> None:
    assert decode("登錄系統".encode("big5"), "Big5") == "登錄系統"


@pytest.mark.parametrize("declared", ["utf-16", "unicode_escape", "hex", "no-such-thing"])
def test_an_encoding_that_cannot_be_true_is_passed_over(declared: str) -> None:
    assert decode("登录".encode("gbk"), declared) == "登录"


def test_line_ends_become_newlines() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    "content",
    [b"text\0text", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 32)) * 10, b"\xff\xfea", b"\x00" * 50],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Broken):
        decode(content)


def test_nothing_at_all_is_an_empty_document() -> None:
    with pytest.raises(EmptyDocument):
        decode(b"")


@given(_TEXTS)
def test_every_text_survives_utf8(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


@given(_TEXTS)
def test_every_text_survives_utf16_with_a_mark(text: str) -> None:
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = decode(content)
    except (Broken, EmptyDocument):
        return
    assert "\0" not in text
    assert "\r" not in text
