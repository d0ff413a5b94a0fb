"""Files in: documents and models from the paths of a command line, or a failure that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casewright.cli.exits import Exit, Failure
from casewright.cli.languages import Phrase
from casewright.design.model.schema import Model
from casewright.design.model.text import load
from casewright.design.model.text_errors import ModelTextErrors
from casewright.documents.blocks import Document
from casewright.documents.errors import DocumentError
from casewright.generate import Progress, Understood, no_progress, read_documents, understand


def understood_documents(paths: Sequence[Path], progress: Progress) -> Understood:
    """Raises a `Failure` for the first file that can't be read, and where nothing is testable."""
    understood = understand(read_all(paths, progress), progress)
    if not any(item.kind.testable for item in understood.items):
        raise nothing_testable(", ".join(path.name for path in paths), len(understood.items))
    return understood


def read_all(paths: Sequence[Path], progress: Progress = no_progress) -> tuple[Document, ...]:
    """Raises a `Failure` for the first file that can't be read."""
    documents: list[Document] = []
    for number, path in enumerate(paths):

        def tell(stage: str, share: float, number: int = number) -> None:
            progress(stage, (number + share) / len(paths))

        try:
            documents.extend(read_documents((path,), progress=tell))
        except OSError as error:
            raise unreadable(path, error) from error
        except DocumentError as error:
            words = Phrase(f"{path}：{error.message('zh')}", f"{path}: {error.message('en')}")
            raise Failure(Exit.UNREADABLE, words) from error
    return tuple(documents)


def read_model(path: Path) -> tuple[str, Model]:
    """The text of a model file and the model. Raises a `Failure` that tells everything that is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        words = Phrase(
            f"{path} 不是模型文件（不是 UTF-8 文本）。"
            "模型由 casewright model 得到；需求文档请用 casewright generate。",
            f"{path} is no model file: it isn't text in UTF-8. `casewright model` prints one; for a"
            " requirement document use `casewright generate`.",
        )
        raise Failure(Exit.WRONG_MODEL, words) from error
    try:
        return text, load(text, str(path))
    except ModelTextErrors as error:
        raise wrong_model(path, error.message("zh"), error.message("en")) from error


def wrong_model(path: Path, zh: str, en: str) -> Failure:
    """`zh`, `en`: a line for each fault."""
    words = Phrase(
        f"模型 {path} 有误，请修改后重试：\n{zh}",
        f"the model {path} is wrong. Correct it and try again:\n{en}",
    )
    return Failure(Exit.WRONG_MODEL, words)


def nothing_testable(names: str, items: int) -> Failure:
    words = Phrase(
        f"{names} 中没有找到可以测试的需求（共 {items} 个条目）。"
        "请确认这是需求文档；casewright read 可以显示读到的内容。",
        f"nothing testable was found in {names} ({items} items in all). Check that this is a requirement"
        " document; `casewright read` shows what is read from it.",
    )
    return Failure(Exit.NOTHING_TESTABLE, words)


def unreadable(path: Path, error: OSError) -> Failure:
    match error:
        case FileNotFoundError():
            words = Phrase(
                f"找不到文件 {path}。请检查路径和文件名。",
                f"there is no file {path}. Check its folder and its name.",
            )
        case IsADirectoryError():
            words = Phrase(
                f"{path} 是文件夹。请给出其中的文件。", f"{path} is a folder. Name the files in it."
            )
        case PermissionError():
            words = Phrase(
                f"没有读取 {path} 的权限。请检查文件权限。",
                f"{path} may not be read. Check the permissions of the file.",
            )
        case _:
            reason = error.strerror or str(error)
            words = Phrase(f"无法读取 {path}：{reason}。", f"{path} can't be read: {reason}.")
    return Failure(Exit.UNREADABLE, words)
