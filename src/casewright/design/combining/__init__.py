"""Rows of test data that cover every feasible combination of `t` values: pairwise and t-wise testing.

`combining.combine` is the way in; `models` says what goes in and what comes out.
"""
