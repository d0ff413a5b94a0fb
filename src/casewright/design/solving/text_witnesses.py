"""Texts that tell apart what expressions ask of texts: the solver chooses one of them, never writes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final

from casewright.design.cases import Language
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.tree import CharacterClass, Function, Tree
from casewright.design.expressions.values import Value
from casewright.design.kinds import BREAKS_RULE
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import Input, InputType
from casewright.design.patterns import examples
from casewright.design.techniques import natural
from casewright.design.text_rules import text_verdicts

_MOST: Final = 90
_MOST_CLASSES: Final = 4
_LONGEST: Final = 500
_MOST_EXAMPLES: Final = 8
_DIGITS: Final = "6222021234567890"


@dataclass(frozen=True)
class TextFacts:
    """What trees compare texts with. `counts`: lengths and numbers of characters."""

    literals: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    classes: tuple[CharacterClass, ...] = ()
    marks: tuple[str, ...] = ()
    folded: bool = False
    trimmed: bool = False


def facts_of(found: Iterable[Tree], figures: Mapping[str, Value]) -> TextFacts:
    """Of the nodes of trees. Whole numbers count only where a text is measured."""
    literals: dict[str, None] = {}
    numbers: dict[int, None] = {}
    classes: dict[CharacterClass, None] = {}
    marks: dict[str, None] = {}
    folded = trimmed = measured = False
    for node in found:
        match node:
            case nodes.Literal(value=str() as text):
                literals[text] = None
            case nodes.Literal(value=Fraction() as number):
                numbers |= _as_counts(number)
            case nodes.Name(name=name, kind=nodes.Kind.FIGURE):
                figure = figures.get(name)
                numbers |= _as_counts(figure) if isinstance(figure, Fraction) else {}
                literals |= {figure: None} if isinstance(figure, str) else {}
            case nodes.CountOf(classes=of) | nodes.KindsOf(classes=of):
                classes |= dict.fromkeys(of)
                measured = True
            case nodes.PartOf(mark=nodes.Literal(value=str() as mark)):
                marks[mark] = None
            case nodes.Apply(function=function):
                measured = measured or function is Function.LENGTH
                trimmed = trimmed or function is Function.TRIMMED
            case nodes.Compare(ignoring_case=True) | nodes.TextCompare(ignoring_case=True):
                folded = True
            case _:
                pass
    counts = tuple(numbers) if measured else ()
    return TextFacts(tuple(literals), counts, tuple(classes), tuple(marks), folded, trimmed)


def _as_counts(number: Fraction) -> dict[int, None]:
    return {int(number): None} if number.denominator == 1 and 0 < number <= _LONGEST else {}


class TextWitnesses:
    """For the text inputs of one operation. `known`: the texts that the world holds."""

    def __init__(
        self, inputs: Mapping[str, CompiledInput], language: Language, facts: TextFacts, known: Iterable[str]
    ) -> None:
        self._inputs = {
            name: each for name, each in inputs.items() if each.declaration.type is InputType.TEXT
        }
        self._language: Language = language
        self._facts = facts
        self._known = tuple(dict.fromkeys(known))

    def of(self, name: str) -> tuple[str, ...]:
        """Texts that keep the rules of the field, the most natural first."""
        ways = _declarations(self._inputs[name])
        found: dict[str, None] = {}
        for declaration in ways:
            found |= dict.fromkeys(natural.texts(name, declaration, self._language))
        for declaration in ways if not found else ():
            found |= dict.fromkeys(_stretched(declaration))
        said = next(iter(found), natural.text_for(name, self._language))
        for text in self._all(name, said):
            if len(found) >= _MOST:
                break
            if text.strip() and any(text_verdicts(way, text) != BREAKS_RULE for way in ways):
                found[text] = None
        return tuple(found)

    def _all(self, name: str, said: str) -> Iterator[str]:
        facts = self._facts
        yield from facts.literals
        yield from self._known[: _MOST // 2]
        yield _another(said)
        for literal in facts.literals:
            yield from (said + literal, literal + said, literal + "X")
        for mark in facts.marks:
            yield said + mark + said
            for literal in facts.literals[:6]:
                yield from (literal + mark + said, said + mark + literal)
        if facts.folded:
            yield from (text.swapcase() for text in (said, *facts.literals, *self._known[:10]))
        if facts.trimmed:
            yield from (f" {text} " for text in (said, *facts.literals[:6]))
        for count in facts.counts:
            yield from (natural.of_length(said, count + by) for by in (0, -1, 1))
        yield from self._of_classes(said)
        for other in self._inputs:
            if other != name:
                text = natural.text_for(other, self._language)
                yield from (text, said + text)

    def _of_classes(self, said: str) -> Iterator[str]:
        """With characters of every combination of the classes, and as many of each as is counted."""
        classes = self._facts.classes[:_MOST_CLASSES]
        letters = [_one_of(each) for each in classes]
        for size in range(len(letters) + 1):
            for chosen in combinations(letters, size):
                yield "".join(letter * 3 for letter in chosen)
        for letter in letters:
            for count in self._facts.counts[:6]:
                yield from (letter * (count + by) for by in (0, -1, 1))
                yield said + letter * count


def _declarations(declared: CompiledInput) -> tuple[Input, ...]:
    """One for each length that the field may have."""
    if len(declared.lengths) < 2:
        return (declared.declaration,)
    return tuple(declared.declaration.model_copy(update={"length": length}) for _, length in declared.lengths)


def _stretched(declaration: Input) -> Iterator[str]:
    """Examples of the pattern made as long as they have to be, where that keeps them examples."""
    if declaration.pattern is None:
        return
    least, most = natural.length_bounds(declaration)
    for example in (_DIGITS, *examples(declaration.pattern, _MOST_EXAMPLES)):
        for length in dict.fromkeys((least, most or least, min(most or least, least + 1))):
            stretched = (natural.of_length(example, length), example.ljust(length, example[-1:] or "0"))
            yield from (
                text for text in stretched if text and text_verdicts(declaration, text) != BREAKS_RULE
            )


def _one_of(kind: CharacterClass) -> str:
    return kind.characters[:1] or kind.first


def _another(text: str) -> str:
    """Like the text, but not it."""
    last = text[-1:]
    return text[:-1] + ("2" if last != "2" else "3") if last.isascii() else text + "2"
