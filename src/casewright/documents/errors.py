"""Why a file could not be read, in words that say what to do; in Chinese and in English alike."""

from __future__ import annotations

import re
from typing import ClassVar


class DocumentError(Exception):
    """A file that can't be read. `parameters` fill the templates; they are short and plain text, in one
    spelling for both languages or in both as 'Chinese / English'."""

    code: ClassVar[str] = "unreadable"
    zh: ClassVar[str] = "文件无法读取：{detail}"
    en: ClassVar[str] = "The file can't be read: {detail}"
    advice_zh: ClassVar[str] = "请检查文件，或另存后重新上传。"
    advice_en: ClassVar[str] = "Check the file, or save it anew and try again."

    def __init__(self, **parameters: object) -> None:
        self.parameters = {key: str(value) for key, value in parameters.items()}
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """What is wrong and what to do, in `language` ('zh' or 'en')."""
        problem, advice = (self.zh, self.advice_zh) if language == "zh" else (self.en, self.advice_en)
        space = "" if language == "zh" else " "
        words = {key: _in_language(value, language) for key, value in self.parameters.items()}
        return (problem + space + advice).format_map(_Blank(words))


_BOTH = re.compile(r"(?P<zh>[^/]*[\u3400-\u9fff][^/]*) / (?P<en>[^\u3400-\u9fff]+)")


def _in_language(value: str, language: str) -> str:
    both = _BOTH.fullmatch(value)
    return value if both is None else both["zh" if language == "zh" else "en"]


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


class EmptyDocument(DocumentError):
    code = "empty"
    zh = "文件是空的，没有任何内容。"
    en = "The file is empty."
    advice_zh = "请确认上传的是正确的文件。"
    advice_en = "Check that this is the file you meant."


class UnknownType(DocumentError):
    code = "unknown-type"
    zh = "无法识别文件类型（{detail}）。"
    en = "The file's type is not known ({detail})."
    advice_zh = "支持的类型：{known}。请另存为其中一种。"
    advice_en = "Known types: {known}. Save the file as one of them."


class OldOffice(DocumentError):
    code = "old-office"
    zh = "这是旧版 Office 文件（{old}），无法可靠读取。"
    en = "This is an old Office file ({old}) that can't be read reliably."
    advice_zh = "请用 Word、Excel、WPS 或 LibreOffice 打开后另存为 {new}，再重新上传。"
    advice_en = "Open it in Word, Excel, WPS or LibreOffice, save it as {new}, and use that."


class Encrypted(DocumentError):
    code = "encrypted"
    zh = "文件有密码保护，无法打开。"
    en = "The file is protected by a password."
    advice_zh = "请去除密码后重新上传。"
    advice_en = "Remove the password and try again."


class Broken(DocumentError):
    code = "broken"
    zh = "文件已损坏或不完整：{detail}。"
    en = "The file is damaged or cut short: {detail}."
    advice_zh = "请用原来的程序打开并另存一份，再重新上传。"
    advice_en = "Open it in the program that made it, save it anew, and try again."


class TooLarge(DocumentError):
    code = "too-large"
    zh = "文件超出限制：{what} 为 {size}，上限是 {limit}。"
    en = "The file is over a limit: {what} is {size}, the limit is {limit}."
    advice_zh = "请拆分成较小的文件。"
    advice_en = "Split it into smaller files."


class Dangerous(DocumentError):
    code = "dangerous"
    zh = "文件含有不安全的内容，已拒绝：{detail}。"
    en = "The file was refused because its content is not safe: {detail}."
    advice_zh = "请用原来的程序打开并另存为普通文档。"
    advice_en = "Open it in the program that made it and save it as an ordinary document."


class TookTooLong(DocumentError):
    code = "took-too-long"
    zh = "读取文件超过 {limit} 秒，已中止。"
    en = "Reading the file took more than {limit} seconds and was stopped."
    advice_zh = "请拆分或简化文件后重试。"
    advice_en = "Split or simplify the file and try again."


class TookTooMuchMemory(DocumentError):
    code = "took-too-much-memory"
    zh = "读取文件所需内存超过 {limit}，已中止。"
    en = "Reading the file needs more than {limit} of memory and was stopped."
    advice_zh = "请拆分或简化文件后重试。"
    advice_en = "Split or simplify the file and try again."


class NoText(DocumentError):
    code = "no-text"
    zh = "文件中没有可读的文字：{detail}。"
    en = "The file has no text that can be read: {detail}."
    advice_zh = "扫描件请先做文字识别（OCR）再上传。"
    advice_en = "Run text recognition (OCR) on scanned pages first."


ERRORS: dict[str, type[DocumentError]] = {
    error.code: error
    for error in (
        DocumentError,
        EmptyDocument,
        UnknownType,
        OldOffice,
        Encrypted,
        Broken,
        TooLarge,
        Dangerous,
        TookTooLong,
        TookTooMuchMemory,
        NoText,
    )
}
