"""The Markdown that people write: CommonMark with tables and strikethrough, and kinder to Chinese.

CommonMark was made for languages with spaces. Three of its rules lose or distort what Chinese authors
write every day; each is bent here as little as needed.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from casewright.documents.lines import is_wide

_TIGHT_HEADING = re.compile(r"(?P<hashes>#{1,6})(?P<text>(?:[\u2e80-\u9fff（【《“]|\d+[.、]|(?<=##)\d).*)")
_DEFINITION = re.compile(r"\[(?P<label>[^\]\n]*)\]:[ \t]*(?P<target>\S+)")
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*:|[<./#?]|[!-~]+[./#][!-~]")


@cache
def parser(depth: int) -> MarkdownIt:
    """A parser that goes `depth` levels deep (a list and its items are two)."""
    markdown = MarkdownIt("commonmark", {"maxNesting": depth})
    markdown.inline = _Inline()
    # A parser begins with every rule on: name those of the dialect anew.
    markdown.configure("commonmark", {"maxNesting": depth})
    markdown.enable(["table", "strikethrough"])
    markdown.block.ruler.at("reference", _reference)
    alternatives = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.before("heading", "tight_heading", _tight_heading, {"alt": alternatives})
    return markdown


class _InlineState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803
        """Lets a run of stars open and close between a Chinese character and punctuation: CommonMark
        leaves `**注意：**请` as it stands, since no space follows."""
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        if start == 0 or end >= self.posMax or self.src[start] == "_":
            return scanned
        before, after = self.src[start - 1], self.src[end]
        return Scanned(
            scanned.can_open or (is_wide(before) and _is_punctuation(after)),
            scanned.can_close or (_is_punctuation(before) and is_wide(after)),
            scanned.length,
        )


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _tight_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001
    """`##标题`: a heading although no space follows the hashes."""
    if state.is_code_block(start):
        return False
    match = _TIGHT_HEADING.fullmatch(_line(state, start).rstrip())
    if match is None or (len(match["hashes"]) == 1 and "#" in match["text"]):
        return False
    if not silent:
        state.line = start + 1
        tag = f"h{len(match['hashes'])}"
        opening = state.push("heading_open", tag, 1)
        opening.map = [start, state.line]
        opening.markup = match["hashes"]
        inline = state.push("inline", "", 0)
        inline.content = match["text"].rstrip("#").rstrip()
        inline.map = [start, state.line]
        inline.children = []
        state.push("heading_close", tag, -1).markup = match["hashes"]
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A definition `[label]: address` vanishes from the page. Where what follows is no address, as in
    the footnote `[^1]: 不含节假日`, it is text."""
    match = _DEFINITION.match(_line(state, start))
    if match and (match["label"].startswith("^") or not _ADDRESS.match(match["target"])):
        return False
    return reference(state, start, end, silent)
