"""The engine: requirement items from blocks, an executable test model from items, test cases from the model.

A pure library: no files, no clock, no randomness that isn't seeded.
"""
