"""Tells words of choices from names, key words and literals by what stands beside them, and fields of records
from other names by where they stand.

`loan purpose = missing` means the value 'missing' where the choice has it; `"2025-03-01 09:15"` beside a
date-time is one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casewright.design.expressions import literals
from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import type_or_any
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.literals import write_value
from casewright.design.expressions.names import Names
from casewright.design.expressions.scopes import meaning, whose
from casewright.design.expressions.static_types import ANY, BOOLEAN, Type, TypeKind
from casewright.design.expressions.tree import Tree, Word, with_children
from casewright.design.expressions.values import Special

_READERS = {
    TypeKind.DATE: literals.read_date,
    TypeKind.TIME: literals.read_time,
    TypeKind.DATE_TIME: literals.read_date_time,
}


def settle(tree: Tree, names: Names, text: str, beside: Type = ANY) -> Tree:
    """The tree with its words told apart; `beside` is the type of what the whole stands beside. Raises
    `ExpressionError` for a field of which it isn't said whose it is."""
    return _Settling(names, text, names.scanned).settle(tree, beside)


class _Settling:
    def __init__(self, names: Names, text: str, scanned: tuple[str, ...]) -> None:
        self._names = names
        self._text = text
        self._scanned = scanned

    def settle(self, tree: Tree, beside: Type) -> Tree:
        match tree:
            case records.Bare():
                return self._atom(self._named(tree), beside)
            case nodes.Literal(value=bool() | Special()):
                return self._atom(self._key_word(tree, beside), beside)
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
                return replace(tree, keys=self._keys(tree.keys, self._names.tables[tree.table].keys))
            case nodes.Keyed():
                return replace(tree, key=self.settle(tree.key, self._names.keyed[tree.name].key))
            case nodes.And() | nodes.Or() | nodes.Not():
                return with_children(tree, lambda part: self.settle(part, BOOLEAN))
            case _:
                return self._of_records(tree) or with_children(tree, lambda part: self.settle(part, ANY))

    def _keys(self, keys: tuple[Tree, ...], types: tuple[Type, ...]) -> tuple[Tree, ...]:
        wanted = (*types, *(ANY for _ in keys[len(types) :]))
        return tuple(self.settle(key, of) for key, of in zip(keys, wanted, strict=False))

    def _said(self, tree: Tree) -> str:
        return " ".join(self._text[tree.span.start : tree.span.end].split())

    # records

    def _of_records(self, tree: Tree) -> Tree | None:
        if isinstance(tree, records.Scan):
            return self._scanning(tree)
        if isinstance(tree, records.ByKey):
            return replace(tree, keys=self._keys(tree.keys, self._names.records[tree.collection].keys))
        return self._overlaps(tree) if isinstance(tree, records.Overlaps) else None

    def _key_word(self, tree: nodes.Literal, beside: Type) -> Tree:
        """A key word such as 'no' may be a field, unless a truth has to stand here and the field is none."""
        meant = meaning(write_value(tree.value), self._scanned, self._names.records, tree.span)
        if meant is None:
            return tree
        truth = isinstance(tree.value, bool) and beside.kind is TypeKind.BOOLEAN
        return tree if truth and self._hint(meant).kind is not TypeKind.BOOLEAN else meant

    def _named(self, tree: records.Bare) -> Tree:
        meant = meaning(tree.name, self._scanned, self._names.records, tree.span)
        if meant is not None:
            return meant
        if tree.kind is not None:
            return nodes.Name(tree.name, tree.kind, span=tree.span)
        if tree.name in self._names.words:
            return Word(tree.name, span=tree.span)
        raise ExpressionError(whose(tree.name, self._names), self._text, tree.span)

    def _scanning(self, tree: records.Scan) -> Tree:
        """The clauses can use the record that is gone through; the record that is sought can't."""
        inner = _Settling(self._names, self._text, (*self._scanned, tree.collection))
        changed: dict[str, Any] = {}
        for clause, beside in (("where", BOOLEAN), ("has", BOOLEAN), ("by", ANY), ("value", ANY)):
            part = getattr(tree, clause, None)
            if part is not None:
                changed[clause] = inner.settle(part, beside)
        if isinstance(tree, records.PositionOf):
            changed["record"] = self.settle(tree.record, ANY)
        return replace(tree, **changed)

    def _overlaps(self, tree: records.Overlaps) -> Tree:
        """Each end with the type of the others."""
        ends = (tree.first_start, tree.first_end, tree.second_start, tree.second_end)
        hints = (self._hint(self.settle(end, ANY)) for end in ends)
        hint = next((of for of in hints if of.kind is not TypeKind.ANY), ANY)
        first_start, first_end, second_start, second_end = (self.settle(end, hint) for end in ends)
        return replace(
            tree,
            first_start=first_start,
            first_end=first_end,
            second_start=second_start,
            second_end=second_end,
            gap=None if tree.gap is None else self.settle(tree.gap, ANY),
        )

    # words

    def _atom(self, tree: Tree, beside: Type) -> Tree:
        said = self._said(tree)
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
                    condition=self.settle(tree.condition, BOOLEAN),
                    otherwise=self.settle(tree.otherwise, beside),
                )
            case nodes.Case():
                return replace(
                    tree,
                    value=self.settle(tree.value, beside),
                    condition=self.settle(tree.condition, BOOLEAN),
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
