"""Tells words of choices from names, key words and literals by what stands beside them.

`loan purpose = missing` means the value 'missing' where the choice has it; `"2025-03-01 09:15"` beside a
date-time is one.
"""

from __future__ import annotations

from dataclasses import replace

from casewright.design.expressions import literals
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import type_or_any
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, Type, TypeKind
from casewright.design.expressions.tree import Tree, Word, with_children

_READERS = {
    TypeKind.DATE: literals.read_date,
    TypeKind.TIME: literals.read_time,
    TypeKind.DATE_TIME: literals.read_date_time,
}


def settle(tree: Tree, names: Names, text: str, beside: Type = ANY) -> Tree:
    """The tree with its words told apart; `beside` is the type of what the whole stands beside."""
    return _Settling(names, text).settle(tree, beside)


class _Settling:
    def __init__(self, names: Names, text: str) -> None:
        self._names = names
        self._text = text

    def settle(self, tree: Tree, beside: Type) -> Tree:
        match tree:
            case nodes.Literal() | nodes.Name() | nodes.Word():
                return self._atom(tree, beside)
            case nodes.If() | nodes.Case() | nodes.FirstHit():
                return self._choosing(tree, beside)
            case nodes.Compare():
                left, right = self._pair(tree.left, tree.right)
                return replace(tree, left=left, right=right, ranks=self._ranks(left, right))
            case nodes.Between():
                start, end = self._pair(tree.start, tree.end)
                return replace(tree, start=start, end=end)
            case nodes.Member():
                return self._member(tree)
            case nodes.LookUp():
                types = self._names.tables[tree.table].keys
                wanted = (*types, *(ANY for _ in tree.keys[len(types) :]))
                keys = (self.settle(key, of) for key, of in zip(tree.keys, wanted, strict=False))
                return replace(tree, keys=tuple(keys))
            case nodes.Keyed():
                return replace(tree, key=self.settle(tree.key, self._names.keyed[tree.name].key))
            case _:
                return with_children(tree, lambda part: self.settle(part, ANY))

    def _atom(self, tree: Tree, beside: Type) -> Tree:
        said = " ".join(self._text[tree.span.start : tree.span.end].split())
        if isinstance(tree, nodes.Literal) and isinstance(tree.value, str):
            said = tree.value
            read = _READERS.get(beside.kind)
            value = read(said) if read else None
            if value is not None:
                return replace(tree, value=value)
        if beside.kind is TypeKind.CHOICE and said in beside.values:
            return Word(said, span=tree.span)
        return tree

    def _choosing(self, tree: Tree, beside: Type) -> Tree:
        match tree:
            case nodes.If():
                return replace(
                    tree,
                    value=self.settle(tree.value, beside),
                    condition=self.settle(tree.condition, ANY),
                    otherwise=self.settle(tree.otherwise, beside),
                )
            case nodes.Case():
                return replace(
                    tree,
                    value=self.settle(tree.value, beside),
                    condition=self.settle(tree.condition, ANY),
                )
            case _:
                return with_children(tree, lambda part: self.settle(part, beside))

    def _pair(self, left: Tree, right: Tree) -> tuple[Tree, Tree]:
        """Each side with the type of the other; a word or literal alone says nothing of the other side."""
        first, second = self.settle(left, ANY), self.settle(right, ANY)
        return (
            self.settle(left, self._hint(second)),
            self.settle(right, self._hint(first)),
        )

    def _member(self, tree: nodes.Member) -> Tree:
        operand = self.settle(tree.operand, ANY)
        if tree.term is not None:
            words = self._names.terms[tree.term]
            items = tuple(Word(word, span=tree.span) for word in words)
            return replace(tree, operand=operand, items=items)
        hint = self._hint(operand)
        return replace(tree, operand=operand, items=tuple(self.settle(item, hint) for item in tree.items))

    def _hint(self, tree: Tree) -> Type:
        alone = isinstance(tree, nodes.Literal | Word)
        return ANY if alone else type_or_any(tree, self._names)

    def _ranks(self, left: Tree, right: Tree) -> tuple[str, ...]:
        for side in (left, right):
            of = type_or_any(side, self._names)
            if of.ordered:
                return of.values
        return ()
