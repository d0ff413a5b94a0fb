"""Quantities that persist between operations: balances, sums, counts, and limits on them."""
