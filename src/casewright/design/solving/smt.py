"""The terms of z3. What is constant stays a plain `int` or `bool` as long as it can.

z3 has no types of its own, so a term is `Any` here and nowhere else is z3 imported. Every `Terms` has a
context of its own: what one query does never changes the answers of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, Final, cast

import z3 as _untyped

_z3: Final = cast("Any", _untyped)

Number = Any
"""An `int`, or a z3 term of sort Int or Real."""
Truth = Any
"""A `bool`, or a z3 term of sort Bool."""


class Verdict(Enum):
    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class Terms:
    """Makes terms in one context. Divisors are above 0 throughout."""

    def __init__(self) -> None:
        self.context: Any = _z3.Context()

    def whole(self, name: str) -> Number:
        return _z3.Int(name, self.context)

    def real(self, name: str) -> Number:
        return _z3.Real(name, self.context)

    def boolean(self, name: str) -> Truth:
        return _z3.Bool(name, self.context)

    def either(self, truths: Sequence[Truth]) -> Truth:
        if any(truth is True for truth in truths):
            return True
        open_ = [truth for truth in truths if truth is not False]
        return _z3.Or(*open_) if len(open_) > 1 else (open_[0] if open_ else False)

    def all(self, truths: Sequence[Truth]) -> Truth:
        if any(truth is False for truth in truths):
            return False
        open_ = [truth for truth in truths if truth is not True]
        return _z3.And(*open_) if len(open_) > 1 else (open_[0] if open_ else True)

    def opposite(self, truth: Truth) -> Truth:
        return not truth if isinstance(truth, bool) else _z3.Not(truth)

    def choose(self, truth: Truth, first: Number, second: Number) -> Number:
        if isinstance(truth, bool):
            return first if truth else second
        if isinstance(first, int) and isinstance(second, int) and first == second:
            return first
        return _z3.If(truth, self._term(first), self._term(second))

    def at_most(self, first: Number, second: Number) -> Truth:
        return first <= second

    def less(self, first: Number, second: Number) -> Truth:
        return first < second

    def same(self, first: Number, second: Number) -> Truth:
        return first == second

    def floor_division(self, number: Number, divisor: Number) -> Number:
        """The greatest whole number that isn't above the quotient."""
        if isinstance(number, int) and isinstance(divisor, int):
            return number // divisor
        if isinstance(divisor, int) and divisor == 1 and not self.is_real(number):
            return number
        if self.is_real(number) or self.is_real(divisor):
            return _z3.ToInt(_z3.ToReal(self._term(number)) / _z3.ToReal(self._term(divisor)))
        return self._term(number) / divisor

    def remainder(self, number: Number, divisor: Number) -> Number:
        """From 0 up to the divisor, which is excluded."""
        return number - divisor * self.floor_division(number, divisor)

    def is_real(self, number: Number) -> bool:
        return not isinstance(number, int) and bool(number.is_real())

    def _term(self, number: Number) -> Any:
        return _z3.IntVal(number, self.context) if isinstance(number, int) else number


def identity(term: Any) -> int:
    """The same for terms that are written the same, as long as one of them lives."""
    return int(term.get_id())


class Query:
    """Conditions that have to hold together. `effort` is z3's own count of its steps for one check."""

    def __init__(self, terms: Terms, effort: int) -> None:
        self._solver: Any = _z3.Solver(ctx=terms.context)
        self._solver.set("random_seed", 0)
        self._solver.set("rlimit", effort)
        self._model: Any = None

    def require(self, truths: Iterable[Truth]) -> None:
        for truth in truths:
            if truth is not True:
                self._solver.add(truth)

    def check(self, wishes: Sequence[Truth] = ()) -> Verdict:
        """With the wishes, which are variables, fulfilled."""
        found = self._solver.check(*wishes)
        if found == _z3.sat:
            self._model = self._solver.model()
            return Verdict.YES
        return Verdict.NO if found == _z3.unsat else Verdict.UNDECIDED

    def conflicting(self) -> frozenset[int]:
        """After NO: the identities of wishes that can't all be fulfilled; none if it is not for them."""
        return frozenset(identity(wish) for wish in self._solver.unsat_core())

    def value(self, number: Number) -> int | None:
        """After YES; None for what is no whole number."""
        if isinstance(number, int):
            return number
        found = self._model.eval(number, model_completion=True)
        return int(found.as_long()) if _z3.is_int_value(found) else None

    def holds(self, truth: Truth) -> bool:
        """After YES."""
        if isinstance(truth, bool):
            return truth
        return bool(_z3.is_true(self._model.eval(truth, model_completion=True)))
