"""Quantities that are computed: formulas, bands, tables of values."""
