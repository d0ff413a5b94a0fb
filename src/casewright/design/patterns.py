"""The patterns of inputs: a small dialect of regular expressions, always for the whole text.

Literal characters, `.`, classes `[A-Z0-9_]` and `[^…]`, `\\d` (0-9), `\\w` (A-Z, a-z, 0-9, _), `\\s` (a space
or tab), alternatives `a|b`, groups `(…)`, and the counts `?`, `*`, `+`, `{n}`, `{m,n}`, `{m,}`. A backslash
makes any other sign an ordinary one. `^` at the beginning and `$` at the end say nothing new.

Matching takes time in proportion to text × pattern, whatever the pattern is: Thompson's simulation of all
ways at once (K. Thompson, Regular expression search algorithm, CACM 11, 1968), no backtracking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from casewright.design.cases import Words
from casewright.design.pattern_syntax import (
    Alternatives,
    Characters,
    Pattern,
    PatternError,
    Repeat,
    Sequence,
    read_pattern,
)

__all__ = ["PatternError", "check", "examples", "matches", "near_misses"]

MAX_STATES: Final = 4_000
"""Of a pattern with its counts written out."""
UNBOUNDED_EXTRA: Final = 8
"""How often more than the least a part without an upper count is repeated in the longest example."""


def check(pattern: str) -> None:
    """Raises `PatternError` if it is none of the dialect."""
    _machine(pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` fits. Raises `PatternError` as `check` does."""
    return _machine(pattern).accepts(text)


# matching


@dataclass(slots=True)
class _Machine:
    """State i goes on to `follow[i]`: with a character of `reads[i]`, or freely where that is None. A run
    ends in the last state."""

    reads: list[Characters | None] = field(default_factory=list[Characters | None])
    follow: list[list[int]] = field(default_factory=list[list[int]])

    def state(self, reads: Characters | None = None) -> int:
        if len(self.reads) == MAX_STATES:
            words = Words(zh="模式的次数太大。", en="the counts of the pattern are too large.")
            raise PatternError(words, 1)
        self.reads.append(reads)
        self.follow.append([])
        return len(self.reads) - 1

    def add(self, pattern: Pattern, before: int) -> int:
        """The state in which a run that was in `before` is after `pattern`."""
        match pattern:
            case Characters():
                reader, after = self.state(pattern), self.state()
                self.follow[before].append(reader)
                self.follow[reader].append(after)
                return after
            case Sequence():
                for part in pattern.parts:
                    before = self.add(part, before)
                return before if pattern.parts else self._step(before)
            case Alternatives():
                ends = [self.add(option, before) for option in pattern.options]
                after = self.state()
                for end in ends:
                    self.follow[end].append(after)
                return after
            case Repeat():
                return self._repeat(pattern, before)

    def _step(self, before: int) -> int:
        """Nothing is read, but it counts as a state, so that repeating nothing comes to an end."""
        after = self.state()
        self.follow[before].append(after)
        return after

    def _repeat(self, pattern: Repeat, before: int) -> int:
        for _ in range(pattern.least):
            before = self.add(pattern.part, before)
        if pattern.most is None:
            loop = self.state()
            self.follow[before].append(loop)
            self.follow[self.add(pattern.part, loop)].append(loop)
            return loop
        skipped = [before]
        for _ in range(pattern.most - pattern.least):
            before = self.add(pattern.part, before)
            skipped.append(before)
        after = self.state()
        for end in skipped:
            self.follow[end].append(after)
        return after

    def accepts(self, text: str) -> bool:
        reached = self._freely([0])
        for character in text:
            reached = self._freely(
                state
                for at in reached
                if (reads := self.reads[at]) is not None and character in reads
                for state in self.follow[at]
            )
            if not reached:
                return False
        return len(self.reads) - 1 in reached

    def _freely(self, states: Iterable[int]) -> set[int]:
        """Everything that is reached without reading."""
        found = set(states)
        pending = list(found)
        while pending:
            at = pending.pop()
            if self.reads[at] is None:
                fresh = [state for state in self.follow[at] if state not in found]
                found.update(fresh)
                pending.extend(fresh)
        return found


@lru_cache(maxsize=256)
def _machine(pattern: str) -> _Machine:
    machine = _Machine()
    end = machine.add(read_pattern(pattern), machine.state())
    last = machine.state()
    machine.follow[end].append(last)
    return machine


# examples

_Place = tuple[int, ...]
"""The way from the whole pattern down to a part: which part of a sequence, which option, which time."""
_Wishes = Mapping[_Place, int | str]
"""What is to be so in a text: which option, how often, which character."""


@dataclass(frozen=True, slots=True)
class _Habit:
    """What is done where nothing is wished. `extra` is by how much a part is repeated more often than the
    least; None: as often as can be."""

    extra: int | None
    option: Callable[[Iterable[int]], int]

    def times(self, repeat: Repeat) -> int:
        if self.extra is None:
            return repeat.least + UNBOUNDED_EXTRA if repeat.most is None else repeat.most
        return (
            repeat.least + self.extra if repeat.most is None else min(repeat.most, repeat.least + self.extra)
        )

    def choose(self, alternatives: Alternatives) -> int:
        lengths = [_length(option, self) for option in alternatives.options]
        return lengths.index(self.option(lengths))


