"""The patterns of inputs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.patterns import PatternError, check, examples, matches, near_misses


@pytest.mark.parametrize(
    ("pattern", "fits", "fails"),
    [
        (r"[0-9]{16,19}", ["1" * 16, "9" * 19], ["1" * 15, "1" * 20, "1" * 15 + "a", "１" * 16]),
        (r"[A-Z]{2}-?\d+", ["AB1", "AB-123"], ["aB1", "AB--1", "AB-", "AB1 "]),
        (r"(京|沪|粤[A-Z])\w{5}", ["京A1234", "粤BA1234"], ["粤A1234", "津A1234"]),
        (r"[^<>]*", ["", "你好"], ["a<b"]),
        (r"a.c", ["abc", "a\nc"], ["ac"]),
        (r"^1[3-9]\d{9}$", ["13800000000"], ["12800000000"]),
        (r"(ab|)c", ["abc", "c"], ["ac"]),
        (r"\(\d\.\d\)", ["(1.5)"], ["(1x5)"]),
        (r"[\d\-_.]+", ["1-_.", "9"], ["a"]),
        (r"(?:ab){2}", ["abab"], ["ab", "ababab"]),
        (r"[-a]b{0}", ["-", "a"], ["b", "ab"]),
        ("", [""], ["a"]),
    ],
)
def test_the_whole_text_has_to_fit(pattern: str, fits: list[str], fails: list[str]) -> None:
    assert [text for text in fits if not matches(pattern, text)] == []
    assert [text for text in fails if matches(pattern, text)] == []


@pytest.mark.parametrize(
    ("pattern", "column", "told"),
    [
        ("a{3,1}", 6, "must not be below"),
        ("ab[c", 3, "`]` is missing"),
        ("a(b", 2, "never closed"),
        ("a)", 2, "no opening one"),
        ("*a", 1, "nothing before"),
        ("a+?", 3, "only one count"),
        (r"a\b", 3, "not supported"),
        (r"(a)\1", 5, "not supported"),
        ("(?=a)", 3, "not supported"),
        ("[z-a]", 3, "from the lower"),
        ("a{1001}", 3, "0 to 1000"),
        ("a{", 3, "0 to 1000"),
        ("a{2", 4, "is missing"),
        ("[]", 1, "no characters"),
        ("a^b", 2, "backslash"),
        ("a\\", 3, "after the backslash"),
        ("[^\x00-\U0010ffff]", 1, "no character fits"),
        ("((a{99}){99})", 1, "too large"),
        ("(" * 30 + ")" * 30, 22, "nested"),
        ("a" * 1001, 1001, "1000 characters"),
    ],
)
def test_a_slip_in_a_pattern_is_told_with_its_column(pattern: str, column: int, told: str) -> None:
    with pytest.raises(PatternError) as refused:
        check(pattern)
    assert (refused.value.column, told in refused.value.message("en")) == (column, True)
    assert refused.value.message("zh").startswith(f"第 {column} 列，")


def test_no_pattern_makes_matching_slow() -> None:
    """Backtracking would not come to an end here."""
    assert not matches(r"((a*)*)*b", "a" * 500)
    assert not matches(r"(a|a)*c", "a" * 500)
    assert not matches(r"(a?){100}a{100}", "a" * 99)


def test_examples_are_the_shortest_the_longest_and_each_alternative() -> None:
    found = examples(r"(京|沪)[A-Z]?\d{3,5}", 20)
    assert {len(text) for text in found[:2]} == {4, 7}
    assert {text[0] for text in found} == {"京", "沪"}
    assert any(text[1].isalpha() for text in found)
    assert found == examples(r"(京|沪)[A-Z]?\d{3,5}", 20)
    assert examples(r"(京|沪)[A-Z]?\d{3,5}", 3) == found[:3]


def test_examples_show_every_range_of_a_class() -> None:
    found = "".join(examples("[A-Za-z0-9_]{4}", 20))
    assert {"A", "Z", "a", "z", "0", "9", "_"} <= set(found)


def test_near_misses_are_one_step_away() -> None:
    found = near_misses(r"[A-Z]{2}\d{4,6}")
    assert {len(text) for text in found} >= {5, 6, 7, 9}
    assert any(len(text) == 6 and not text[0].isupper() for text in found)


def test_a_pattern_that_takes_everything_has_no_near_misses() -> None:
    assert near_misses(".*") == ()


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        inner
        | st.builds("({}|{})".format, inner, inner)
        | st.builds("{}{}".format, inner, inner)
        | st.builds("({}){}".format, inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}"]))
    )


PIECES = nested(nested(st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", ".", "-", ""])))
"""Not deeper: Python's own matcher, with which ours is compared, backtracks."""


@settings(deadline=None, max_examples=100)
@given(PIECES, st.text(alphabet="ab1-", max_size=6))
def test_patterns_mean_what_they_mean_to_python(pattern: str, text: str) -> None:
    assert matches(pattern, text) == (re.fullmatch(pattern, text, re.DOTALL | re.ASCII) is not None)


@settings(deadline=None, max_examples=100)
@given(PIECES)
def test_examples_fit_and_near_misses_do_not(pattern: str) -> None:
    found, missed = examples(pattern, 12), near_misses(pattern)
    assert len(set(found)) == len(found) > 0
    assert [text for text in found if not matches(pattern, text)] == []
    assert [text for text in missed if matches(pattern, text)] == []


@given(st.text(alphabet="ab(|)[]-^$*+?{}1,2\\.d", max_size=15))
def test_any_text_is_a_pattern_or_refused_with_a_place_in_it(pattern: str) -> None:
    try:
        check(pattern)
    except PatternError as error:
        column = error.column
    else:
        column = 1
    assert 1 <= column <= len(pattern) + 1


def test_a_large_pattern_is_still_worked_with() -> None:
    assert matches("[0-9]{1000}", examples("[0-9]{1000}", 1)[0])
