"""Formats out: a suite of test cases becomes the file that a team's tool reads."""
