"""Markdown: `reader.py` is the way in, the rest are its parts."""
