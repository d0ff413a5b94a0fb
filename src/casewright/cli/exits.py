"""How the command line ends: every exit code with what it means."""

from __future__ import annotations

from enum import IntEnum

from casewright.cli.languages import Language, Phrase


class Exit(IntEnum):
    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    UNREADABLE = 3
    WRONG_MODEL = 4
    NOTHING_TESTABLE = 5
    QUESTIONS = 6
    UNWRITABLE = 7


MEANINGS: dict[Exit, Phrase] = {
    Exit.DONE: Phrase("成功", "done"),
    Exit.UNEXPECTED: Phrase("意外错误，请反馈给我们", "an unexpected error: please report it"),
    Exit.USAGE: Phrase("命令用法有误", "the command was not used as it is meant"),
    Exit.UNREADABLE: Phrase("文件不存在或无法读取", "a file is missing or can't be read"),
    Exit.WRONG_MODEL: Phrase("模型文件有误", "the model file is wrong"),
    Exit.NOTHING_TESTABLE: Phrase("没有找到可以测试的需求", "nothing testable was found"),
    Exit.QUESTIONS: Phrase("check --strict 发现了问题", "`check --strict` has questions"),
    Exit.UNWRITABLE: Phrase("结果无法写入", "the result can't be written"),
}


class Failure(Exception):
    """An expected end that isn't success: what is wrong, where, and what to do, in the user's language."""

    def __init__(self, code: Exit, message: Phrase) -> None:
        self.code = code
        self.message = message
        super().__init__(message.en)

    def text(self, language: Language) -> str:
        return self.message.text(language)
