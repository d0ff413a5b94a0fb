"""Reads a test model out of a document by rules: tables, lists and plainly stated bounds, zh and en.

What is not understood is never guessed: it stays in the model as `unknown` where it may matter.
"""
