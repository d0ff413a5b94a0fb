"""Cuts an expression into tokens. The longest declared name wins, so names may hold spaces and operators.

At every place it is known whether an operand or an operator has to come, so a value such as 'in progress'
or 'invalid' is no key word after `=`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from lark import Token

from casewright.design.cases import Words
from casewright.design.expressions import literals
from casewright.design.expressions.errors import ExpressionError, nearest
from casewright.design.expressions.names import Names
from casewright.design.expressions.record_tree import Ends, Summary
from casewright.design.expressions.scopes import whose
from casewright.design.expressions.tree import Span, Test

_TESTS: Final = tuple(sorted((test.value for test in Test), key=len, reverse=True))
_INPUT_TESTS: Final = tuple(test for test in _TESTS if test != Test.EXISTS)
_TEXT: Final = r'"(?:[^"\\]|\\.)*"'
_CLASS: Final = rf"(?:[^\s\"(),]-[^\s\"(),]|{_TEXT})"
_CLASSES: Final = re.compile(rf"{_CLASS}|\(\s*{_CLASS}(?:\s*[,，]\s*{_CLASS})*\s*\)", re.DOTALL)
_QUOTED_NAME: Final = re.compile(r"'(?:[^'\\]|\\.)*'", re.DOTALL)
_SPACE: Final = re.compile(r"\s*")
_UNKNOWN_WORD: Final = re.compile(r"[^\s()\[\],，（）=!<>≤≥≠+*/^×÷\"']+|\S")


def _phrases(*phrases: str) -> str:
    """Matches any of the phrases as whole words, with any white space between the words."""
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases) + r")(?!\w)"


def _pattern(rows: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{token}>{pattern})" for token, pattern in rows.items()), re.DOTALL)


_OPERAND: Final = _pattern(
    {
        "DATE_TIME": rf"{literals.DATE}[ T]+{literals.TIME}(?!\w)",
        "DATE": rf"{literals.DATE}(?!\w)",
        "TIME": rf"{literals.TIME}(?!\w)",
        "NUMBER": rf"{literals.NUMBER}(?:\s*%|(?!\w))",
        "TEXT": _TEXT,
        "SOME_INPUT": r"some\s+input\s+" + _phrases(*_INPUT_TESTS),
        "ACTOR_MAY": _phrases("actor may never", "actor may not now"),
        "CONSTANT": _phrases("yes", "no", "unknown", "missing"),
        "FUNCTION": r"(?:round\s+(?:half\s+up|half\s+even|up|down)|min|max|abs|floor|ceil)(?=\s*[(（])",
        "PREFIX": _phrases("length of", "trimmed", "weekday of"),
        "COUNT_OF": _phrases("count of"),
        "KINDS_OF": _phrases("kinds of"),
        "PART_OF": _phrases("part of"),
        "SUMMARY": _phrases(*Summary),
        "POSITION_OF": _phrases("position of"),
        "OVERLAPS": r"overlaps(?=\s*[(（])",
        "ENDS": _phrases(*Ends),
        "BETWEEN": _phrases("minutes from", "hours from", "days from", "weeks from"),
        "NOT": _phrases("not"),
        "MINUS": r"-",
        "LEFT_ROUND": r"[(（]",
        "LEFT_SQUARE": r"\[",
    }
)
_OPERATOR: Final = _pattern(
    {
        "ORDER": r"!=|≠|<=|≤|>=|≥|=|<|>",
        "PLUS": r"\+",
        "MINUS": r"-",
        "TIMES": r"[*×]",
        "DIVIDED_BY": r"[/÷]",
        "RAISED_TO": r"\^",
        "_COMMA": r"[,，]",
        "RIGHT_ROUND": r"[)）]",
        "LEFT_SQUARE": r"\[",
        "RIGHT_SQUARE": r"\]",
        "COLUMN": r"\.",
        "_NOT_IN": _phrases("not in"),
        "_IN": _phrases("in"),
        "AND": _phrases("and"),
        "OR": _phrases("or"),
        "IF": _phrases("if"),
        "ELSE": _phrases("else"),
        "OTHERWISE": _phrases("otherwise"),
        "TEXT_TEST": _phrases("contains", "starts with", "ends with"),
        "IGNORING_CASE": _phrases("ignoring case"),
        "TEST": _phrases(*_TESTS),
        "UNIT": _phrases("minutes?", "hours?", "days?", "weeks?"),
        "SIDE": _phrases("before", "after"),
        "_TO": _phrases("to"),
        "_WHERE": _phrases("where"),
        "_BY": _phrases("by"),
        "_HAS": _phrases("has"),
        "_AMONG": _phrases("among"),
        "_FOR_EACH": _phrases("for each"),
    }
)
_SEARCH: Final = re.compile(
    r"(?:(?P<ORDINAL>first|last|\d+(?:st|nd|rd|th))|(?P<PICK>newest|oldest|the)|(?P<ANY>any)|(?P<NO>no)"
    r"|(?P<EVERY>every))(?!\w)\s*"
)
"""These are no key words unless the name of a collection follows."""
_SENT: Final = re.compile(r"sent\s+")
_GAP: Final = re.compile(r"[,，]\s*gap(?!\w)")
_BEFORE_COLLECTION: Final = frozenset({"ORDINAL", "PICK", "ANY", "NO", "EVERY", "_AMONG", "_FOR_EACH"})
_ENDS_OPERAND: Final = frozenset(
    {"RIGHT_ROUND", "RIGHT_SQUARE", "COLUMN", "OTHERWISE", "IGNORING_CASE", "TEST", "UNIT", "COLLECTION"}
)
"""Operators after which no operand comes."""
_CONTINUES: Final = frozenset(
    {
        "NOT",
        "MINUS",
        "LEFT_ROUND",
        "LEFT_SQUARE",
        "FUNCTION",
        "PREFIX",
        "PART_OF",
        "BETWEEN",
        "OVERLAPS",
        "POSITION_OF",
        "SUMMARY",
    }
)
"""Beginnings of an operand after which another one comes."""
_BESIDE: Final = frozenset({"ORDER", "_IN", "_NOT_IN", "LEFT_SQUARE", "_COMMA"})
"""After these a word may look like a number or a date."""
_SPELLINGS: Final = {"≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/"}
_CHECKS: Final = {
    "DATE": literals.read_date,
    "TIME": literals.read_time,
    "DATE_TIME": literals.read_date_time,
}


def lex(text: str, names: Names) -> list[Token]:
    """The tokens of `text`, with character positions; raises `ExpressionError`."""
    return list(_Lexer(text, names).tokens())


class _Lexer:
    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._at = 0
        self._previous: Token | None = None
        shown = " ".join(text.split())
        mentioned = frozenset(name for name in names.records if name in names.scanned or name in shown)
        self._fields = names.fields_of(mentioned)
        self._declared = names.declared | self._fields
        self._pattern = names.pattern_with_fields_of(mentioned)

    def tokens(self) -> Iterator[Token]:
        operand = True
        while self._skip_space() < len(self._text):
            token = self._special()
            if token is not None:
                operand = token.type == "_GAP"
            elif operand:
                token = self._operand()
                operand = token.type in _CONTINUES
            else:
                token = self._operator()
                operand = token.type not in _ENDS_OPERAND
            yield token
            self._advance(token)

    def _special(self) -> Token | None:
        """A token that can only stand after the one before; its end is no operand unless it is the gap."""
        previous = self._previous.type if self._previous is not None else ""
        if previous in _BEFORE_COLLECTION:
            return self._collection()
        if previous == "KINDS_OF":
            return self._classes()
        if previous == "COUNT_OF":
            return self._counted()
        if previous == "SUMMARY":
            return self._summarised()
        gap = _GAP.match(self._text, self._at) if previous == "ENDS" else None
        return self._token("_GAP", gap.end()) if gap is not None else None

    def _skip_space(self) -> int:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _advance(self, token: Token) -> None:
        self._previous = token
        self._at = token.end_pos or self._at

    def _token(self, kind: str, end: int) -> Token:
        shown = " ".join(self._text[self._at : end].split()) if kind != "TEXT" else self._text[self._at : end]
        return Token(kind, _SPELLINGS.get(shown, shown), start_pos=self._at, end_pos=end)

    def _fail(self, zh: str, en: str, span: Span, suggestion: str | None = None) -> ExpressionError:
        return ExpressionError(Words(zh=zh, en=en), self._text, span, suggestion)

    # operands

    def _operand(self) -> Token:
        """The longest of key word or literal, declared name and word; in this order where equally long."""
        asked = self._search() or self._sent()
        if asked is not None:
            return asked
        key = _OPERAND.match(self._text, self._at)
        name = self._pattern.match(self._text, self._at)
        beside = self._previous is not None and self._previous.type in _BESIDE
        words = self._names.any_word_pattern if beside else self._names.word_pattern
        word = words.match(self._text, self._at)
        ends = [match.end() if match else -1 for match in (key, name, word)]
        best = max(ends)
        if best == -1:
            return self._quoted_name()
        if key is not None and ends[0] == best:
            return self._checked(self._token(str(key.lastgroup), best))
        if ends[1] == best:
            return self._name(" ".join(self._text[self._at : best].split()), best)
        return self._token("WORD", best)

    def _checked(self, token: Token) -> Token:
        check = _CHECKS.get(token.type)
        if check is not None and check(str(token)) is None:
            span = Span(self._at, token.end_pos or self._at)
            raise self._fail("没有这样的日期或时间。", "there is no such date or time.", span)
        return token

    def _quoted_name(self) -> Token:
        match = _QUOTED_NAME.match(self._text, self._at)
        if match is None:
            raise self._no_operand()
        name = literals.read_quoted(match[0])
        if name in self._declared:
            return self._name(name, match.end())
        raise self._unknown(name, match.end())

    # records

    def _search(self) -> Token | None:
        """'first', 'any', … before a collection, unless a longer name begins here."""
        match = _SEARCH.match(self._text, self._at)
        if match is None or not self._names.records:
            return None
        found = self._collection_at(match.end())
        name = self._pattern.match(self._text, self._at)
        if found is None:
            return None
        kind = str(match.lastgroup)
        if name is not None and name.end() > match.end(kind):
            return None
        return self._token(kind, match.end(kind))

    def _sent(self) -> Token | None:
        """'sent' before an input, unless a longer name begins here."""
        match = _SENT.match(self._text, self._at)
        if match is None:
            return None
        found = self._named_at(match.end(), self._names.input_pattern, self._names.inputs)
        longer = self._pattern.match(self._text, self._at)
        if found is None or (longer is not None and longer.end() >= match.end()):
            return None
        return Token("SENT", found[0], start_pos=self._at, end_pos=found[1])

    def _named_at(
        self, start: int, pattern: re.Pattern[str], known: Container[str]
    ) -> tuple[str, int] | None:
        """The name, plain or in single quotes, that stands at `start`, and where it ends."""
        match = pattern.match(self._text, start)
        if match is not None:
            return " ".join(match[0].split()), match.end()
        quoted = _QUOTED_NAME.match(self._text, start)
        if quoted is None or literals.read_quoted(quoted[0]) not in known:
            return None
        return literals.read_quoted(quoted[0]), quoted.end()

    def _collection_at(self, start: int) -> tuple[str, int] | None:
        return self._named_at(start, self._names.collection_pattern, self._names.records)

    def _collection(self) -> Token:
        found = self._collection_at(self._at)
        if found is None:
            raise self._no_collection(self._at)
        return Token("COLLECTION", found[0], start_pos=self._at, end_pos=found[1])

    def _no_collection(self, start: int) -> ExpressionError:
        end = self._end_of_unknown(start)
        suggestion = nearest(self._text[start:end], self._names.records)
        return self._fail("没有这种记录。", "there are no such records.", Span(start, end), suggestion)

    def _counted(self) -> Token:
        """Records or characters, whichever is longer to read."""
        found, classes = self._collection_at(self._at), _CLASSES.match(self._text, self._at)
        if found is not None and (classes is None or found[1] >= classes.end()):
            return self._collection()
        return self._classes()

    def _summarised(self) -> Token | None:
        """The collection of 'sum of item.amount'; anything else is an ordinary operand."""
        found = self._collection_at(self._at)
        if found is None or not self._text[found[1] :].lstrip().startswith("."):
            return None
        return self._collection()

    def _name(self, name: str, end: int) -> Token:
        """The same text may be the name of a table or a term and of a value: its place tells."""
        names = self._names
        after = _SPACE.match(self._text, end)
        indexed = after is not None and self._text[after.end() : after.end() + 1] == "["
        sought = self._previous is not None and self._previous.type in {"_IN", "_NOT_IN"}
        if sought and name in names.terms:
            kind = "TERM"
        elif indexed and name in names.tables:
            kind = "TABLE"
        elif indexed and name in names.keyed:
            kind = "KEYED"
        elif indexed and name in names.records:
            kind = "RECORDS"
        elif name in names.readable:
            kind = names.readable[name][0].name
        elif name in names.records or name in self._fields:
            kind = "BARE"
        elif name in names.words:
            kind = "WORD"
        else:
            raise self._misused(name, Span(self._at, end))
        return Token(kind, name, start_pos=self._at, end_pos=end)

    def _misused(self, name: str, span: Span) -> ExpressionError:
        if name in self._names.terms:
            return self._fail(
                f"这是一组值的名称，只能写成“in {name}”。",
                f"it names a group of values and can only be used as `in {name}`.",
                span,
            )
        return self._fail(f"要写出查哪一个：“{name}[…]”。", f"say which one is meant: `{name}[…]`.", span)

    def _no_operand(self) -> ExpressionError:
        search = _SEARCH.match(self._text, self._at)
        if search is not None and self._names.records and search.end() < len(self._text):
            return self._no_collection(search.end())
        end = self._end_of_unknown(self._at)
        if end > self._at and not any(c.isalnum() for c in self._text[self._at : end]):
            span = Span(self._at, end)
            return self._fail("这里应是一个值或名称。", "a value or a name is expected here.", span)
        return self._unknown(self._text[self._at : end], end)

    def _unknown(self, name: str, end: int) -> ExpressionError:
        known = [*self._declared, *self._names.words]
        span = Span(self._at, end)
        if any(name in shape.fields for shape in self._names.records.values()):
            return ExpressionError(whose(name, self._names), self._text, span)
        if nearest(name, known) is None:  # a longer piece may be the name that was meant
            first = _UNKNOWN_WORD.match(self._text, self._at)
            short = first[0] if first else name
            if short != name and nearest(short, known) is not None:
                name, span = short, Span(self._at, self._at + len(short))
        return self._fail("没有这个名称或值。", "there is no such name or value.", span, nearest(name, known))

    def _end_of_unknown(self, start: int) -> int:
        """The end of the words from `start` up to the next key word or sign."""
        end = start
        for match in _UNKNOWN_WORD.finditer(self._text, start):
            gap = self._text[end : match.start()]
            if end > start and (gap.strip() or not gap or _OPERATOR.match(self._text, match.start())):
                break
            end = match.end()
            if not match[0][0].isalnum():
                break
        return end

    def _classes(self) -> Token:
        match = _CLASSES.match(self._text, self._at)
        if match is None:
            raise self._fail(
                '这里应写字符类，例如 A-Z 或 (A-Z, 0-9, "!@")。',
                'classes of characters are expected here, such as A-Z or (A-Z, 0-9, "!@").',
                Span(self._at, self._end_of_unknown(self._at)),
            )
        return Token("CLASSES", match[0], start_pos=self._at, end_pos=match.end())

    # operators

    def _operator(self) -> Token:
        match = _OPERATOR.match(self._text, self._at)
        if match is None:
            raise self._no_operator()
        if match.lastgroup == "COLUMN":
            return self._column(match.end())
        return self._token(str(match.lastgroup), match.end())

    def _column(self, start: int) -> Token:
        begin = start + len(self._text[start:]) - len(self._text[start:].lstrip())
        match = self._names.column_pattern.match(self._text, begin)
        if match is not None:
            name, end = " ".join(match[0].split()), match.end()
        else:
            quoted = _QUOTED_NAME.match(self._text, begin)
            end = quoted.end() if quoted else self._end_of_unknown(begin)
            name = literals.read_quoted(quoted[0]) if quoted else self._text[begin:end]
            if name not in self._names.columns:
                span = Span(begin, end)
                suggestion = nearest(name, self._names.columns)
                raise self._fail("没有这一列或字段。", "there is no such column or field.", span, suggestion)
        return Token("COLUMN", name, start_pos=self._at, end_pos=end)

    def _no_operator(self) -> ExpressionError:
        """Often the rest of a name that was misspelt after its beginning."""
        end = self._end_of_unknown(self._at)
        previous = self._previous
        if previous is not None and previous.start_pos is not None:
            whole = self._text[previous.start_pos : end]
            suggestion = nearest(whole, self._declared | self._names.words)
            if suggestion is not None and suggestion != str(previous):
                span = Span(previous.start_pos, end)
                return self._fail("没有这个名称或值。", "there is no such name or value.", span, suggestion)
        return self._fail("这里应是一个运算符。", "an operator is expected here.", Span(self._at, end))