_SHORT: Final = _Habit(0, min)
_LONG: Final = tuple(_Habit(extra, max) for extra in (None, UNBOUNDED_EXTRA, 1, 0))
"""The longest first; one that makes too long a text is passed over."""
MAX_LENGTH: Final = 1_000
MAX_PARTS: Final = 200
"""How many parts of a pattern are tried for themselves."""


def examples(pattern: str, count: int) -> tuple[str, ...]:
    """At most `count` different texts that fit, always the same: the shortest, the longest (within reason),
    then every alternative, count and range of characters for itself."""
    check(pattern)
    read = read_pattern(pattern)
    found = {_text(read, _SHORT, {}): None, _longest(read): None}
    for node, place, wishes in islice(_parts(read, (), {}), MAX_PARTS):
        for wish in _choices(node):
            if len(found) >= count:
                return tuple(found)[:count]
            found[_text(read, _SHORT, {**wishes, place: wish})] = None
    return tuple(found)[:count]


def near_misses(pattern: str) -> tuple[str, ...]:
    """Different texts that don't fit but almost do, always the same: one character outside of its class, a
    part once too few or too often, one character less or more at the end."""
    check(pattern)
    read = read_pattern(pattern)
    tries = [
        _text(read, _SHORT, {**wishes, place: slip})
        for node, place, wishes in islice(_parts(read, (), {}), MAX_PARTS)
        for slip in _slips(node)
    ]
    for text in (_text(read, _SHORT, {}), _longest(read)):
        tries += [text[:-1], text + text[-1:]]
    return tuple(text for text in dict.fromkeys(tries) if not matches(pattern, text))


def _parts(pattern: Pattern, place: _Place, wishes: _Wishes) -> Iterator[tuple[Pattern, _Place, _Wishes]]:
    """Every part, with its place and what has to be wished for the text to come by it."""
    yield pattern, place, wishes
    match pattern:
        case Characters():
            return
        case Sequence():
            for index, part in enumerate(pattern.parts):
                yield from _parts(part, (*place, index), wishes)
        case Alternatives():
            for index, option in enumerate(pattern.options):
                yield from _parts(option, (*place, index), {**wishes, place: index})
        case Repeat():
            if pattern.most != 0:
                yield from _parts(pattern.part, (*place, 0), {**wishes, place: max(1, pattern.least)})


def _choices(pattern: Pattern) -> Iterator[int | str]:
    """What can be wished of a part."""
    match pattern:
        case Characters():
            if not pattern.excluded:
                yield from (end for ends in pattern.ranges for end in dict.fromkeys(ends))
        case Sequence():
            return
        case Alternatives():
            yield from range(len(pattern.options))
        case Repeat():
            once = pattern.least + 1
            yield from (
                (once,) if pattern.most is None else dict.fromkeys((pattern.most, min(once, pattern.most)))
            )


def _slips(pattern: Pattern) -> Iterator[int | str]:
    """What must not be of a part."""
    match pattern:
        case Characters():
            outside = Characters(pattern.ranges, not pattern.excluded).sample(0)
            if outside is not None:
                yield outside
        case Sequence() | Alternatives():
            return
        case Repeat():
            if pattern.least:
                yield pattern.least - 1
            if pattern.most is not None:
                yield pattern.most + 1


def _longest(pattern: Pattern) -> str:
    for habit in _LONG:
        if _length(pattern, habit) <= MAX_LENGTH:
            return _text(pattern, habit, {})
    return _text(pattern, _SHORT, {})


def _length(pattern: Pattern, habit: _Habit) -> int:
    """In characters; repeating nothing counts too, because it takes time."""
    match pattern:
        case Characters():
            return 1
        case Sequence():
            return sum(_length(part, habit) for part in pattern.parts)
        case Alternatives():
            return habit.option([_length(option, habit) for option in pattern.options])
        case Repeat():
            return habit.times(pattern) * max(1, _length(pattern.part, habit))


def _text(pattern: Pattern, habit: _Habit, wishes: _Wishes, place: _Place = ()) -> str:
    wish = wishes.get(place)
    match pattern:
        case Characters():
            return wish if isinstance(wish, str) else pattern.sample(place[-1] if place else 0) or ""
        case Sequence():
            return "".join(
                _text(part, habit, wishes, (*place, index)) for index, part in enumerate(pattern.parts)
            )
        case Alternatives():
            index = wish if isinstance(wish, int) else habit.choose(pattern)
            return _text(pattern.options[index], habit, wishes, (*place, index))
        case Repeat():
            times = wish if isinstance(wish, int) else habit.times(pattern)
            return "".join(_text(pattern.part, habit, wishes, (*place, time)) for time in range(times))
