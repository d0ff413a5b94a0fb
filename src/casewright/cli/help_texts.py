"""What `--help` says, in both languages. It teaches by example.

A line with only \\b in front of a paragraph keeps its line breaks.
"""

from __future__ import annotations

from casewright.cli.exits import MEANINGS
from casewright.cli.languages import Language, Phrase

ABOUT = Phrase(
    "把需求文档变成测试用例。支持 docx、xlsx、pdf、html、csv、markdown 和文本文件，中文或英文。",
    "Turns requirement documents into test cases. Reads docx, xlsx, pdf, html, csv, markdown and text files,"
    " in Chinese or English.",
)
_EXAMPLES = Phrase(
    """\b
示例：
  casewright generate 需求.docx                    用例写入 需求-cases.xlsx
  casewright generate 需求.docx --depth thorough --format xlsx --format xmind
  casewright check 需求.docx                       需要向作者提出的问题
  casewright model 需求.docx > 模型.yaml           得到测试模型，可以修改，然后：
  casewright design 模型.yaml                      由修改后的模型生成用例""",
    """\b
Examples:
  casewright generate spec.docx                    writes spec-cases.xlsx
  casewright generate spec.docx --depth thorough --format xlsx --format xmind
  casewright check spec.docx                       what has to be asked of its author
  casewright model spec.docx > model.yaml          the test model; edit it, and then:
  casewright design model.yaml                     makes test cases from it""",
)
_EXIT_CODES = Phrase("退出码：", "Exit codes:")

GENERATE = Phrase(
    """由需求文档生成测试用例；多个文件合成一个测试套件。

\b
  casewright generate 需求.docx
  casewright generate 需求.docx 接口.xlsx --output 用例.xlsx
  casewright generate 需求.md --format csv --output - | head
  casewright generate 需求.md --format xlsx --format xmind --output 结果/""",
    """Make test cases from requirement documents; several files make one suite.

\b
  casewright generate spec.docx
  casewright generate spec.docx interface.xlsx --output cases.xlsx
  casewright generate spec.md --format csv --output - | head
  casewright generate spec.md --format xlsx --format xmind --output results/""",
)
READ = Phrase(
    """显示从文件中读到的内容：每一块及其位置，以及拆分出的需求条目。

\b
  casewright read 需求.pdf
  casewright read 需求.pdf --json > 需求.json""",
    """Show what is read from a file: its blocks with their places, and the requirement items.

\b
  casewright read spec.pdf
  casewright read spec.pdf --json > spec.json""",
)
MODEL = Phrase(
    """输出测试模型（YAML）：从需求中理解到的内容，可以修改，再交给 design。

\b
  casewright model 需求.docx > 模型.yaml""",
    """Print the test model as YAML: what was understood, to be edited and given to `design`.

\b
  casewright model spec.docx > model.yaml""",
)
DESIGN = Phrase(
    """由测试模型生成测试用例。

\b
  casewright design 模型.yaml
  casewright design 模型.yaml --depth smoke --format md --output -""",
    """Make test cases from a test model.

\b
  casewright design model.yaml
  casewright design model.yaml --depth smoke --format md --output -""",
)
CHECK = Phrase(
    """列出需要向需求作者提出的问题：歧义、遗漏、矛盾，以及没有理解的句子。

\b
  casewright check 需求.docx
  casewright check 需求.docx --strict && echo 没有问题""",
    """List what has to be asked of the author: ambiguities, gaps, contradictions, what was not understood.

\b
  casewright check spec.docx
  casewright check spec.docx --strict && echo no questions""",
)

FILES = Phrase("需求文档。", "Requirement documents.")
FILE = Phrase("需求文档。", "A requirement document.")
MODEL_FILE = Phrase(
    "模型文件，由 `casewright model` 得到。", "A model file, such as `casewright model` prints."
)
LANG = Phrase(
    "用例和提示所用的语言；默认用例随文档或模型，提示随系统语言。",
    "Language of the cases and messages. By default the cases are in that of the document or model, the"
    " messages in that of the system.",
)
LANG_OF_QUESTIONS = Phrase(
    "问题和提示所用的语言；默认问题随文档，提示随系统语言。",
    "Language of the questions and messages. By default the questions are in that of the document, the"
    " messages in that of the system.",
)
LANG_OF_MESSAGES = Phrase(
    "提示所用的语言；默认随系统语言。", "Language of the messages. By default that of the system."
)
DEPTH = Phrase(
    "smoke：主流程和每种拒绝各一次；standard：再加等价类、边界值、判定表、状态和权限；"
    "thorough：再加三值边界和全部组合。",
    "smoke: the main ways and each refusal once. standard: also partitions, boundaries, decision tables,"
    " states and roles. thorough: also boundaries with three values and all combinations.",
)
FORMAT = Phrase(
    "输出格式，可以给出多个；默认由 --output 的扩展名决定，否则为 xlsx。",
    "Format of the output; may be given several times. By default that of the suffix of --output, else xlsx.",
)
OUTPUT = Phrase(
    "写到哪里：文件；有多种格式时为文件夹；“-”为标准输出。"
    "默认写到当前文件夹中的 <第一个文件名>-cases.<扩展名>。",
    "Where to write: a file; with several formats a folder; '-' is the standard output. By default"
    " <name of the first file>-cases.<suffix> in the current folder.",
)
JSON = Phrase(
    "把结果以一个 JSON 对象写到标准输出。", "Print the result as one JSON object on the standard output."
)
STRICT = Phrase("有问题时退出码为 6。", "Exit with 6 if there are any questions.")
DEBUG = Phrase("出现意外错误时显示完整信息。", "Show the traceback of an unexpected error.")
VERSION = Phrase("显示版本。", "Show the version.")


def epilog(language: Language) -> str:
    """Examples, and every exit code with what it means."""
    codes = "\n".join(f"  {code.value}  {meaning.text(language)}" for code, meaning in MEANINGS.items())
    return f"{_EXAMPLES.text(language)}\n\n\b\n{_EXIT_CODES.text(language)}\n{codes}"
